/* SPDX-License-Identifier: Apache-2.0 */
/*
 * NIST's files of known answers (.rsp), one vector after the other.  What is
 * not in the form that vectors/README.md describes fails the running test.
 */
#ifndef RSP_H
#define RSP_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { RSP_FIELD_MAX = 160 };

struct rsp_field {
	uint8_t at[RSP_FIELD_MAX];
	size_t size;			/* 0: the file does not give it */
};

struct rsp {
	FILE *file;
	char section[8];		/* "ENCRYPT", "DECRYPT" */
	unsigned number;		/* COUNT */
	struct rsp_field key, iv, plain, cipher;
};

static void rsp_open(struct rsp *r, const char *name)
{
	char path[64];

	*r = (struct rsp){ 0 };
	snprintf(path, sizeof(path), "vectors/%s.rsp", name);
	r->file = fopen(path, "r");
	if (!r->file)
		fail_msg("cannot open '%s'", path);
}

static struct rsp_field *rsp_named(struct rsp *r, const char *name)
{
	if (strcmp(name, "KEY") == 0)
		return &r->key;
	if (strcmp(name, "IV") == 0)
		return &r->iv;
	if (strcmp(name, "PLAINTEXT") == 0)
		return &r->plain;
	if (strcmp(name, "CIPHERTEXT") == 0)
		return &r->cipher;
	fail_msg("unknown field '%s'", name);
	return NULL;
}

static void rsp_decode(struct rsp_field *f, const char *hex)
{
	f->size = strlen(hex) / 2;
	assert_true(f->size > 0 && f->size <= sizeof(f->at) && strlen(hex) % 2 == 0);
	for (size_t i = 0; i < f->size; i++) {
		unsigned byte;

		assert_int_equal(sscanf(hex + 2 * i, "%2x", &byte), 1);
		f->at[i] = (uint8_t)byte;
	}
}

/* Take one line; true when it ended a vector. */
static bool rsp_line(struct rsp *r, const char *line)
{
	char name[12], hex[2 * RSP_FIELD_MAX + 1];

	if (sscanf(line, "[%7[A-Z]]", r->section) == 1 || line[0] == '#')
		return false;
	if (sscanf(line, "COUNT = %u", &r->number) == 1) {
		r->key.size = r->iv.size = r->plain.size = r->cipher.size = 0;
		return false;
	}
	if (sscanf(line, "%11[A-Z] = %320[0-9a-f]", name, hex) == 2) {
		rsp_decode(rsp_named(r, name), hex);
		return r->key.size && r->plain.size && r->cipher.size;
	}
	assert_true(line[strspn(line, "\r\n")] == '\0');
	return false;
}

/* The next vector; false at the end of the file, which is closed then. */
static bool rsp_next(struct rsp *r)
{
	char line[400];

	while (fgets(line, sizeof(line), r->file))
		if (rsp_line(r, line))
			return true;
	fclose(r->file);
	return false;
}

/* All files that are compared, without ".rsp". */
static const char *const rsp_names[] = {
#define RSP_SIZES(name) name "128", name "192", name "256"
	RSP_SIZES("ECBGFSbox"), RSP_SIZES("ECBKeySbox"), RSP_SIZES("ECBMMT"), RSP_SIZES("ECBVarKey"), RSP_SIZES("ECBVarTxt"),
	RSP_SIZES("CBCGFSbox"), RSP_SIZES("CBCKeySbox"), RSP_SIZES("CBCMMT"), RSP_SIZES("CBCVarKey"), RSP_SIZES("CBCVarTxt"),
#undef RSP_SIZES
};

enum { RSP_COUNT = sizeof(rsp_names) / sizeof(rsp_names[0]) };

#endif
