/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The client against a server that does what is written here, one connection after the other: how a real store answers is tested
 * in tests/store.  Nothing waits for a time: the server answers each request when all of it is there, and closes the line.
 */
#include "answering.h"

static void what_is_asked_for_comes(void **state)
{
	(void)state;
	static const char *const answers[] = { HEAD("200 OK") "ETag: \"one\"\r\nContent-Length: 5\r\n\r\nhello", HEAD("304 Not Modified") "ETag: \"one\"\r\n\r\n", NULL };
	struct client *c = client(begin(answers), &(struct client_options){ .token = TOKEN });
	struct client_request r = { .path = "v1/a?q=b" };
	struct client_answer answer;
	struct err e;

	assert_int_equal(client_ask(c, &r, &scratch, &answer, &e), 0);
	assert_int_equal(answer.status, 200);
	assert_string_equal(answer.body.at, "hello");
	assert_string_equal(answer.etag, "\"one\"");
	r.etag = answer.etag;
	assert_int_equal(client_ask(c, &r, &scratch, &answer, &e), 0);
	assert_int_equal(answer.status, 304);
	assert_int_equal(asked(), 2);
	assert_int_equal(strncmp(server.asked[0], "GET /v1/a?q=b HTTP/1.1\r\n", 24), 0);
	assert_non_null(strstr(server.asked[0], "\r\nAuthorization: Bearer " TOKEN "\r\n"));
	assert_null(strstr(server.asked[0], "If-None-Match"));
	assert_non_null(strstr(server.asked[1], "\r\nIf-None-Match: \"one\"\r\n"));
	client_close(c);
}

static void what_passes_is_waited_for(void **state)
{
	(void)state;
	static const char *const answers[] = {
		PROBLEM("503 Service Unavailable", "trouble"), HEAD("429 Too Many Requests") "Retry-After: 0\r\n\r\n", HEAD("200 OK") "Content-Length: 5\r\n\r\nhel", "",
		HEAD("200 OK") "Content-Length: 5\r\n\r\nhello", NULL
	};
	struct client *c = client(begin(answers), &(struct client_options){ .tries = 5 });
	struct client_answer answer;
	struct err e;

	assert_int_equal(client_ask(c, &(struct client_request){ .path = "x" }, &scratch, &answer, &e), 0);
	assert_string_equal(answer.body.at, "hello");
	assert_int_equal(asked(), 5);
	client_close(c);
}

static void it_does_not_ask_for_ever(void **state)
{
	(void)state;
	static const char *const answers[] = { PROBLEM("503 x", "trouble"), PROBLEM("503 x", "trouble"), PROBLEM("503 x", "trouble"), NULL };
	struct client *c = client(begin(answers), &(struct client_options){ .tries = 3 });
	struct client_answer answer;
	struct err e;

	assert_true(client_ask(c, &(struct client_request){ .path = "x" }, &scratch, &answer, &e) < 0);
	assert_int_equal(asked(), 3);
	assert_int_equal(err_exit_status(&e), 9);
	assert_non_null(strstr(e.text, "has trouble: as it said"));
	client_close(c);
}

static void what_asks_for_too_long_a_wait_is_not_waited_for(void **state)
{
	(void)state;
	static const char *const answers[] = { HEAD("429 x") "Retry-After: 3600\r\n\r\n", NULL };
	struct client *c = client(begin(answers), NULL);
	struct client_answer answer;
	struct err e;

	assert_true(client_ask(c, &(struct client_request){ .path = "x" }, &scratch, &answer, &e) < 0);
	assert_int_equal(asked(), 1);
	assert_int_equal(err_exit_status(&e), 9);
	client_close(c);
}

/* A short wait is the client's own to do, and was done when somebody reads this. */
static void what_to_do_is_said_for_people_and_not_for_programs(void **state)
{
	(void)state;
#define WORDS "\r\n{\"detail\":\"as it said\",\"fix\":\"do that\"}"
	static const struct { const char *answer, *fix; } rows[] = {
		{ HEAD("429 x") "Retry-After: 3600\r\n" WORDS, "3600 seconds" }, { HEAD("503 x") "Retry-After: 3600\r\n" WORDS, "3600 seconds" },
		{ HEAD("503 x") "Retry-After: 1\r\n" WORDS, "do that" }, { HEAD("503 x") "Retry-After: 0\r\n" WORDS, "do that" },
		{ HEAD("429 x") "Retry-After: 1\r\n" WORDS, "wait some minutes" }, { HEAD("503 x") "Retry-After: 1\r\n\r\n", "tell who runs the store" },
	};
#undef WORDS

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *const answers[] = { rows[i].answer, NULL };
		struct client *c = client(begin(answers), &(struct client_options){ .tries = 1 });
		struct client_answer answer;
		struct err e;

		assert_true(client_ask(c, &(struct client_request){ .path = "x" }, &scratch, &answer, &e) < 0);
		if (!strstr(e.fix, rows[i].fix))
			fail_msg("row %zu: %s", i, e.fix);
		assert_int_equal(asked(), 1);
		client_close(c);
	}
}

/* Whether a POST was carried out is not known when its line is cut. */
static void what_may_not_be_done_twice_is_asked_once(void **state)
{
	(void)state;
	static const char *const cut[] = { "", NULL }, *const again[] = { "", HEAD("201 Created") "Content-Length: 2\r\n\r\n{}", NULL };
	struct client_request r = { .method = "POST", .path = "x", .body = BYTES_OF("{}") };
	struct client *c = client(begin(cut), NULL);
	struct client_answer answer;
	struct err e;

	assert_true(client_ask(c, &r, &scratch, &answer, &e) < 0);
	assert_int_equal(asked(), 1);
	assert_int_equal(err_exit_status(&e), 9);
	client_close(c);

	c = client(begin(again), NULL);
	write_text("body", "from a file");
	r = (struct client_request){ .method = "POST", .path = "x", .file = "body", .type = "text/plain", .repeatable = true };
	assert_int_equal(client_ask(c, &r, &scratch, &answer, &e), 0);
	assert_int_equal(answer.status, 201);
	assert_int_equal(asked(), 2);
	for (int i = 0; i < 2; i++) {
		assert_non_null(strstr(server.asked[i], "\r\nContent-Type: text/plain\r\n"));
		assert_non_null(strstr(server.asked[i], "\r\n\r\nfrom a file"));
	}
	client_close(c);
}

static void a_file_goes_on_where_it_was_cut(void **state)
{
	(void)state;
	static const char *const answers[] = {
		HEAD("200 OK") "ETag: \"one\"\r\nContent-Length: 10\r\n\r\n0123",
		HEAD("206 Partial Content") "ETag: \"one\"\r\nContent-Range: bytes 4-9/10\r\nContent-Length: 6\r\n\r\n45",
		HEAD("206 Partial Content") "ETag: \"one\"\r\nContent-Range: bytes 6-9/10\r\nContent-Length: 4\r\n\r\n6789", NULL
	};
	const char *url = begin(answers);
	struct client *c = client(url, &(struct client_options){ .tries = 2 });
	uint64_t came = 0;
	struct err e;

	assert_true(client_fetch(c, "blob", &(struct client_file){ .to = "out", .limit = 10 }, NULL, &e) < 0);
	assert_int_equal(err_exit_status(&e), 9);
	assert_false(file_exists("out"));
	client_close(c);

	c = client(url, NULL);	/* another time */
	assert_int_equal(client_fetch(c, "blob", &(struct client_file){ .to = "out", .limit = 10 }, &came, &e), 0);
	assert_string_equal(text_of("out"), "0123456789");
	assert_int_equal(came, 4);
	assert_false(file_exists("out.part"));
	assert_false(file_exists("out.etag"));
	assert_int_equal(asked(), 3);
	assert_null(strstr(server.asked[0], "Range"));
	assert_non_null(strstr(server.asked[1], "\r\nRange: bytes=4-\r\n"));
	assert_non_null(strstr(server.asked[2], "\r\nRange: bytes=6-\r\n"));
	assert_non_null(strstr(server.asked[2], "\r\nIf-Range: \"one\"\r\n"));
	client_close(c);
}

/* By a server that looks at If-Range, by one that does not, and by one that has less than before. */
static void no_two_versions_become_one_file(void **state)
{
	(void)state;
	static const char *const second[] = {
		HEAD("200 OK") "ETag: \"two\"\r\nContent-Length: 6\r\n\r\nabcdef",
		HEAD("206 Partial Content") "ETag: \"two\"\r\nContent-Range: bytes 4-5/6\r\nContent-Length: 2\r\n\r\nef",
		HEAD("206 Partial Content") "ETag: \"one\"\r\nContent-Range: bytes 3-5/6\r\nContent-Length: 3\r\n\r\ndef",
		HEAD("416 Range Not Satisfiable") "Content-Length: 0\r\n\r\n",
	};

	for (size_t i = 0; i < sizeof(second) / sizeof(*second); i++) {
		const char *const answers[] = { HEAD("200 OK") "ETag: \"one\"\r\nContent-Length: 10\r\n\r\n0123", second[i], i ? HEAD("200 OK") "Content-Length: 6\r\n\r\nabcdef" : NULL, NULL };
		struct client *c = client(begin(answers), NULL);
		struct err e;

		assert_int_equal(client_fetch(c, "blob", &(struct client_file){ .to = "out", .limit = 10 }, NULL, &e), 0);
		assert_string_equal(text_of("out"), "abcdef");
		assert_int_equal(asked(), i ? 3 : 2);
		client_close(c);
	}
}

/* Nobody asked for a part, and whoever sends one says nothing of what it is a part of. */
static void a_part_that_nobody_asked_for_is_none(void **state)
{
	(void)state;
	const char *const answers[] = { HEAD("206 Partial Content") "ETag: \"one\"\r\nContent-Range: bytes 0-5/6\r\nContent-Length: 6\r\n\r\nabcdef", HEAD("200 OK") "Content-Length: 6\r\n\r\nabcdef", NULL };
	struct client *c = client(begin(answers), NULL);
	struct err e;

	assert_int_equal(client_fetch(c, "blob", &(struct client_file){ .to = "out", .limit = 10 }, NULL, &e), 0);
	assert_string_equal(text_of("out"), "abcdef");
	assert_int_equal(asked(), 2);
	client_close(c);
}

static void what_is_too_large_is_not_kept(void **state)
{
	(void)state;
	static const char *const bodies[] = { HEAD("200 OK") "Content-Length: 9\r\n\r\n012345678", HEAD("200 OK") "\r\n012345678", HEAD("200 OK") "Transfer-Encoding: chunked\r\n\r\n9\r\n012345678\r\n0\r\n\r\n" };

	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		const char *const answers[] = { bodies[i], bodies[i], NULL };
		struct client *c = client(begin(answers), NULL);
		struct client_answer answer;
		struct err e;

		assert_int_equal(client_ask(c, &(struct client_request){ .path = "x", .limit = 8 }, &scratch, &answer, &e), -MS_EFBIG);
		assert_int_equal(client_fetch(c, "x", &(struct client_file){ .to = "out", .limit = 8 }, NULL, &e), -MS_EFBIG);
		assert_false(file_exists("out"));
		assert_false(file_exists("out.part"));
		assert_int_equal(asked(), 2);
		client_close(c);
	}
}

static void each_refusal_has_its_status_and_the_words_of_the_server(void **state)
{
	(void)state;
	static const struct { const char *answer; int status; } rows[] = {
		{ PROBLEM("401 x", "not-authorised"), 10 }, { PROBLEM("403 x", "not-allowed"), 10 }, { PROBLEM("403 x", "not-believed"), 7 }, { PROBLEM("404 x", "no-such-path"), 1 },
		{ PROBLEM("409 x", "version-taken"), 1 }, { PROBLEM("413 x", "too-large"), 1 }, { PROBLEM("422 x", "not-compatible"), 8 }, { PROBLEM("400 x", "not-understood"), 9 },
		{ HEAD("400 x") "\r\n<html>", 9 }, { HEAD("404 x") "\r\n", 1 }, { HEAD("200 x") "Content-Encoding: gzip\r\n\r\nhello", 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *const answers[] = { rows[i].answer, NULL };
		struct client *c = client(begin(answers), NULL);
		struct client_answer answer;
		struct err e = { 0 };

		int rc = client_ask(c, &(struct client_request){ .path = "x" }, &scratch, &answer, &e);
		assert_int_equal(rc < 0, rows[i].status != 0);
		assert_int_equal(err_exit_status(&e), rows[i].status);
		if (strstr(rows[i].answer, "as it said")) {
			assert_non_null(strstr(e.text, "as it said"));
			/* Where to log in is known here, and no server needs to say it. */
			assert_non_null(strstr(e.fix, strstr(rows[i].answer, " 401 ") ? "ms login http://" : "do that"));
		}
		assert_int_equal(asked(), 1);
		client_close(c);
	}
}

static void words_of_a_server_do_not_drive_the_terminal(void **state)
{
	(void)state;
	static const char *const answers[] = { HEAD("403 x") "\r\n{\"detail\":\"a\\u001b[2Jb\",\"fix\":\"\\u202ec\"}", NULL };
	struct client *c = client(begin(answers), NULL);
	struct client_answer answer;
	struct err e;

	assert_true(client_ask(c, &(struct client_request){ .path = "x" }, &scratch, &answer, &e) < 0);
	asked();
	assert_null(strchr(e.text, 27));
	assert_non_null(strstr(e.text, "a?[2Jb"));
	assert_null(strstr(e.fix, "\xe2\x80\xae"));
	client_close(c);
}

static void nobody_is_sent_on(void **state)
{
	(void)state;
	static const char *const answers[] = { HEAD("302 Found") "Location: http://127.0.0.1:9/steal\r\n\r\n", NULL };
	struct client *c = client(begin(answers), &(struct client_options){ .token = TOKEN });
	struct client_answer answer;
	struct err e;

	assert_true(client_ask(c, &(struct client_request){ .path = "x" }, &scratch, &answer, &e) < 0);
	assert_int_equal(asked(), 1);
	assert_int_equal(err_exit_status(&e), 9);
	assert_non_null(strstr(e.fix, "http://127.0.0.1:9/steal"));
	assert_null(strstr(e.text, TOKEN));
	client_close(c);
}

static void only_addresses_of_the_web_are_taken(void **state)
{
	(void)state;
	static const char *const bad[] = { "", "store", "ftp://a", "file:///etc/passwd", "https://", "http:///a", "https://me:pw@a", "https://me@a", "https://a?token=b", "https://a#b", "https://a b", "https://a\nb",
					   "http://a/\"", "https://\xc3\xa4", "HTTPS://a", "https://a:99999999", "javascript:x" };
	struct client *c;
	struct err e;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(client_open(bad[i], &(struct client_options){ 0 }, &scratch, &c, &e), -MS_EUSAGE);
		assert_string_equal(e.id, "MS2809");
	}
	assert_int_equal(client_open("https://a.example:8443/store//", &(struct client_options){ .token = TOKEN }, &scratch, &c, &e), 0);
	assert_string_equal(client_url(c), "https://a.example:8443/store");
	client_close(c);
}

static void no_token_goes_over_a_network_in_the_clear(void **state)
{
	(void)state;
	static const char *const refused[] = { "http://store.example", "http://192.0.2.7:8080", "http://localhost.example", "http://127.store.example", "http://127.0.0.1.store.example", "http://[2001:db8::1]" }, *const taken[] = { "http://127.0.0.1:8080", "http://localhost", "http://[::1]:8080" };
	struct client *c;
	struct err e;

	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		assert_int_equal(client_open(refused[i], &(struct client_options){ .token = TOKEN }, &scratch, &c, &e), -MS_EUSAGE);
		assert_null(strstr(e.text, TOKEN));
	}
	for (size_t i = 0; i < sizeof(taken) / sizeof(*taken); i++) {
		assert_int_equal(client_open(taken[i], &(struct client_options){ .token = TOKEN }, &scratch, &c, &e), 0);
		client_close(c);
	}
}

static void typed_text_stays_what_it_is(void **state)
{
	(void)state;
	assert_string_equal(client_escape("a b&c=d/../e%\xc3\xa4~", &scratch), "a%20b%26c%3Dd%2F..%2Fe%25%C3%A4~");
	assert_string_equal(client_escape("", &scratch), "");
}

static void where_nobody_listens_is_trouble_of_the_network(void **state)
{
	(void)state;
	static const char *const answers[] = { HEAD("204 x") "\r\n", NULL };
	struct client *c = client(begin(answers), NULL);
	struct client_answer answer;
	struct err e;

	assert_int_equal(client_ask(c, &(struct client_request){ .path = "x" }, &scratch, &answer, &e), 0);
	asked();
	assert_true(client_ask(c, &(struct client_request){ .path = "x" }, &scratch, &answer, &e) < 0);
	assert_string_equal(e.id, "MS2808");
	assert_int_equal(err_exit_status(&e), 9);
	client_close(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(what_is_asked_for_comes),
		scratch_test(what_passes_is_waited_for),
		scratch_test(it_does_not_ask_for_ever),
		scratch_test(what_asks_for_too_long_a_wait_is_not_waited_for),
		scratch_test(what_to_do_is_said_for_people_and_not_for_programs),
		scratch_test(what_may_not_be_done_twice_is_asked_once),
		scratch_test(a_file_goes_on_where_it_was_cut),
		scratch_test(no_two_versions_become_one_file),
		scratch_test(a_part_that_nobody_asked_for_is_none),
		scratch_test(what_is_too_large_is_not_kept),
		scratch_test(each_refusal_has_its_status_and_the_words_of_the_server),
		scratch_test(words_of_a_server_do_not_drive_the_terminal),
		scratch_test(nobody_is_sent_on),
		scratch_test(only_addresses_of_the_web_are_taken),
		scratch_test(no_token_goes_over_a_network_in_the_clear),
		scratch_test(typed_text_stays_what_it_is),
		scratch_test(where_nobody_listens_is_trouble_of_the_network),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
