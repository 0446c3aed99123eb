/* SPDX-License-Identifier: Apache-2.0 */
#include "trace.h"

#include <ms/abi/abi.h>

#include "reader.h"

int trace_head_decode(struct bytes in, struct trace_head *out)
{
	struct reader r = { .left = in };
	struct trace_head h;
	uint32_t reserved = 0;

	h.magic = read_u32(&r);
	h.record_size = read_u32(&r);
	h.capacity = read_u32(&r);
	h.starts = read_u32(&r);
	h.next = read_u32(&r);
	h.place = read_u32(&r);
	for (int i = 0; i < 2; i++)
		reserved |= h.reserved[i] = read_u32(&r);

	if (r.failed || h.magic != TRACE_MAGIC || h.record_size != TRACE_RECORD_SIZE || reserved)
		return -MS_EFORMAT;
	if (!h.capacity || h.capacity > TRACE_CAPACITY_MAX || (h.capacity & (h.capacity - 1)))
		return -MS_EFORMAT;

	*out = h;
	return MS_OK;
}

int trace_record_decode(struct bytes in, uint32_t number, struct trace_record *out)
{
	struct reader r = { .left = in };
	struct trace_record t;

	t.number = read_u32(&r);
	t.kind = read_u8(&r);
	t.code = read_u8(&r);
	t.thread = read_u16(&r);
	t.time_nsec = read_u64(&r);
	t.service = read_u32(&r);
	for (int i = 0; i < TRACE_ARGUMENTS; i++)
		t.argument[i] = read_u32(&r);

	if (r.failed || t.number != number || !trace_kind_name(t.kind))
		return -MS_EFORMAT;

	*out = t;
	return MS_OK;
}

uint32_t trace_window(const struct trace_head *h, uint32_t next, uint32_t *first, uint32_t *lost)
{
	uint32_t count = h->next - next;

	*lost = count > h->capacity ? count - h->capacity : 0;
	*first = next + *lost;
	return count - *lost;
}

const char *trace_kind_name(enum trace_kind kind)
{
	static const char *const names[] = {
#define TRACE_KIND(number, name, text) [number] = text,
#include "trace_kinds.def"
#undef TRACE_KIND
	};

	return kind < sizeof(names) / sizeof(*names) ? names[kind] : NULL;
}
