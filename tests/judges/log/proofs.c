/* SPDX-License-Identifier: Apache-2.0 */
/*
 * proofs FOLDER KEY SIZE ROUNDS SEED: let the log in the folder grow to so many entries, and say what we prove of it, for judge.go.
 *
 *   key NAME+ID+KEY			by which its checkpoint is believed
 *   entry INDEX SIZE HASH...		that the log has this entry: the path, hexadecimal
 *   begins OLD SIZE HASH...		that it begins with the first OLD entries
 *
 * FOLDER.tlog-proof is the proof of its last entry, as a file.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "log.h"
#include "release.h"
#include "seeded.h"
#include "storefiles.h"
#include "tlog_files.h"

enum { GROUP = 1000 };

static struct arena arena;

static void must(int rc, const struct err *e)
{
	if (rc < 0) {
		fprintf(stderr, "proofs: %s\n", e->text);
		exit(1);
	}
}

/* Entries of all sizes, and no two the same. */
static void grow(struct log *l, uint64_t size, uint64_t *seed)
{
	struct err e;

	while (log_size(l) < size) {
		struct arena a = { 0 };
		struct bytes entries[GROUP];
		uint64_t first = log_size(l);
		size_t count = 1 + seeded_below(seed, size - first < GROUP ? size - first : GROUP);

		for (size_t i = 0; i < count; i++) {
			char *text = arena_printf(&a, "entry %" PRIu64 " %0*d", first + i, 1 + (int)seeded_below(seed, seeded_below(seed, 50) ? 60 : 4000), 0);
			entries[i] = (struct bytes){ (uint8_t *)text, strlen(text) };
		}
		must(log_append(l, entries, count, &first, &e), &e);
		arena_done(&a);
	}
}

static void say(const char *what, uint64_t at, uint64_t size, const struct tlog_path *p)
{
	printf("%s %" PRIu64 " %" PRIu64, what, at, size);
	for (uint32_t i = 0; i < p->count; i++)
		printf(" %s", release_hex(p->at[i].at, sizeof(p->at[i].at), &arena));
	printf("\n");
}

static void prove(const char *folder, uint64_t size, int rounds, uint64_t *seed)
{
	struct storefiles files = storefiles_folder(folder, &arena);
	struct tlog_files f = { &files };
	struct tlog_tiles t = tlog_files_tiles(&f);
	struct tlog_path path;
	struct err e;

	for (int i = 0; i < rounds; i++) {
		uint64_t index = seeded_below(seed, size), old = 1 + seeded_below(seed, size);

		must(tlog_inclusion(&t, index, size, &path, &e), &e);
		say("entry", index, size, &path);
		must(tlog_consistency(&t, old, size, &path, &e), &e);
		say("begins", old, size, &path);
	}
}

int main(int argc, char **argv)
{
	struct ed25519 *k;
	struct bytes proof;
	struct log *l;
	struct err e;

	if (argc != 6)
		return fprintf(stderr, "usage: proofs FOLDER KEY SIZE ROUNDS SEED\n"), 2;
	uint64_t size = strtoull(argv[3], NULL, 10), seed = strtoull(argv[5], NULL, 10);
	if (!file_exists(argv[2]))
		must(ed25519_create(argv[2], &arena, &e), &e);
	must(ed25519_open(argv[2], &arena, &k, &e), &e);
	must(log_open(argv[1], "judged.example/log", k, &l, &e), &e);
	grow(l, size, &seed);
	printf("key %s\n", log_key(l, &arena));
	prove(argv[1], size, atoi(argv[4]), &seed);
	must(log_proof(l, size - 1, &arena, &proof, &e), &e);
	must(file_replace(arena_printf(&arena, "%s.tlog-proof", argv[1]), proof, 0644, &arena, &e), &e);
	log_close(l);
	ed25519_close(k);
	arena_done(&arena);
	return 0;
}
