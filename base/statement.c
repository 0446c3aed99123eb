/* SPDX-License-Identifier: Apache-2.0 */
#include "statement.h"

#include <string.h>
#include <time.h>

#include "fact.h"
#include "trust.h"

static const char first_line[] = "# A statement about a key (ms key).\n";
static const char key_begins[] = "-----BEGIN PUBLIC KEY-----\n", key_ends[] = "-----END PUBLIC KEY-----\n";

const char *statement_name(enum statement_kind kind)
{
	static const char *const names[] = { [STATEMENT_ROTATION] = "rotation", [STATEMENT_REVOCATION] = "revocation" };

	return names[kind];
}

static const char *cose_kind(enum statement_kind kind)
{
	return kind == STATEMENT_ROTATION ? COSE_KIND_ROTATION : COSE_KIND_REVOCATION;
}

bool statement_is(struct bytes content)
{
	return bytes_equal(bytes_part(content, 0, sizeof(first_line) - 1), BYTES_LITERAL(first_line));
}

const char *statement_date(uint64_t epoch, struct arena *a)
{
	time_t t = (time_t)epoch;
	struct tm day;

	gmtime_r(&t, &day);
	return arena_printf(a, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

/* All that is signed. */
static int write_facts(const struct statement *s, struct arena *a, struct text *t, struct err *e)
{
	char *pem;

	if (s->reason && !trust_is_fact(s->reason)) {
		err_set(e, ERR_KEY_FACTS, "'%s' cannot be the reason", s->reason);
		return err_fix(e, "use one line of printable characters");
	}
	int rc = key_public_pem(&s->key, a, &pem, e);
	if (rc < 0)
		return rc;
	text_add(t, a, "%s# says: %s\n# by: ", first_line, statement_name(s->kind));
	fact_add_hex(t, a, s->by, sizeof(s->by));
	text_add(t, a, "\n# date: %s\n", s->date);
	if (s->reason)
		text_add(t, a, "# reason: %s\n", s->reason);
	text_add(t, a, "%s", pem);
	return MS_OK;
}

int statement_sign(struct statement *s, const struct key *k, struct arena *a, struct err *e)
{
	struct text t = { 0 };

	memcpy(s->by, key_public_of(k)->thumbprint, sizeof(s->by));
	int rc = write_facts(s, a, &t, e);
	if (rc == MS_OK)
		rc = key_sign(k, cose_kind(s->kind), (struct bytes){ (uint8_t *)t.at, t.size }, s->block, e);
	s->is_signed = rc == MS_OK;
	return rc;
}

int statement_write(const struct statement *s, struct arena *a, struct bytes *content, struct err *e)
{
	struct text t = { 0 };

	int rc = write_facts(s, a, &t, e);
	if (rc < 0)
		return rc;
	if (s->is_signed) {
		text_add(&t, a, "# signature: ");
		fact_add_hex(&t, a, s->block, sizeof(s->block));
		text_add(&t, a, "\n");
	}
	*content = (struct bytes){ (uint8_t *)t.at, t.size };
	return MS_OK;
}

static bool is_date(const char *text)
{
	static const char form[] = "0000-00-00";

	for (size_t i = 0; i < sizeof(form); i++)
		if (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
			return false;
	return true;
}

/* The public key where the cursor stands; what does not end is none. */
static int take_key(char **at, const char *path, struct arena *a, struct key_public *out, struct err *e)
{
	char *end = strncmp(*at, key_begins, sizeof(key_begins) - 1) ? NULL : strstr(*at, key_ends);

	if (!end)
		return -MS_EFORMAT;
	size_t size = (size_t)(end - *at) + sizeof(key_ends) - 1;
	const char *pem = arena_string(a, (struct bytes){ (uint8_t *)*at, size });

	*at += size;
	return key_public_read((struct bytes){ (const uint8_t *)pem, size }, path, out, e);
}

static int take_kind(char **at, enum statement_kind *out)
{
	const char *says = fact_take(at, "says");

	for (int i = 0; says && i < STATEMENT_KIND_COUNT; i++) {
		if (!strcmp(says, statement_name((enum statement_kind)i))) {
			*out = (enum statement_kind)i;
			return MS_OK;
		}
	}
	return -MS_EFORMAT;
}

/* As far as it can be read; whether it is of the form is seen when it is written again. */
static int take(char *at, const char *path, struct arena *a, struct statement *s, struct err *e)
{
	at += sizeof(first_line) - 1;
	if (take_kind(&at, &s->kind) < 0 || !fact_from_hex(fact_take(&at, "by"), s->by, sizeof(s->by)))
		return -MS_EFORMAT;
	s->date = fact_take(&at, "date");
	if (!s->date || !is_date(s->date))
		return -MS_EFORMAT;
	s->reason = fact_take(&at, "reason");
	if (take_key(&at, path, a, &s->key, e) < 0)
		return -MS_EFORMAT;
	s->is_signed = fact_from_hex(fact_take(&at, "signature"), s->block, sizeof(s->block));
	return s->reason || s->kind == STATEMENT_ROTATION ? MS_OK : -MS_EFORMAT;
}

int statement_read(struct bytes content, const char *path, struct arena *a, struct statement *out, struct err *e)
{
	struct statement s = { 0 };
	struct bytes again;
	struct err why = { 0 };

	bool whole = content.size <= STATEMENT_FILE_MAX && !memchr(content.at, '\0', content.size) && statement_is(content) &&
		     take(arena_string(a, content), path, a, &s, &why) == MS_OK && statement_write(&s, a, &again, &why) == MS_OK &&
		     bytes_equal(again, content);
	if (!whole) {
		err_set(e, ERR_STATEMENT, "'%s' is no statement about a key as 'ms key' writes it", path);
		return err_fix(e, "get the file again: it was cut, or changed");
	}
	*out = s;
	return MS_OK;
}

int statement_verify(const struct statement *s, const struct key_public *by, struct arena *a)
{
	struct text t = { 0 };
	struct err why;

	if (!s->is_signed || memcmp(s->by, by->thumbprint, sizeof(s->by)) || write_facts(s, a, &t, &why) < 0)
		return -MS_ESIGNATURE;
	int rc = key_verify(by, cose_kind(s->kind), (struct bytes){ (uint8_t *)t.at, t.size }, BYTES_OF(s->block));
	return rc < 0 ? -MS_ESIGNATURE : MS_OK;
}
