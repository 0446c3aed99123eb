/* SPDX-License-Identifier: Apache-2.0 */
#include "flash_elf.h"

#include "writer.h"

enum { CLASS_32 = 1, LITTLE_ENDIAN_DATA = 1, EXECUTABLE = 2, ARM = 40, EABI5 = 0x05000000, HEADER = 52, SEGMENT = 32, LOAD = 1, READ_EXECUTE = 5 };

static void write_header(struct writer *w, uint32_t entry)
{
	static const uint8_t ident[16] = { 0x7f, 'E', 'L', 'F', CLASS_32, LITTLE_ENDIAN_DATA, 1 };

	write_bytes(w, (struct bytes){ ident, sizeof(ident) });
	write_u16(w, EXECUTABLE);
	write_u16(w, ARM);
	write_u32(w, 1);
	write_u32(w, entry);
	write_u32(w, HEADER);		/* the segment follows */
	write_u32(w, 0);
	write_u32(w, EABI5);
	write_u16(w, HEADER);
	write_u16(w, SEGMENT);
	write_u16(w, 1);
	write_u16(w, 40);		/* size of a section header, of which there is none */
	write_u16(w, 0);
	write_u16(w, 0);
}

static void write_segment(struct writer *w, uint32_t base, uint32_t size)
{
	write_u32(w, LOAD);
	write_u32(w, FLASH_ELF_HEAD);
	write_u32(w, base);
	write_u32(w, base);
	write_u32(w, size);
	write_u32(w, size);
	write_u32(w, READ_EXECUTE);
	write_u32(w, 4);
}

struct bytes flash_elf_write(struct bytes content, uint32_t base, struct arena *a)
{
	struct writer w = { .at = arena_take(a, FLASH_ELF_HEAD + content.size), .size = FLASH_ELF_HEAD + content.size };
	const uint8_t *v = content.at + 4;

	write_header(&w, content.size >= 8 ? v[0] | (uint32_t)v[1] << 8 | (uint32_t)v[2] << 16 | (uint32_t)v[3] << 24 : base);
	write_segment(&w, base, (uint32_t)content.size);
	write_bytes(&w, content);
	return writer_bytes(&w);
}
