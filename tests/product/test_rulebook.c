/* SPDX-License-Identifier: Apache-2.0 */
/* Who may call whom: what rules follow from manifests and grants, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "given.h"
#include "rulebook.h"

enum { CONNECTIONS = MANIFEST_CONNECTIONS, STRICT = MANIFEST_STRICT, WEAK = MANIFEST_WEAK };

static struct board board = { .name = "desk" };

/* Two servers and a client. */
struct sample {
	struct manifest manifests[3];
	struct device_service services[3];
	struct device device;
	struct table_rule rules[TABLE_RULE_MAX];
	struct rulebook book;
	struct device_talk talk;
	struct err e;
};

static void sample(struct sample *s)
{
	static const char *const names[] = { "server", "clock", "client" };

	memset(s, 0, sizeof(*s));
	for (uint32_t i = 0; i < 3; i++)
		s->services[i] = (struct device_service){ .name = names[i], .id = 10 * (i + 1), .manifest = &s->manifests[i] };
	board.limit[BOARD_LIMIT_ENDPOINT_MAX] = 3;
	s->device = (struct device){ .board = &board, .services = s->services, .service_count = 3 };
	s->book.at = s->rules;
	s->manifests[0].provides[0] = (struct manifest_interface){ BYTES_LITERAL("counter"), 0x48000001, 3, CONNECTIONS | STRICT, { 0 } };
	s->manifests[0].provides[1] = (struct manifest_interface){ BYTES_LITERAL("hash"), 0x48000002, 2, 0, { 0 } };
	s->manifests[0].provide_count = 2;
	s->manifests[1].provides[0] = (struct manifest_interface){ BYTES_LITERAL("time"), 7, 1, CONNECTIONS, { 0 } };
	s->manifests[1].provide_count = 1;
	s->manifests[2].calls[0] = (struct manifest_interface){ BYTES_LITERAL("time"), 7, 1, CONNECTIONS, { 0 } };
	s->manifests[2].calls[1] = (struct manifest_interface){ BYTES_LITERAL("hash"), 0x48000002, 1, 0, { 0 } };
	s->manifests[2].call_count = 2;
}

static int make(struct sample *s)
{
	int rc = rulebook_messages(&s->device, &s->book, &arena, &s->talk, &s->e);

	rulebook_sort(&s->book);
	return rc;
}

static void what_is_requested_is_granted_where_nothing_is_said(void **state)
{
	(void)state;
	static const struct table_rule expected[] = {
		{ 10, 0x02000000, 0x00036404, 0x48000001 },	/* version 3, strict, by connections, signal 4 */
		{ 10, 0x02000001, 0x00020504, 0x48000002 },
		{ 20, 0x02000002, 0x00012404, 7 },
		{ 30, 0x02000001, 1, 1 },
		{ 30, 0x02000002, 1, 0 },
	};
	struct sample s;

	sample(&s);
	assert_int_equal(make(&s), MS_OK);
	assert_int_equal(s.book.count, 5);
	assert_memory_equal(s.rules, expected, sizeof(expected));
	assert_int_equal(s.talk.warnings.count, 0);
	assert_int_equal(s.talk.granted.count, 2);
	assert_string_equal(s.talk.granted.at[0], "client may call time of clock");
	assert_string_equal(s.talk.granted.at[1], "client may call hash of server");
}

/* What the client is granted by a product, and what comes of it. */
static const struct granted {
	const char *names[3];
	uint32_t calls;		/* rules of the client */
	uint32_t warnings;
	const char *sentence;	/* of the first warning, or of a refusal */
} granted[] = {
	{ { NULL }, 0, 2, "'client' asks for 'time', which the product does not grant" },
	{ { "time" }, 1, 1, "'client' asks for 'hash', which the product does not grant" },
	{ { "time", "hash" }, 2, 0, NULL },
	{ { "clock", "server" }, 2, 0, NULL },
	{ { "time", "counter" }, 0, 0, "'client' is granted 'counter', which it does not ask for" },
	{ { "nobody" }, 0, 0, "'client' is granted 'nobody', which it does not ask for" },
	{ { "client" }, 0, 0, "'client' is granted 'client', which it does not ask for" },
};

static void a_product_grants_by_names_and_nothing_else(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(granted) / sizeof(granted[0]); i++) {
		const struct granted *g = &granted[i];
		const char *names[3] = { g->names[0], g->names[1], g->names[2] };
		struct texts texts = { names, 0 };
		struct sample s;

		while (texts.count < 3 && names[texts.count])
			texts.count++;
		sample(&s);
		s.services[2].granted = &texts;
		int rc = make(&s);
		bool refused = g->sentence && !g->warnings;

		assert_int_equal(rc, refused ? -MS_EINCOMPATIBLE : MS_OK);
		if (refused) {
			assert_string_equal(s.e.text, g->sentence);
			continue;
		}
		assert_int_equal(s.book.count, 3 + g->calls);
		assert_int_equal(s.talk.warnings.count, g->warnings);
		assert_int_equal(s.talk.granted.count, 0);
		if (g->sentence)
			assert_string_equal(s.talk.warnings.at[0], g->sentence);
	}
}

/* One thing changed of the first request or of what it asks for. */
static const struct changed {
	const char *what;
	uint32_t sid;
	uint16_t version, provided;
	uint8_t flags, provided_flags;
	const char *sentence;	/* NULL: it is granted */
} changed[] = {
	{ "an older client of a relaxed interface", 7, 1, 2, CONNECTIONS, CONNECTIONS, NULL },
	{ "the same version of a strict one", 7, 2, 2, CONNECTIONS, CONNECTIONS | STRICT, NULL },
	{ "an older client of a strict one", 7, 1, 2, CONNECTIONS, CONNECTIONS | STRICT,
	  "'client' asks for 'time' in version 1, and 'clock' provides version 2" },
	{ "a newer client", 7, 3, 2, CONNECTIONS, CONNECTIONS, "'client' asks for 'time' in version 3, and 'clock' provides versions up to 2" },
	{ "no connections, and it has them", 7, 1, 1, 0, CONNECTIONS,
	  "'client' asks for 'time' without connections, and 'clock' provides it by connections" },
	{ "connections, and it has none", 7, 1, 1, CONNECTIONS, 0, "'client' asks for 'time' by connections, and 'clock' provides it without" },
	{ "another interface than it names", 0x48000001, 3, 1, CONNECTIONS, CONNECTIONS,
	  "'client' asks for 'time' by the sid 0x48000001, which is that of 'counter' of 'server'" },
	{ "nobody", 8, 1, 1, CONNECTIONS, CONNECTIONS, "'client' asks for 'time' (sid 0x00000008), which no service here provides" },
};

static void what_does_not_fit_is_refused_unless_it_is_weak(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(changed) / sizeof(changed[0]); i++)
		for (int weak = 0; weak < 2; weak++) {
			const struct changed *c = &changed[i];
			struct sample s;

			sample(&s);
			s.manifests[1].provides[0].version = c->provided;
			s.manifests[1].provides[0].flags = c->provided_flags;
			s.manifests[2].calls[0] = (struct manifest_interface){ BYTES_LITERAL("time"), c->sid, c->version, (uint8_t)(c->flags | (weak ? WEAK : 0)), { 0 } };
			int rc = make(&s);

			if (rc != (c->sentence && !weak ? -MS_EINCOMPATIBLE : MS_OK))
				fail_msg("%s: %d %s", c->what, rc, s.e.text);
			if (rc < 0)
				assert_string_equal(s.e.text, c->sentence);
			else
				assert_int_equal(s.book.count, c->sentence ? 4 : 5);
		}
}

static void a_header_that_changed_without_its_version_is_refused(void **state)
{
	(void)state;
	static const struct { const char *provided, *called; uint16_t version; bool refused; } cases[] = {
		{ "one-one-", "one-one-", 1, false }, { "one-one-", "other---", 1, true }, { "one-one-", NULL, 1, false }, { NULL, "other---", 1, false },
		{ "one-one-", "other---", 2, false },	/* an older client of a relaxed one: its version says what is different */
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct sample s;

		sample(&s);
		s.manifests[1].provides[0].version = cases[i].version;
		if (cases[i].provided)
			s.manifests[1].provides[0].fingerprint = (struct bytes){ (const uint8_t *)cases[i].provided, MANIFEST_FINGERPRINT_SIZE };
		if (cases[i].called)
			s.manifests[2].calls[0].fingerprint = (struct bytes){ (const uint8_t *)cases[i].called, MANIFEST_FINGERPRINT_SIZE };
		assert_int_equal(make(&s), cases[i].refused ? -MS_EINCOMPATIBLE : MS_OK);
		if (cases[i].refused)
			assert_string_equal(s.e.text, "'client' asks for 'time' by another header than 'clock' has, and both say version 1");
	}
}

static void a_sid_has_one_provider(void **state)
{
	(void)state;
	struct sample s;

	sample(&s);
	s.manifests[1].provides[0].sid = 0x48000002;
	assert_int_equal(make(&s), -MS_EINCOMPATIBLE);
	assert_string_equal(s.e.text, "'time' of 'clock' and 'hash' of 'server' have the same sid 0x48000002");
}

static void a_board_has_room_for_so_many_interfaces(void **state)
{
	(void)state;
	struct sample s;

	sample(&s);
	board.limit[BOARD_LIMIT_ENDPOINT_MAX] = 2;
	assert_int_equal(make(&s), -MS_EINCOMPATIBLE);
	assert_string_equal(s.e.text, "the services of this product provide more than the 2 interfaces that desk has room for");
}

static void a_table_has_room_for_so_many_rules(void **state)
{
	(void)state;
	static struct manifest m[64];
	static struct device_service services[64];
	struct sample s;

	sample(&s);
	for (uint32_t i = 0; i < 64; i++) {
		services[i] = (struct device_service){ .name = "x", .id = i + 1, .manifest = &m[i] };
		m[i].provide_count = 28;
		for (uint32_t k = 0; k < 28; k++)
			m[i].provides[k] = (struct manifest_interface){ BYTES_LITERAL("i"), 1 + 28 * i + k, 1, 0, { 0 } };
	}
	s.device = (struct device){ .board = &board, .services = services, .service_count = 64 };
	board.limit[BOARD_LIMIT_ENDPOINT_MAX] = 2000;
	assert_int_equal(make(&s), -MS_EINCOMPATIBLE);
	assert_int_equal(s.book.count, TABLE_RULE_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(what_is_requested_is_granted_where_nothing_is_said, give_back),
		cmocka_unit_test_teardown(a_product_grants_by_names_and_nothing_else, give_back),
		cmocka_unit_test_teardown(what_does_not_fit_is_refused_unless_it_is_weak, give_back),
		cmocka_unit_test_teardown(a_header_that_changed_without_its_version_is_refused, give_back),
		cmocka_unit_test_teardown(a_sid_has_one_provider, give_back),
		cmocka_unit_test_teardown(a_board_has_room_for_so_many_interfaces, give_back),
		cmocka_unit_test_teardown(a_table_has_room_for_so_many_rules, give_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
