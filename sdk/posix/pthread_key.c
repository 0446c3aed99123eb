/* SPDX-License-Identifier: Apache-2.0 */
/* Keys are numbers that are never given twice, so a value that is left of a deleted key is no later key's. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#include "posix.h"

struct key {
	struct key *next;
	pthread_key_t number;
	void (*destructor)(void *);
};

struct value {
	struct value *next;
	pthread_key_t key;
	void *value;
};

static struct key *keys;
static pthread_key_t last;
static unsigned count;

/* With the lock: where the key hangs, or where NULL does. */
static struct key **find(pthread_key_t number)
{
	struct key **at = &keys;

	while (*at && (*at)->number != number)
		at = &(*at)->next;
	return at;
}

static struct value *value_of(const struct thread *self, pthread_key_t key)
{
	struct value *v = self->values;

	while (v && v->key != key)
		v = v->next;
	return v;
}

/* What a value is destroyed by: NULL also when its key is no more. */
static void (*destructor_of(struct thread *self, pthread_key_t number))(void *)
{
	posix_lock(self);
	const struct key *k = *find(number);
	void (*destructor)(void *) = k ? k->destructor : NULL;

	posix_unlock(self);
	return destructor;
}

/* Destroy each value once; were there any? */
static bool destroy(struct thread *self)
{
	bool any = false;

	for (struct value *v = self->values; v; v = v->next) {
		void *value = v->value;
		void (*destructor)(void *) = value ? destructor_of(self, v->key) : NULL;

		v->value = NULL;
		if (destructor) {
			destructor(value);
			any = true;
		}
	}
	return any;
}

static void values_end(struct thread *self)
{
	for (int i = 0; i < PTHREAD_DESTRUCTOR_ITERATIONS && destroy(self); i++)
		;
	while (self->values) {
		struct value *v = self->values;

		self->values = v->next;
		free(v);
	}
}

int pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
{
	struct thread *self = posix_self();
	struct key *k = malloc(sizeof(*k));

	if (!k)
		return ENOMEM;
	posix_lock(self);
	posix_values_end = values_end;
	bool full = count == PTHREAD_KEYS_MAX;

	if (!full) {
		*k = (struct key){ keys, ++last, destructor };
		keys = k;
		count++;
		*key = k->number;
	}
	posix_unlock(self);
	if (full)
		free(k);
	return full ? EAGAIN : 0;
}

int pthread_key_delete(pthread_key_t key)
{
	struct thread *self = posix_self();

	posix_lock(self);
	struct key **at = find(key), *k = *at;

	if (k) {
		*at = k->next;
		count--;
	}
	posix_unlock(self);
	free(k);
	return k ? 0 : EINVAL;
}

int pthread_setspecific(pthread_key_t key, const void *value)
{
	struct thread *self = posix_self();
	struct value *v = value_of(self, key);

	posix_lock(self);
	bool known = *find(key);

	posix_unlock(self);
	if (!known)
		return EINVAL;
	if (!v && value) {
		v = malloc(sizeof(*v));
		if (!v)
			return ENOMEM;
		*v = (struct value){ self->values, key, NULL };
		self->values = v;
	}
	if (v)
		v->value = (void *)(uintptr_t)value;
	return 0;
}

void *pthread_getspecific(pthread_key_t key)
{
	const struct value *v = value_of(posix_self(), key);

	return v ? v->value : NULL;
}
