/* SPDX-License-Identifier: Apache-2.0 */
#include "testreport.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLAN_MAX = 1000000 };

void testreport_init(struct testreport *r, const char *word)
{
	*r = (struct testreport){ .text = "" };
	snprintf(r->word, sizeof(r->word), "%s", word);
}

/* A number of at most `max` and the blank behind it, which may be missing at the end. */
static bool read_number(const char **at, uint64_t max, uint64_t *out)
{
	uint64_t v = 0;
	const char *from = *at;

	while (**at >= '0' && **at <= '9') {
		v = v * 10 + (uint64_t)(*(*at)++ - '0');
		if (v > max)
			return false;
	}
	if (*at == from || (**at && **at != ' '))
		return false;
	*at += **at == ' ';
	*out = v;
	return true;
}

static enum testreport_event garbled(struct testreport *r)
{
	r->garbled = true;
	return TESTREPORT_GARBLED;
}

static enum testreport_event read_plan(struct testreport *r, const char *at)
{
	uint64_t count;

	if (r->in_plan || !read_number(&at, PLAN_MAX - r->planned, &count))
		return garbled(r);
	r->in_plan = true;
	r->plans++;
	r->left = (uint32_t)count;
	r->planned += r->left;
	return TESTREPORT_PLAN;
}

static enum testreport_event read_name(struct testreport *r, const char *at)
{
	if (!r->in_plan || r->in_test || !*at)
		return garbled(r);
	snprintf(r->name, sizeof(r->name), "%s", at);
	return TESTREPORT_NAME;
}

static enum testreport_event read_begin(struct testreport *r, const char *at)
{
	if (!r->in_plan || r->in_test || !r->left || !*at)
		return garbled(r);
	r->in_test = true;
	snprintf(r->name, sizeof(r->name), "%s", at);
	return TESTREPORT_BEGIN;
}

static enum testreport_event read_end(struct testreport *r, const char *at)
{
	uint64_t verdict;

	if (!r->in_test || !read_number(&at, TEST_VERDICT_COUNT - 1, &verdict) || !read_number(&at, UINT64_MAX / 100, &r->usec))
		return garbled(r);
	r->in_test = false;
	r->verdict = (enum test_verdict)verdict;
	r->text = at;
	r->left--;
	r->ended++;
	return TESTREPORT_END;
}

static enum testreport_event read_done(struct testreport *r)
{
	if (!r->in_plan || r->in_test || r->left)
		return garbled(r);
	r->in_plan = false;
	return TESTREPORT_DONE;
}

static bool take(const char **at, const char *word)
{
	size_t size = strlen(word);

	if (strncmp(*at, word, size) || ((*at)[size] && (*at)[size] != ' '))
		return false;
	*at += size + ((*at)[size] == ' ');
	return true;
}

/* Frames of a text alone: where they may stand, and what they must look like. */
static const struct of_text {
	const char *word;
	bool in_test, may_be_empty;
	size_t digits;			/* of a hash; 0: any text */
	enum testreport_event event;
} texts[] = {
	{ "say", true, true, 0, TESTREPORT_SAY },
	{ "site", true, false, 0, TESTREPORT_SITE },
	{ "trace", true, false, 16, TESTREPORT_TRACE },
	{ "phase", false, false, 0, TESTREPORT_PHASE },
	{ "now", false, false, 0, TESTREPORT_NOW },
};

static enum testreport_event read_text(struct testreport *r, const char *at, const struct of_text *t)
{
	r->text = at;
	if (!r->in_plan || r->in_test != t->in_test || (!*at && !t->may_be_empty))
		return garbled(r);
	if (t->digits && (strspn(at, "0123456789abcdef") != t->digits || at[t->digits]))
		return garbled(r);
	return t->event;
}

/* What a program writes without a line feed stands before our word. */
enum testreport_event testreport_line(struct testreport *r, const char *line)
{
	const char *at = *r->word ? strstr(line, r->word) : NULL;

	r->text = line;
	if (!at)
		return TESTREPORT_OTHER;
	at += strlen(r->word);
	if (r->garbled || *at != ' ')
		return garbled(r);
	at++;
	for (const struct of_text *t = texts; t < texts + sizeof(texts) / sizeof(*texts); t++)
		if (take(&at, t->word))
			return read_text(r, at, t);
	if (take(&at, "plan"))
		return read_plan(r, at);
	if (take(&at, "name"))
		return read_name(r, at);
	if (take(&at, "begin"))
		return read_begin(r, at);
	if (take(&at, "end"))
		return read_end(r, at);
	return take(&at, "done") && !*at ? read_done(r) : garbled(r);
}

void testreport_close_test(struct testreport *r)
{
	r->in_test = false;
	r->left--;
	r->ended++;
}

const char *testreport_fault(const struct testreport *r)
{
	if (r->garbled)
		return "its report is garbled";
	if (!r->plans)
		return "it ran no test";
	if (r->in_test)
		return "it ended in the middle of a test";
	if (r->in_plan)
		return "it ended before all its tests had run";
	return NULL;
}

const char *test_verdict_text(enum test_verdict v)
{
	static const char *const text[TEST_VERDICT_COUNT] = {
		[TEST_PASSED] = "passed", [TEST_FAILED] = "failed", [TEST_SKIPPED] = "skipped",
		[TEST_CRASHED] = "crashed", [TEST_EXITED] = "exited", [TEST_TIMED_OUT] = "timed out",
	};

	return text[v];
}
