/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The client against servers that answer what nobody asked, without end, or two at once.  Nothing waits for a time: a server that holds a line waits until the
 * client has closed it, and who comes second is known to be there by its open(2).
 */
#include "answering.h"

#include <sys/inotify.h>

/* "Nothing has changed" and "there is nothing" are no file, and no answer to who did not ask whether something changed. */
static void what_nobody_asked_for_is_no_answer(void **state)
{
	(void)state;
	static const char *const rows[] = { HEAD("304 Not Modified") "ETag: \"one\"\r\n\r\n", HEAD("204 No Content") "\r\n", HEAD("206 Partial Content") "Content-Range: bytes 0-0/1\r\nContent-Length: 0\r\n\r\n" };

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *const answers[] = { rows[i], rows[i], NULL };
		struct client *c = client(begin(answers), NULL);
		struct client_answer answer = { 0 };
		struct err e;

		assert_int_equal(client_fetch(c, "blob", &(struct client_file){ .to = "out", .limit = 10 }, NULL, &e), -MS_EIO);
		assert_string_equal(e.id, "MS2811");
		assert_false(file_exists("out"));
		int rc = client_ask(c, &(struct client_request){ .path = "x" }, &scratch, &answer, &e);
		assert_true(answer.status == 204 ? rc == 0 : rc < 0);	/* as a DELETE is answered */
		assert_int_equal(asked(), 2);
		client_close(c);
	}
}

static void an_empty_file_is_one(void **state)
{
	(void)state;
	static const char *const answers[] = { HEAD("200 OK") "Content-Length: 0\r\n\r\n", NULL };
	struct client *c = client(begin(answers), NULL);
	struct err e;

	assert_int_equal(client_fetch(c, "blob", &(struct client_file){ .to = "out", .limit = 10 }, NULL, &e), 0);
	assert_string_equal(text_of("out"), "");
	asked();
	client_close(c);
}

/* Of all tries of a call together, also where it fails. */
static void what_came_is_counted_whatever_became_of_it(void **state)
{
	(void)state;
	static const char *const answers[] = {
		HEAD("200 OK") "ETag: \"one\"\r\nContent-Length: 10\r\n\r\n0123",
		HEAD("206 Partial Content") "ETag: \"one\"\r\nContent-Range: bytes 4-9/10\r\nContent-Length: 6\r\n\r\n45", NULL
	};
	struct client *c = client(begin(answers), &(struct client_options){ .tries = 2 });
	uint64_t came = 0;
	struct err e;

	assert_true(client_fetch(c, "blob", &(struct client_file){ .to = "out", .limit = 10 }, &came, &e) < 0);
	assert_int_equal(came, 6);
	asked();
	client_close(c);
}

static void headers_without_end_are_not_kept(void **state)
{
	(void)state;
	struct text t = { 0 };

	text_add(&t, &scratch, HEAD("200 OK"));
	while (t.size < 100 * 1000)
		text_add(&t, &scratch, "X-%zu: 0123456789012345678901234567890123456789\r\n", t.size);
	text_add(&t, &scratch, "\r\n");
	const char *const answers[] = { t.at, t.at, NULL };
	struct client *c = client(begin(answers), NULL);
	struct client_answer answer;
	struct err e;

	assert_int_equal(client_ask(c, &(struct client_request){ .path = "x" }, &scratch, &answer, &e), -MS_EFBIG);
	assert_int_equal(client_fetch(c, "x", &(struct client_file){ .to = "out", .limit = 8 }, NULL, &e), -MS_EFBIG);
	assert_int_equal(asked(), 2);
	client_close(c);
}

/* Some of it comes, and never the rest: that ends, and is not asked for again. */
static void what_never_ends_is_not_waited_for(void **state)
{
	(void)state;
	static const char *const answers[] = { HEAD("200 OK") "\r\nhel" HELD, HEAD("200 OK") "ETag: \"one\"\r\n\r\n0123" HELD, NULL };
	struct client *c = client(begin(answers), &(struct client_options){ .answer_msec = 10 });
	struct client_answer answer;
	struct err e;

	assert_true(client_ask(c, &(struct client_request){ .path = "x" }, &scratch, &answer, &e) < 0);
	assert_non_null(strstr(e.text, "comes so slowly"));
	assert_int_equal(err_exit_status(&e), 9);
	assert_true(client_fetch(c, "x", &(struct client_file){ .to = "out", .limit = 8 }, NULL, &e) < 0);
	assert_non_null(strstr(e.text, "comes so slowly"));
	assert_int_equal(asked(), 2);
	assert_false(file_exists("out"));
	client_close(c);
}

/* While keys are agreed on: it is tried again, and not as often as what is known to be a store. */
static void a_line_that_is_cut_before_it_is_secret_is_tried_again(void **state)
{
	(void)state;
	static const char *const answers[] = { "", "", "", NULL };
	const char *url = begin(answers);
	server.blind = true;
	struct client *c = client(arena_printf(&scratch, "https%s", url + 4), &(struct client_options){ .tries = 7 });
	struct client_answer answer;
	struct err e;

	assert_true(client_ask(c, &(struct client_request){ .path = "x" }, &scratch, &answer, &e) < 0);
	assert_int_equal(err_exit_status(&e), 9);
	assert_int_equal(asked(), 3);
	client_close(c);
}

static void a_password_in_an_address_is_in_no_message(void **state)
{
	(void)state;
	static const char *const bad[] = { "https://me:secret@a.example", "http://me@secret@a.example", "me:secret@a.example", "https://a.example/?token=secret", "https://a.example#secret" };
	struct client *c;
	struct err e;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(client_open(bad[i], &(struct client_options){ 0 }, &scratch, &c, &e), -MS_EUSAGE);
		assert_null(strstr(e.text, "secret"));
		assert_non_null(strstr(e.text, "a.example"));
	}
}

/* The file that is wanted begins with an 'a'. */
static int is_wanted(void *context, const char *path, struct err *e)
{
	struct arena own = { 0 };
	struct bytes content = { 0 };
	int rc = file_read(path, 10, &own, &content, e);

	(void)context;
	if (rc >= 0 && (!content.size || *content.at != 'a'))
		rc = err_set(e, ERR_STORE_DIFFERS, "'%s' is another", path);
	arena_done(&own);
	return rc;
}

struct getting { const char *url; bool looks; uint64_t came; int rc; };

static void *get(void *context)
{
	struct getting *g = context;
	const struct client_file want = { .to = "out", .limit = 10, .check = g->looks ? is_wanted : NULL };
	struct client_options o = { .first_wait_msec = 1 };
	struct arena own = { 0 };
	struct client *c;
	struct err e;

	g->rc = client_open(g->url, &o, &own, &c, &e);
	if (g->rc >= 0) {
		g->rc = client_fetch(c, "blob", &want, &g->came, &e);
		client_close(c);
	}
	arena_done(&own);
	return NULL;
}

static void wait_for_open(int watch)
{
	char event[sizeof(struct inotify_event) + 256] __attribute__((aligned(8)));

	do
		assert_true(read(watch, event, sizeof(event)) > 0);
	while (strcmp(((struct inotify_event *)event)->name, "out.part") != 0);
}

struct two { int listening, watch, line; struct getting each[2]; pthread_t threads[2]; };

/* The first has half of what it is given, on `line`, when the second comes. */
static void begin_two(struct two *w)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	static const char half[] = HEAD("200 OK") "ETag: \"one\"\r\nContent-Length: 10\r\n\r\n01234";
	socklen_t size = sizeof(at);
	char request[REQUEST_MAX];

	w->listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	w->watch = inotify_init1(IN_CLOEXEC);
	assert_int_equal(bind(w->listening, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(w->listening, 8), 0);
	assert_int_equal(getsockname(w->listening, (struct sockaddr *)&at, &size), 0);
	assert_true(inotify_add_watch(w->watch, ".", IN_OPEN) >= 0);
	memset(&server, 0, sizeof(server));
	for (int i = 0; i < 2; i++) {
		w->each[i].url = arena_printf(&scratch, "http://127.0.0.1:%u", (unsigned)ntohs(at.sin_port));
		assert_int_equal(pthread_create(&w->threads[i], NULL, get, &w->each[i]), 0);
		wait_for_open(w->watch);
		if (i)
			break;
		w->line = accept(w->listening, NULL, NULL);
		read_request(w->line, request);
		send_answer(w->line, half);
	}
}

static void end_two(struct two *w)
{
	for (int i = 0; i < 2; i++)
		pthread_join(w->threads[i], NULL);
	assert_false(file_exists("out.part"));
	assert_false(file_exists("out.etag"));
	close(w->watch);
}

/*
 * From when the second has come either order of what they do is right: the second waits for the first, or finds that it has ended.
 * Without taking turns the second asks, too, and gets the other version into the same file.
 */
static void of_two_who_get_a_file_at_once_one_gets_it_for_both(void **state)
{
	(void)state;
	struct two w = { 0 };

	begin_two(&w);
	close(w.listening);	/* nobody else is answered */
	send_answer(w.line, "56789");
	close(w.line);
	end_two(&w);
	assert_int_equal(w.each[0].rc, 0);
	assert_int_equal(w.each[0].came, 10);
	assert_int_equal(w.each[1].rc, 0);
	assert_int_equal(w.each[1].came, 0);
	assert_string_equal(text_of("out"), "0123456789");
}

/* Who looks at what came has it refused, or somebody who does not look has put it there: the second asks for its own all the same, and nobody removes that. */
static void what_one_got_is_not_taken_for_what_the_other_wants(void **state)
{
	(void)state;
	char request[REQUEST_MAX];

	for (int looks = 0; looks < 2; looks++) {
		struct two w = { .each = { { .looks = looks }, { .looks = true } } };

		unlink("out");
		begin_two(&w);
		send_answer(w.line, "56789");
		close(w.line);
		w.line = accept(w.listening, NULL, NULL);
		read_request(w.line, request);
		assert_null(strstr(request, "Range"));
		send_answer(w.line, HEAD("200 OK") "ETag: \"one\"\r\nContent-Length: 10\r\n\r\nabcdefghij");
		close(w.line);
		close(w.listening);
		end_two(&w);
		assert_true(looks ? w.each[0].rc < 0 : w.each[0].rc == 0);
		assert_int_equal(w.each[1].rc, 0);
		assert_string_equal(text_of("out"), "abcdefghij");
	}
}

/* The name of a version is no more than a server's word: another one may have begun with something else under it. */
static void what_another_server_began_spoils_nothing(void **state)
{
	(void)state;
	static const char *const answers[] = {
		HEAD("200 OK") "ETag: \"one\"\r\nContent-Length: 10\r\n\r\n0123",
		HEAD("206 Partial Content") "ETag: \"one\"\r\nContent-Range: bytes 4-9/10\r\nContent-Length: 6\r\n\r\nefghij",
		HEAD("200 OK") "ETag: \"one\"\r\nContent-Length: 10\r\n\r\nabcdefghij",
		HEAD("200 OK") "ETag: \"two\"\r\nContent-Length: 10\r\n\r\n0123456789", NULL
	};
	const struct client_file want = { .to = "out", .limit = 10, .check = is_wanted };
	struct client *c = client(begin(answers), &(struct client_options){ .tries = 1 });
	struct err e;

	assert_true(client_fetch(c, "blob", &want, NULL, &e) < 0);
	assert_int_equal(client_fetch(c, "blob", &want, NULL, &e), 0);
	assert_string_equal(text_of("out"), "abcdefghij");
	/* What comes whole and is refused is not asked for twice, and what was there stays. */
	assert_true(client_fetch(c, "blob", &want, NULL, &e) < 0);
	assert_string_equal(e.text, "'out.part' is another");
	assert_string_equal(text_of("out"), "abcdefghij");
	assert_false(file_exists("out.part"));
	assert_int_equal(asked(), 4);
	client_close(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(what_nobody_asked_for_is_no_answer),
		scratch_test(an_empty_file_is_one),
		scratch_test(what_came_is_counted_whatever_became_of_it),
		scratch_test(headers_without_end_are_not_kept),
		scratch_test(what_never_ends_is_not_waited_for),
		scratch_test(a_line_that_is_cut_before_it_is_secret_is_tried_again),
		scratch_test(a_password_in_an_address_is_in_no_message),
		scratch_test(of_two_who_get_a_file_at_once_one_gets_it_for_both),
		scratch_test(what_one_got_is_not_taken_for_what_the_other_wants),
		scratch_test(what_another_server_began_spoils_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
