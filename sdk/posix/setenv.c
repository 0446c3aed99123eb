/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The environment as the program changes it: nothing is lost when there is no memory (the C library's setenv fails once, and then uses
 * what it has not got), and what is replaced is given back.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/lock.h>

/* One that setenv made: "name=value". */
struct variable {
	struct variable *next;
	char text[];
};

extern char **environ;
static char **table;			/* environ, once there has been something to add */
static struct variable *variables;

static int refuse(int error)
{
	errno = error;
	return -1;
}

static int check(const char *name)
{
	return !name || !*name || strchr(name, '=') ? EINVAL : 0;
}

static struct variable *make(const char *name, const char *value)
{
	size_t before = strlen(name), after = strlen(value);
	struct variable *v = malloc(sizeof(*v) + before + after + 2);

	if (v) {
		memcpy(v->text, name, before);
		v->text[before] = '=';
		memcpy(v->text + before + 1, value, after + 1);
	}
	return v;
}

/* With the lock: a place behind the last, or NULL. */
static char **append(void)
{
	size_t count = 0;

	while (environ && environ[count])
		count++;
	char **larger = realloc(table, (count + 2) * sizeof(*larger));

	if (!larger)
		return NULL;
	if (environ != table && count)
		memcpy(larger, environ, count * sizeof(*larger));
	environ = table = larger;
	table[count] = table[count + 1] = NULL;
	return table + count;
}

/* With the lock: the text is nobody's any more. */
static void forget(const char *text)
{
	for (struct variable **at = &variables, *v; (v = *at); at = &v->next)
		if (v->text == text) {
			*at = v->next;
			free(v);
			return;
		}
}

/* With the lock: `v` is in its place, or not needed (EEXIST), or there is no memory. */
static int put(const char *name, struct variable *v, int overwrite)
{
	int offset;
	bool there = _findenv(name, &offset);
	char **at = there ? environ + offset : append();

	if (there && !overwrite)
		return EEXIST;
	if (!at)
		return ENOMEM;
	if (there)
		forget(*at);
	v->next = variables;
	variables = v;
	*at = v->text;
	return 0;
}

int setenv(const char *name, const char *value, int overwrite)
{
	if (check(name))
		return refuse(EINVAL);
	struct variable *v = make(name, value);

	if (!v)
		return refuse(ENOMEM);
	__LIBC_LOCK();
	int rc = put(name, v, overwrite);

	__LIBC_UNLOCK();
	if (rc)
		free(v);
	return rc == ENOMEM ? refuse(rc) : 0;
}

int unsetenv(const char *name)
{
	int offset;

	if (check(name))
		return refuse(EINVAL);
	__LIBC_LOCK();
	while (_findenv(name, &offset)) {
		forget(environ[offset]);
		for (char **at = environ + offset; (*at = at[1]); at++)
			;
	}
	__LIBC_UNLOCK();
	return 0;
}
