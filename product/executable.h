/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The executable: a service's signed ELF file, and the image made from it
 * (docs/formats.md 1 and 2).
 *
 * The order in a build: executable_notes -> compile and link with it (and
 * with --build-id=sha1, -z notext and a map) -> executable_check on the linked
 * file, with debug information -> strip that away -> executable_sign ->
 * executable_image.
 *
 * The link says -z notext because the linker can only say that there is a
 * relocation in text; executable_check says which, where and what to do.
 */
#ifndef EXECUTABLE_H
#define EXECUTABLE_H

#include "arena.h"
#include "elf.h"
#include "err.h"
#include "image.h"
#include "key.h"
#include "manifest.h"

enum { EXECUTABLE_SIZE_MAX = 16 << 20, EXECUTABLE_DEBUG_MAX = 256 << 20 };

/*
 * The note sections (.note.package, .note.ms.meta, .note.ms.sig) of a service
 * for one target, as assembly text: to be compiled with any flags of the
 * target (`cc -x assembler -c`) and linked in as an object of its own.
 *
 * Not by the linker's --package-metadata: it takes one note of one kind, says
 * no more than a warning when it does not like the JSON, and is spelled
 * differently by each linker.  `m` needs what identity_set fills, security
 * counter, memory and requests.
 */
int executable_notes(const struct manifest *m, uint8_t target, struct arena *a, char **text, struct err *e);

/* The JSON of .note.package (UAPI.8), also for comparing. */
char *executable_package_json(const struct manifest *m, uint8_t target, struct arena *a);

/* What executable_check may use to say more than an address; any of them may be empty. */
struct executable_context {
	const char *path;	/* for sentences; needed */
	struct bytes map;	/* the linker's map */
	struct bytes debug;	/* the file with debug information, when `raw` is stripped */
};

/*
 * Is this file a service's executable that can be turned into an image?
 * Every rule of docs/formats.md 1 and docs/abi.md that the bytes can show.
 * -MS_EPROJECT with the first rule it breaks: symbol, object and source line
 * where they are known, and the fix.  *out (borrows from raw) may be NULL.
 */
int executable_check(struct bytes raw, const struct executable_context *c, struct arena *a,
		     struct elf_file *out, struct err *e);

/*
 * The image of a checked file, taken from the arena.  *header may be NULL.
 * -MS_EPROJECT when a symbol of service.ld is missing or a size is out of range.
 */
int executable_image(struct bytes raw, const char *path, struct arena *a, struct bytes *image,
		     struct image *header, struct err *e);

/* The same of a file that is open. */
int executable_image_of(const struct elf_file *f, const char *path, struct arena *a, struct bytes *image,
			struct image *header, struct err *e);

/* Open a file with a sentence for what is wrong (-MS_EFORMAT); *out borrows from raw. */
int executable_open(struct bytes raw, const char *path, struct elf_file *out, struct err *e);

/* The identity in an open file's meta note; borrows from the file. */
int executable_meta(const struct elf_file *f, const char *path, struct manifest *out, struct err *e);

/* Do the notes agree with each other?  -MS_EFORMAT naming the field. */
int executable_notes_agree(const struct elf_file *f, const char *path, struct arena *a, struct err *e);

/* Fill the file's 96 bytes (kind ms/image1) in place; what they held before does not matter. */
int executable_sign(uint8_t *raw, size_t size, const char *path, const struct key *k, struct arena *a, struct err *e);

/* The 40 bytes that are signed, and where the block is; the file was opened as *f. */
void executable_signed_payload(const struct elf_file *f, struct arena *a, uint8_t payload[40]);
struct bytes executable_block(const struct elf_file *f);

/* MS_OK, -MS_EFORMAT (unsigned, or no block of the kind), -MS_ESIGNATURE (another key, or changed). */
int executable_verify(const struct elf_file *f, const struct key_public *k, struct arena *a);

#endif
