/* SPDX-License-Identifier: Apache-2.0 */
/* Words of a text, and the sentences for errors. */
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

#include "library.h"

static int words_are_taken_one_by_one(void)
{
	char text[] = ",,a,bc;;d", none[] = ",;,", empty[] = "", whole[] = "abc", hash[] = "x#y z";

	MUST(strtok(text, ",;") == text + 2 && strcmp(text + 2, "a") == 0 && strtok(NULL, ";") != NULL);
	MUST(strcmp(text + 4, "bc") == 0 && strtok(NULL, ";") == text + 8 && strtok(NULL, ";") == NULL && strtok(NULL, ";") == NULL);
	MUST(strtok(none, ",;") == NULL && strtok(empty, ",") == NULL && strtok(whole, "") == whole && strtok(NULL, "") == NULL && strtok(hash, "#") == hash && strtok(NULL, " ") == hash + 2 && strtok(NULL, " ") == hash + 4);
	return 0;
}

static int two_texts_are_taken_apart_at_once(void)
{
	char a[] = "1 2 3", b[] = "/x//y/", *in_a, *in_b;

	MUST(strtok_r(a, " ", &in_a) == a && strtok_r(b, "/", &in_b) == b + 1 && strtok_r(NULL, " ", &in_a) == a + 2 && strtok_r(NULL, "/", &in_b) == b + 4);
	MUST(strtok_r(NULL, "/", &in_b) == NULL && strtok_r(NULL, " ", &in_a) == a + 4 && strtok_r(NULL, " ", &in_a) == NULL && strtok_r(NULL, " ", &in_a) == NULL && strcmp(b + 1, "x") == 0 && strcmp(b + 4, "y") == 0);
	return 0;
}

/* The errors of POSIX that the functions here give. */
static const int errors[] = { E2BIG, EACCES, EAGAIN, EBADF, EBUSY, ECANCELED, EDEADLK, EDOM, EEXIST, EFAULT, EFBIG, EILSEQ, EINTR, EINVAL, EIO, EISDIR, EMFILE, EMSGSIZE, ENAMETOOLONG, ENFILE, ENODEV,
			      ENOENT, ENOLCK, ENOMEM, ENOSPC, ENOSYS, ENOTDIR, ENOTSUP, ENOTTY, ENXIO, EOVERFLOW, EPERM, EPIPE, ERANGE, EROFS, ESPIPE, ESRCH, ETIMEDOUT, ETXTBSY, EXDEV, ECONNREFUSED, EADDRINUSE };

static int each_error_has_its_sentence(void)
{
	char other[100];

	for (size_t i = 0; i < COUNT(errors); i++) {
		KEEPS_ERRNO(*strerror(errors[i]));
		strcpy(other, strerror(errors[i]));
		for (size_t k = 0; k < i; k++)
			MUST(strcmp(strerror(errors[k]), other) != 0);
	}
	return 0;
}

/* POSIX: a text in any case, and EINVAL for a number that is no error's, in the other function too. */
static int what_is_no_error_has_a_sentence_too(void)
{
	static const int none[] = { -1, 99999, INT_MAX, INT_MIN };

	KEEPS_ERRNO(*strerror(0));
	for (size_t i = 0; i < COUNT(none); i++)
		FAILS(*strerror(none[i]), EINVAL);
	return 0;
}

static int sentences_are_written_to_where_one_says(void)
{
	char text[100];

	for (size_t i = 0; i < COUNT(errors); i++) {
		KEEPS_ERRNO(strerror_r(errors[i], text, sizeof(text)) == 0);
		MUST(strcmp(text, strerror(errors[i])) == 0 && strerror_r(errors[i], text, strlen(text) + 1) == 0);
	}
	MUST(strerror_r(0, text, sizeof(text)) == 0 && *text);
	return 0;
}

static int sentences_that_do_not_fit_are_refused(void)
{
	char text[8] = "#######";

	MUST(strerror_r(EINVAL, text, 4) == ERANGE && text[4] == '#' && memchr(text, 0, 4));
	MUST(strerror_r(EINVAL, text, strlen(strerror(EINVAL)) < sizeof(text) ? 1 : 0) == ERANGE && strerror_r(EINVAL, text, 0) == ERANGE);
	return 0;
}

static int numbers_that_are_no_errors_are_refused(void)
{
	char text[40] = "";

	MUST(strerror_r(99999, text, sizeof(text)) == EINVAL && *text && strerror_r(-1, text, sizeof(text)) == EINVAL);
	return 0;
}

static void *fail_here(void *unused)
{
	errno = EBADF;
	sched_yield();
	return errno == EBADF ? NULL : unused;
}

static int errno_is_each_threads_own(void)
{
	pthread_t t;
	void *wrong = &t;

	MUST(pthread_create(&t, NULL, fail_here, &t) == 0);
	errno = UNTOUCHED;
	sched_yield();
	MUST(errno == UNTOUCHED);
	errno = UNTOUCHED + 1;
	MUST(pthread_join(t, &wrong) == 0 && !wrong && errno == UNTOUCHED + 1);
	return 0;
}

const struct row token_rows[] = {
	ROW(strtok, "success", words_are_taken_one_by_one),
	ROW(strtok_r, "success", two_texts_are_taken_apart_at_once),
	ROW(strerror, "success", each_error_has_its_sentence),
	ROW(strerror, "EINVAL", what_is_no_error_has_a_sentence_too),
	ROW(strerror_r, "success", sentences_are_written_to_where_one_says),
	ROW(strerror_r, "ERANGE", sentences_that_do_not_fit_are_refused),
	ROW(strerror_r, "EINVAL", numbers_that_are_no_errors_are_refused),
	ROW(errno, "success", errno_is_each_threads_own),
	ROWS_END
};
