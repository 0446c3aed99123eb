/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The log of a run, as it goes from agent to client: lines of JSON, numbered, the last of which says how the run ended and
 * what the SHA-256 of all before it is.  A log without its last line, with a line missing, or with another digest is no log
 * of a run: nothing may be concluded from it.
 *
 *   {"n":0,"channel":"console","text":"..."}
 *   {"beat":true}                              the line is alive; not numbered, not hashed
 *   {"n":1,"end":"ended","status":0,"digest":"..."}
 */
#ifndef FRAME_H
#define FRAME_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "err.h"

enum { FRAME_MAX = 16384 };		/* bytes of a line with its end */

/* How a run ended; the word that stands in the frame. */
enum frame_end {
#define FRAME_END(name, word, text) FRAME_##name,
#include "frame_ends.def"
#undef FRAME_END
	FRAME_END_COUNT
};
const char *frame_end_word(enum frame_end end);
const char *frame_end_text(enum frame_end end);

enum frame_kind { FRAME_TEXT, FRAME_BEAT, FRAME_LAST };

struct frame {
	enum frame_kind kind;
	uint64_t number;		/* not of a beat */
	const char *channel, *text;	/* of FRAME_TEXT: "console", "board" */
	enum frame_end end;		/* of FRAME_LAST */
	int status;			/* of FRAME_LAST: of the program that drove the board */
	const char *digest, *why, *fix;	/* of FRAME_LAST; why and fix may be "" */
};

/* With its line's end; any text is made printable. */
char *frame_encode(const struct frame *f, struct arena *a);

/* A line without its end.  -MS_EFORMAT for anything else than the above. */
int frame_decode(const char *line, size_t size, struct arena *a, struct frame *out);

/* A log that is read as it comes. */
struct frame_reader {
	struct sha256_state *hash;
	uint64_t next;
	bool whole;		/* its last line has come, and all was right */
	char line[FRAME_MAX];
	size_t used;
	struct arena *arena;	/* of the hash */
};
void frame_reader_init(struct frame_reader *r, struct arena *a);

/*
 * Take bytes as they come; `take` is called for each frame, whose texts live as long as the call.  -MS_EFORMAT when it is no
 * log; nothing is taken from then on, nor behind its end.
 */
int frame_reader_take(struct frame_reader *r, const char *at, size_t size, void (*take)(void *context, const struct frame *f), void *context);

#endif
