/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A trace in the Common Trace Format 1.8: "metadata", a text that says how "stream" is to be read, and that: packets of
 * records as the runtime keeps them, of each the fields that its kind has.
 */
#include <string.h>

#include "trace_output.h"
#include "writer.h"

enum { PACKET_MAGIC = (int)0xc1fc1fc1, PACKET_SIZE = 32768, PACKET_HEAD = 48, BITS = 8, HAPPENINGS = 6 };

/* Where a record (docs/formats.md 8) has what. */
enum { KIND = 4, CODE = 5, THREAD = 6, TIME = 8, SERVICE = 16, A = 20, B = 24, C = 28 };

static const struct field { enum trace_kind kind; const char *type, *name; uint8_t at, size; } fields[] = {
	{ TRACE_BOOT, "uint32_t", "start", A, 4 },
	{ TRACE_RUN, "uint32_t", "priority", A, 4 },
	{ TRACE_CALL, "enum syscall", "call", CODE, 1 },
	{ TRACE_CALL, "hex32_t", "argument0", A, 4 },
	{ TRACE_CALL, "hex32_t", "argument1", B, 4 },
	{ TRACE_CALL, "hex32_t", "argument2", C, 4 },
	{ TRACE_RESULT, "int32_t", "status", A, 4 },
	{ TRACE_RESULT, "uint64_t", "value", B, 8 },
	{ TRACE_INTERRUPT, "enum line", "line", CODE, 1 },
	{ TRACE_INTERRUPT_END, "enum line", "line", CODE, 1 },
	{ TRACE_SEND, "uint8_t", "connection", CODE, 1 },
	{ TRACE_SEND, "enum interface", "interface", A, 4 },
	{ TRACE_SEND, "int32_t", "type", B, 4 },
	{ TRACE_SEND, "enum service", "server", C, 4 },
	{ TRACE_TAKE, "uint8_t", "connection", CODE, 1 },
	{ TRACE_TAKE, "enum interface", "interface", A, 4 },
	{ TRACE_TAKE, "int32_t", "type", B, 4 },
	{ TRACE_TAKE, "enum service", "client", C, 4 },
	{ TRACE_REPLY, "uint8_t", "connection", CODE, 1 },
	{ TRACE_REPLY, "enum interface", "interface", A, 4 },
	{ TRACE_REPLY, "int32_t", "status", B, 4 },
	{ TRACE_REPLY, "enum service", "client", C, 4 },
	{ TRACE_ABANDON, "uint8_t", "connection", CODE, 1 },
	{ TRACE_ABANDON, "enum interface", "interface", A, 4 },
	{ TRACE_ABANDON, "enum service", "server", C, 4 },
	{ TRACE_START, "uint32_t", "run", A, 4 },
	{ TRACE_EVENT, "enum happening", "what", CODE, 1 },
	{ TRACE_EVENT, "enum cause", "cause", A, 4 },
	{ TRACE_EVENT, "hex32_t", "offset", B, 4 },
	{ TRACE_EVENT, "hex32_t", "address", C, 4 },
};
static const struct field *const fields_end = fields + sizeof(fields) / sizeof(*fields);

static void add_kinds(struct text *t, struct arena *a)
{
	for (enum trace_kind kind = 0; kind < 256; kind++) {
		if (!trace_kind_name(kind))
			continue;
		text_add(t, a, "event {\n\tname = \"%s\";\n\tid = %d;\n\tstream_id = 0;\n\tfields := struct {\n", trace_kind_name(kind), kind);
		for (const struct field *f = fields; f < fields_end; f++)
			if (f->kind == kind)
				text_add(t, a, "\t\t%s %s;\n", f->type, f->name);
		text_add(t, a, "\t};\n};\n");
	}
}

static void add_services(struct text *t, const struct trace_names *n, struct arena *a)
{
	text_add(t, a, "enum service : uint32_t { none = 0");
	for (uint32_t i = 0; i < n->service_count; i++)
		text_add(t, a, ", \"%s\" = %u", n->services[i].name, n->services[i].id);
	text_add(t, a, " };\nenum interface : uint32_t { none = 0");
	for (uint32_t i = 0; i < n->service_count; i++) {
		const struct manifest *m = n->services[i].manifest;

		for (uint32_t k = 0; m && k < m->provide_count; k++)
			text_add(t, a, ", \"%s\" = %u", arena_string(a, m->provides[k].name), m->provides[k].sid);
	}
	text_add(t, a, " };\n");
}

static void add_numbers(struct text *t, const struct trace_names *n, struct arena *a)
{
	text_add(t, a, "enum syscall : uint8_t { none = 0");
#define MS_SYSCALL(number, name, arguments, speed, doc) text_add(t, a, ", \"%s\" = %d", #name, number);
#include <ms/abi/syscalls.def>
#undef MS_SYSCALL
	text_add(t, a, " };\nenum cause : uint32_t { none = 0");
#define CORE_CAUSE(number, name, text) text_add(t, a, ", \"%s\" = %d", text, number);
#include "causes.def"
#undef CORE_CAUSE
	text_add(t, a, " };\nenum happening : uint8_t { \"%s\" = 0", trace_event_name(0, a));
	for (uint32_t kind = 1; kind < HAPPENINGS; kind++)
		text_add(t, a, ", \"%s\" = %u", trace_event_name(kind, a), kind);
	text_add(t, a, " };\nenum line : uint8_t { \"%s\" = 0", trace_line_name(n, 0, a));
	for (uint32_t line = 1; line < 256; line++)
		text_add(t, a, ", \"%s\" = %u", trace_line_name(n, line, a), line);
	text_add(t, a, " };\n");
}

const char *trace_ctf_metadata(const struct trace_names *n, struct arena *a)
{
	static const char basics[] =
		"/* CTF 1.8 */\n"
		"typealias integer { size = 8; align = 8; signed = false; } := uint8_t;\n"
		"typealias integer { size = 16; align = 8; signed = false; } := uint16_t;\n"
		"typealias integer { size = 32; align = 8; signed = false; } := uint32_t;\n"
		"typealias integer { size = 32; align = 8; signed = true; } := int32_t;\n"
		"typealias integer { size = 32; align = 8; signed = false; base = 16; } := hex32_t;\n"
		"typealias integer { size = 64; align = 8; signed = false; } := uint64_t;\n"
		"trace {\n\tmajor = 1;\n\tminor = 8;\n\tbyte_order = le;\n"
		"\tpacket.header := struct { uint32_t magic; uint32_t stream_id; };\n};\n";
	static const char stream[] =
		"clock {\n\tname = board;\n\tdescription = \"since the runtime's first start\";\n\tfreq = 1000000000;\n};\n"
		"typealias integer { size = 64; align = 8; signed = false; map = clock.board.value; } := board_clock_t;\n"
		"stream {\n\tid = 0;\n"
		"\tpacket.context := struct { board_clock_t timestamp_begin; board_clock_t timestamp_end; uint64_t content_size; uint64_t packet_size; uint64_t events_discarded; };\n"
		"\tevent.header := struct { uint8_t id; board_clock_t timestamp; };\n"
		"\tevent.context := struct { enum service service; uint16_t thread; };\n};\n";
	struct text t = { 0 };

	text_add(&t, a, "%s", basics);
	text_add(&t, a, "env {\n\tdomain = \"ms\";\n\tboard = \"%s\";\n};\n", n->board->name);
	add_services(&t, n, a);
	add_numbers(&t, n, a);
	text_add(&t, a, "%s", stream);
	add_kinds(&t, a);
	return t.at;
}

struct ctf {
	struct trace_sink *to;
	uint64_t begin_nsec, end_nsec, lost;
	struct writer packet;		/* behind its head */
	uint8_t content[PACKET_SIZE];
};

static void flush(struct ctf *c)
{
	uint8_t bytes[PACKET_HEAD];
	struct writer head = { .at = bytes, .size = sizeof(bytes) };
	uint64_t size = (PACKET_HEAD + c->packet.used) * BITS;

	if (!c->packet.used)
		return;
	write_u32(&head, (uint32_t)PACKET_MAGIC);
	write_u32(&head, 0);
	write_u64(&head, c->begin_nsec);
	write_u64(&head, c->end_nsec);
	write_u64(&head, size);
	write_u64(&head, size);
	write_u64(&head, c->lost);
	trace_sink_put(c->to, writer_bytes(&head));
	trace_sink_put(c->to, writer_bytes(&c->packet));
	c->packet.used = 0;
}

static void encode(const struct trace_record *r, struct writer *w)
{
	write_u32(w, r->number);
	write_u8(w, r->kind);
	write_u8(w, r->code);
	write_u16(w, r->thread);
	write_u64(w, r->time_nsec);
	write_u32(w, r->service);
	for (int i = 0; i < TRACE_ARGUMENTS; i++)
		write_u32(w, r->argument[i]);
}

static void take(void *state, const struct trace_record *r, uint32_t lost)
{
	uint8_t bytes[TRACE_RECORD_SIZE];
	struct writer record = { .at = bytes, .size = sizeof(bytes) };
	struct ctf *c = state;

	if (lost || c->packet.used > PACKET_SIZE - TRACE_RECORD_SIZE)
		flush(c);
	c->lost += lost;
	if (!c->packet.used)
		c->begin_nsec = r->time_nsec;
	c->end_nsec = r->time_nsec;
	encode(r, &record);
	write_u8(&c->packet, bytes[KIND]);
	write_bytes(&c->packet, (struct bytes){ bytes + TIME, 8 });
	write_bytes(&c->packet, (struct bytes){ bytes + SERVICE, 4 });
	write_bytes(&c->packet, (struct bytes){ bytes + THREAD, 2 });
	for (const struct field *f = fields; f < fields_end; f++)
		if (f->kind == r->kind)
			write_bytes(&c->packet, (struct bytes){ bytes + f->at, f->size });
}

static void *begin(struct trace_sink *to, const struct trace_names *n, struct arena *a)
{
	struct ctf *c = arena_new(a, struct ctf);

	(void)n;
	c->to = to;
	c->packet = (struct writer){ .at = c->content, .size = sizeof(c->content) };
	return c;
}

static void end(void *state, uint64_t lost)
{
	(void)lost;
	flush(state);
}

const struct trace_form trace_ctf = { begin, take, end };
