/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "seeds.h"
#include "trace.h"
#include "writer.h"

void seed_console(void)
{
	static const char log[] = "[    0.001234] hello info: Hello, world";
	static const char event[] = "[    0.002000] * hello restart 1 in 100 ms";
	static const char fault[] = "[    0.001300] ! hello write to memory that is not its own at 0x20000000 pc 0x00040128 "
				    "offset 0x000000e8 lr 0x00040111 sp 0x20004f00 image 3f2a91c04d5e6f70";

	seed_keep("fuzz_console", "log", BYTES_LITERAL(log));
	seed_keep("fuzz_console", "event", BYTES_LITERAL(event));
	seed_keep("fuzz_console", "fault", BYTES_LITERAL(fault));
}

void seed_gdbremote(void)
{
	static const char packet[] = "+$a55a0001#04", dump[] = "0000000020000000: 0x01 0x02 0xff 0x00\r\n";

	seed_keep("fuzz_gdbremote", "packet", BYTES_LITERAL(packet));
	seed_keep("fuzz_gdbremote", "dump", BYTES_LITERAL(dump));
}

/* A ring with one record of each kind. */
void seed_trace(void)
{
	const struct trace_head h = { TRACE_MAGIC, TRACE_RECORD_SIZE, 16, 1, TRACE_EVENT + 1, 0x2d1, { 0 } };
	uint8_t ring[TRACE_HEAD_SIZE + TRACE_EVENT * TRACE_RECORD_SIZE];
	struct writer w = { .at = ring, .size = sizeof(ring) };

	write_bytes(&w, BYTES_OF(h));
	for (uint8_t kind = 1; kind <= TRACE_EVENT; kind++) {
		const struct trace_record r = { kind, kind, kind > TRACE_INTERRUPT ? 31 : 34, 0, 1000u * kind, 7, { 0x48000401, 0, 8 } };

		write_bytes(&w, BYTES_OF(r));
	}
	seed_keep("fuzz_trace", "ring", writer_bytes(&w));
}

void seed_toolwords(void)
{
	static const char compile[] = "out/v7em/obj/src/main.c.o\nsrc/main.c:4:9: error: expected ';' before 'return'\n"
				      "src/main.c:1:10: fatal error: x.h: No such file or directory";
	static const char link[] = "out/v7em/hello.debug\n/usr/bin/ld: out/main.c.o: in function `main':\n"
				   "./src/main.c:14: undefined reference to `fork'\n"
				   "./src/b.c:1: multiple definition of `x'; a.c.o:./src/a.c:1: first defined here";

	seed_keep("fuzz_toolwords", "compile", BYTES_LITERAL(compile));
	seed_keep("fuzz_toolwords", "link", BYTES_LITERAL(link));
}

void seed_import(void)
{
	static const char source[] = "#include <stdio.h>\n#include \"a.h\"\n#if defined(_WIN32) || 0\n#else\n#define TWICE(a) ((a) + fork())\n#endif\n"
				     "static int f(void) { return g(*(volatile int *)0x40000000); }\nint main(int argc, char **argv) { asm(\"nop\"); }\n";

	seed_keep("fuzz_import", "source", BYTES_LITERAL(source));
}

void seed_testreport(void)
{
	static const char report[] = "@ plan 2 tests\n@ begin one\n@ end 0 1234 \nwords@ begin two\n@ say 0x1 != 0x2\n"
				     "@ end 1 99 because\n@ done\n@ plan 0 more\n@ done";

	seed_keep("fuzz_testreport", "report", BYTES_LITERAL(report));
}

void seed_boardframe(void)
{
	static const char lines[] = "@ plan 2 tests\n0123456789abcdef 00000000 done\n@+name of\nwords\n@  a test\n0123456789abcdef";

	seed_keep("fuzz_boardframe", "lines", BYTES_LITERAL(lines));
}

void seed_firmware(void)
{
	static const uint8_t ident[16] = { 0x7f, 'E', 'L', 'F', 1, 1, 1 };
	uint8_t file[128];
	struct writer w = { .at = file, .size = sizeof(file) };

	write_bytes(&w, BYTES_OF(ident));
	write_u16(&w, 2);
	write_u16(&w, 40);
	write_zeros(&w, 8);
	write_u32(&w, 52);
	write_zeros(&w, 10);
	write_u16(&w, 32);
	write_u16(&w, 1);
	write_zeros(&w, 6);
	const uint32_t load[] = { 1, 84, 0x20000000, 0x1010, 8, 8, 5, 4 };
	for (size_t i = 0; i < sizeof(load) / sizeof(*load); i++)
		write_u32(&w, load[i]);
	write_u64(&w, 0x0102030405060708);
	seed_keep("fuzz_firmware", "one", writer_bytes(&w));
}

/* push, a frame, a call, a branch back, pop; a tbb with two entries. */
void seed_stackwalk(void)
{
	static const uint16_t plain[] = { 0, 0, 0xb570, 0xb084, 0xf000, 0xf802, 0xd1fb, 0xb004, 0xbd70, 0x4770 };
	static const uint16_t table[] = { 1, 0, 0x0001, 0x0004, 0xb500, 0xe8df, 0xf000, 0x0201, 0xbd00, 0xbf00, 0xbd00 };

	seed_keep("fuzz_stackwalk", "plain", BYTES_OF(plain));
	seed_keep("fuzz_stackwalk", "table", BYTES_OF(table));
}

void seed_sizediff(void)
{
	static const char lines[] = "{\"v\":1,\"type\":\"size\",\"service\":\"hello\",\"section\":\".text\",\"object\":\"src/main.c\",\"symbol\":\"main\",\"flash\":72,\"ram\":0}\n"
				    "{\"v\":1,\"type\":\"result\",\"ok\":true}\n";

	seed_keep("fuzz_sizediff", "lines", BYTES_LITERAL(lines));
}
