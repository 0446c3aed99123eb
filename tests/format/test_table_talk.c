/* SPDX-License-Identifier: Apache-2.0 */
/* Rules about endpoints must agree with each other: each rule of docs/formats.md 5.4 broken once. */
#include "table_sample.h"

#define RECEIVE(signal, version) (TABLE_ENDPOINT_RECEIVE | (signal) << 8 | (uint32_t)(version) << 16)

/*
 * Service 0x1001 has endpoints 0 and 1 and calls 2, service 0x2002 has 2 and calls 0 and 1.
 * Rules: 0 device, 1 and 2 receive, 3 calls; 4 and 5 call, 6 receives.
 */
static void talking(struct sample *s)
{
	static const struct table_rule rules[] = {
		{ 0x1001, 0x01000000, 1 | 8 << 8, 0 },
		{ 0x1001, 0x02000000, RECEIVE(4, 1) | TABLE_ENDPOINT_CONNECTIONS, 0x48000001 },
		{ 0x1001, 0x02000001, RECEIVE(31, 65535) | TABLE_ENDPOINT_STRICT, 0x48000002 },
		{ 0x1001, 0x02000002, 1, 255 },
		{ 0x2002, 0x02000000, 1, 0 },
		{ 0x2002, 0x02000001, 1, 1 },
		{ 0x2002, 0x02000002, RECEIVE(4, 1), 0x48000003 },
	};

	sample_init(s);
	s->rule_count = sizeof(rules) / sizeof(*rules);
	for (uint32_t i = 0; i < s->rule_count; i++)
		s->rule[i] = rules[i];
}

#define TALK(expected, change)							\
	do {									\
		static struct sample s;						\
		talking(&s);							\
		change;								\
		if (decoded(&s) != (expected))					\
			fail_msg(#change " gives %d", decoded(&s));		\
	} while (0)
#define FINE(change) TALK(MS_OK, change)
#define WRONG(change) TALK(-MS_EFORMAT, change)

static void each_endpoint_has_one_owner(void **state)
{
	(void)state;
	FINE((void)s);
	WRONG(s.rule[6].object = 0x02000001; s.rule[5] = s.rule[6]; s.rule_count = 6);	/* two of 1, none of 2 */
	WRONG(s.rule_count = 6);							/* none of 2, which is called */
	WRONG(s.rule[4] = s.rule[6]; s.rule_count = 5; s.rule[4].object = 0x02000003);	/* 2 has none, 3 has one */
	WRONG(s.rule[6].object = 0x02ffffff);
	FINE(s.rule_count = 3);								/* nobody calls */
	FINE(s.rule[2] = s.rule[4]; s.rule_count = 3);					/* 0 alone, and who calls it */
}

static void a_rule_calls_or_receives(void **state)
{
	(void)state;
	WRONG(s.rule[6].operations |= TABLE_ENDPOINT_CALL);
	WRONG(s.rule[1].operations |= 2);
	WRONG(s.rule[3].operations |= 1 << 8);
	WRONG(s.rule[3].operations |= TABLE_ENDPOINT_CONNECTIONS);
	WRONG(s.rule[3].operations = 2);
}

static void versions_and_numbers_of_interfaces(void **state)
{
	(void)state;
	WRONG(s.rule[1].operations &= 0xffff);
	WRONG(s.rule[1].argument = 0);
	WRONG(s.rule[2].argument = 0x48000001);		/* in one service */
	WRONG(s.rule[6].argument = 0x48000001);		/* in two */
	FINE(s.rule[7] = s.rule[6]; s.rule[7].object = 0x05000000; s.rule[7].operations = TABLE_ENDPOINT_RECEIVE;
	     s.rule[7].argument = 0x48000001; s.rule_count = 8);	/* a key's number is no interface */
}

static void signals_are_taken_once(void **state)
{
	(void)state;
	WRONG(s.rule[1].operations = RECEIVE(3, 1));
	WRONG(s.rule[1].operations = RECEIVE(0, 1));
	WRONG(s.rule[2].operations = RECEIVE(4, 1));
	WRONG(s.rule[1].operations = RECEIVE(8, 1));	/* the device's */
	FINE(s.rule[6].operations = RECEIVE(8, 1));	/* another service's device */
	FINE(s.rule[0].operations = 1);
}

static void local_indices_are_given_once(void **state)
{
	(void)state;
	WRONG(s.rule[5].argument = 0);
	WRONG(s.rule[3].argument = 256);
	WRONG(s.rule[3].argument = UINT32_MAX);
	FINE(s.rule[3].argument = 0);			/* of the device, too */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_endpoint_has_one_owner),
		cmocka_unit_test(a_rule_calls_or_receives),
		cmocka_unit_test(versions_and_numbers_of_interfaces),
		cmocka_unit_test(signals_are_taken_once),
		cmocka_unit_test(local_indices_are_given_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
