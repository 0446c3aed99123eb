/* SPDX-License-Identifier: Apache-2.0 */
#include "flashheld.h"

#include <string.h>

#include "cose.h"
#include "out.h"

static bool read_bank(struct bytes bank, const struct board *b, struct table *out)
{
	uint32_t span;

	return bank.size <= UINT32_MAX && table_span(bank, (uint32_t)bank.size, &span) == MS_OK &&
	       table_decode(bytes_part(bank, 0, span - COSE_BLOCK_SIZE), b->mpu, out) == MS_OK;
}

bool flashheld_table(struct bytes bank_a, struct bytes bank_b, const struct board *b, struct table *out)
{
	struct table second;
	bool has = read_bank(bank_a, b, out), has_second = read_bank(bank_b, b, &second);

	if (has_second && (!has || second.sequence > out->sequence))
		*out = second;
	return has || has_second;
}

static bool find(const struct table *t, struct bytes name, struct table_entry *out)
{
	for (uint32_t i = 0; i < t->entry_count; i++) {
		table_entry(t, i, out);
		if (bytes_equal(out->name, name))
			return true;
	}
	return false;
}

static int compare_versions(const struct table_version *x, const struct table_version *y)
{
	const uint32_t one[] = { x->major, x->minor, x->patch, x->build }, two[] = { y->major, y->minor, y->patch, y->build };

	for (int i = 0; i < 4; i++)
		if (one[i] != two[i])
			return one[i] < two[i] ? -1 : 1;
	return 0;
}

static const char *version(const struct table_entry *e, struct arena *a)
{
	return e ? arena_printf(a, "%u.%u.%u", e->version.major, e->version.minor, e->version.patch) : NULL;
}

/* One service, of which one side may be NULL. */
static void tell(const struct table_entry *now, const struct table_entry *next, struct arena *a)
{
	const char *name = arena_string(a, (now ? now : next)->name), *from = version(now, a), *to = version(next, a);

	if (now && next && !memcmp(now->sha256, next->sha256, 32) && !strcmp(from, to))
		return;
	if (!now)
		out_line("  %s %s is new", name, to);
	else if (!next)
		out_line("  %s %s goes", name, from);
	else if (!strcmp(from, to))
		out_line("  %s %s, another build", name, from);
	else
		out_line("  %s %s -> %s", name, from, to);
	out_event("replacement", json_pack("{s:s, s:s?, s:s?}", "service", name, "from", from, "to", to));
}

static void tell_all(const struct flash_held *h, struct arena *a)
{
	struct table_entry one, other;

	for (uint32_t i = 0; i < h->now.entry_count; i++) {
		table_entry(&h->now, i, &one);
		tell(&one, h->has_next && find(&h->next, one.name, &other) ? &other : NULL, a);
	}
	for (uint32_t i = 0; h->has_next && i < h->next.entry_count; i++) {
		table_entry(&h->next, i, &one);
		if (!find(&h->now, one.name, &other))
			tell(NULL, &one, a);
	}
}

static int refuse(struct err *e, const char *what)
{
	err_set(e, ERR_DOWNGRADE, "the board holds what is newer: %s", what);
	return err_fix(e, "nothing was changed; to go back on purpose: --downgrade");
}

/* Of one vendor sequences and versions only rise; another's product is another one. */
static int check_age(const struct flash_held *h, struct arena *a, struct err *e)
{
	const struct table *now = &h->now, *next = &h->next;
	struct table_entry has, gets;

	if (!h->has_next || memcmp(now->vendor, next->vendor, sizeof(now->vendor)))
		return MS_OK;
	if (next->sequence < now->sequence)
		return refuse(e, arena_printf(a, "its table has the sequence %u, and the image's has %u", now->sequence, next->sequence));
	for (uint32_t i = 0; i < now->entry_count; i++) {
		table_entry(now, i, &has);
		if (!find(next, has.name, &gets))
			continue;
		if (compare_versions(&gets.version, &has.version) < 0)
			return refuse(e, arena_printf(a, "'%s' %s, and the image has %s", arena_string(a, has.name), version(&has, a), version(&gets, a)));
		if (gets.security_counter < has.security_counter)
			return refuse(e, arena_printf(a, "'%s' with the security counter %u, and the image has %u", arena_string(a, has.name), has.security_counter, gets.security_counter));
	}
	return MS_OK;
}

int flashheld_tell(const struct flash_held *h, bool downgrade, struct arena *a, struct err *e)
{
	if (!h->has_now)
		return MS_OK;
	if (!h->has_next)
		out_line("the board holds a table of %u services, sequence %u; what replaces it is no device image", h->now.entry_count, h->now.sequence);
	else if (memcmp(h->now.vendor, h->next.vendor, sizeof(h->now.vendor)))
		out_line("the board holds another vendor's table of %u services, sequence %u", h->now.entry_count, h->now.sequence);
	else
		out_line("the board holds a table of %u services, sequence %u; the image's has the sequence %u", h->now.entry_count, h->now.sequence, h->next.sequence);
	tell_all(h, a);
	return downgrade ? MS_OK : check_age(h, a, e);
}
