/* SPDX-License-Identifier: Apache-2.0 */
#include "rulebook.h"

enum { LOCAL_SHIFT = 8, SIZE_SHIFT = 16, SIZE_UNIT = 32 };

/* What services own becomes a block. */
static int add_blocks(struct device *d, const struct device_service *s, struct err *e)
{
	for (uint32_t i = 0; i < s->manifest->shared_count; i++) {
		const struct manifest_mapped *m = &s->manifest->shared[i];

		if (!m->number)
			continue;
		if (d->block_count == TABLE_SHARED_MAX)
			return err_set(e, ERR_TABLE_FULL, "the services of this product have more than %d blocks of shared memory", TABLE_SHARED_MAX);
		d->blocks[d->block_count++] = (struct device_block){ .owner = s, .what = m, .local = i };
	}
	return MS_OK;
}

/* The one block of this name of another service; NULL, and *several, when two services have one. */
static struct device_block *find(struct device *d, const struct device_service *borrower, struct bytes name, bool *several)
{
	struct device_block *found = NULL;

	*several = false;
	for (uint32_t i = 0; i < d->block_count; i++) {
		if (d->blocks[i].owner == borrower || !bytes_equal(d->blocks[i].what->name, name))
			continue;
		*several |= found != NULL;
		found = &d->blocks[i];
	}
	return *several ? NULL : found;
}

static struct rulebook_asked asked_of(const struct device_service *s)
{
	uint32_t own = 0;

	while (own < s->manifest->shared_count && s->manifest->shared[own].number)
		own++;
	return (struct rulebook_asked){ s->granted_shared, "grants.shared", s->manifest->shared, s->manifest->shared_count, own };
}

static int borrow(struct device *d, const struct device_service *s, uint32_t i, struct arena *a, struct device_talk *out, struct err *e)
{
	const struct manifest_mapped *m = &s->manifest->shared[i];
	const struct rulebook_asked asked = asked_of(s);
	const char *name = arena_string(a, m->name);
	bool several;
	struct device_block *b = find(d, s, m->name, &several);

	if (m->number || !rulebook_granted(s, &asked, "shared memory", name, a, out))
		return MS_OK;
	if (!b) {
		err_set(e, ERR_SHARED_UNKNOWN, "'%s' asks for the shared memory '%s', which %s here %s", s->name, name,
			several ? "more than one service" : "no other service", several ? "have" : "has");
		err_fix(e, several ? "leave out one of them" : "add the service that has it");
		return rulebook_err(s, &asked, i, a, e);
	}
	if (b->borrower) {
		err_set(e, ERR_SHARED_TWICE, "'%s' and '%s' both ask for the shared memory '%s' of '%s'", b->borrower->name, s->name, name, b->owner->name);
		err_fix(e, "a block is lent to one service: grant it to one of them");
		return rulebook_err(s, &asked, i, a, e);
	}
	b->borrower = s;
	b->borrower_local = i;
	b->write = m->flags & MANIFEST_WRITE;
	return MS_OK;
}

int rulebook_blocks(struct device *d, struct arena *a, struct device_talk *out, struct err *e)
{
	int rc = MS_OK;

	d->block_count = 0;
	for (uint32_t i = 0; i < d->service_count && rc >= 0; i++)
		if (d->services[i].manifest)
			rc = add_blocks(d, &d->services[i], e);
	for (uint32_t i = 0; i < d->service_count && rc >= 0; i++) {
		const struct device_service *s = &d->services[i];

		if (!s->manifest)
			continue;
		struct rulebook_asked asked = asked_of(s);

		rc = rulebook_used(s, &asked, a, e);
		for (uint32_t k = 0; rc >= 0 && k < s->manifest->shared_count; k++)
			rc = borrow(d, s, k, a, out, e);
	}
	return rc;
}

int rulebook_shared(const struct device *d, struct rulebook *book, struct err *e)
{
	int rc = MS_OK;

	for (uint32_t i = 0; i < d->block_count && rc >= 0; i++) {
		const struct device_block *b = &d->blocks[i];
		uint32_t object = table_object(TABLE_SHARED, i);

		rc = rulebook_add(book, &(struct table_rule){
			b->owner->id, object,
			TABLE_SHARED_READ | TABLE_SHARED_WRITE | TABLE_SHARED_LEND | b->local << LOCAL_SHIFT | b->at.ram.size / SIZE_UNIT << SIZE_SHIFT,
			b->at.ram.base - d->board->services_ram.base
		}, e);
		if (rc >= 0 && b->borrower)
			rc = rulebook_add(book, &(struct table_rule){
				b->borrower->id, object, TABLE_SHARED_READ | (b->write ? TABLE_SHARED_WRITE : 0) | b->borrower_local << LOCAL_SHIFT, 0
			}, e);
	}
	return rc;
}
