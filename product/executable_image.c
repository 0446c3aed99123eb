/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From an executable to its image.  Text is taken over bit for bit.  Of data
 * only the reserved words of the GOT are changed: linkers leave an address in
 * the first that no service has a use for, and the ABI wants zeros there.
 */
#include "executable.h"

#include <stdlib.h>
#include <string.h>

#include "reloc.h"

enum { GOT_RESERVED_SIZE = 12 };

/* What service.ld and the link's --defsym say. */
struct link_symbols { uint32_t stack_size, heap_size, tls_block, static_end; };

static bool find_value(const struct elf_file *f, const char *name, uint32_t *value)
{
	struct bytes wanted = { (const uint8_t *)name, strlen(name) };
	struct elf_symbol sym;

	for (uint32_t i = 0; elf_symbol(f, i, &sym); i++) {
		if (sym.section != 0 && bytes_equal(sym.name, wanted)) {
			*value = sym.value;
			return true;
		}
	}
	return false;
}

static int read_symbols(const struct elf_file *f, const char *path, struct link_symbols *out, struct err *e)
{
	const struct { const char *name; uint32_t *to; } wanted[] = {
		{ "__ms_stack_size", &out->stack_size },
		{ "__ms_heap_size", &out->heap_size },
		{ "__ms_tls_block", &out->tls_block },
		{ "__ms_static_end", &out->static_end },
	};

	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		if (find_value(f, wanted[i].name, wanted[i].to))
			continue;
		err_set(e, ERR_LINKER_SCRIPT, "'%s' has no symbol '%s'", path, wanted[i].name);
		return err_fix(e, "link with the SDK's service.ld, --defsym=__ms_stack_size and --defsym=__ms_heap_size, and keep the symbol table");
	}
	return MS_OK;
}

static uint32_t round_up(uint32_t v, uint32_t to)
{
	return (v + to - 1) & ~(to - 1);
}

static int ascending(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* The words of data to relocate, as offsets from the data base. */
static uint32_t *collect(const struct elf_file *f, struct arena *a, uint32_t *count)
{
	uint32_t n = 0, address;
	uint8_t type;

	while (elf_relocation(f, n, &address, &type))
		n++;
	uint32_t *offset = arena_array(a, uint32_t, n + 1);
	for (uint32_t i = 0; i < n && elf_relocation(f, i, &address, &type); i++)
		offset[i] = address - f->data.address;
	qsort(offset, n, sizeof(*offset), ascending);
	*count = n;
	return offset;
}

static int encode_relocations(const struct elf_file *f, const char *path, struct arena *a, struct bytes *out, struct err *e)
{
	uint32_t count;
	uint32_t *offset = collect(f, a, &count);
	struct writer w = { .at = arena_take(a, 4 * (size_t)count + 4), .size = 4 * (size_t)count };

	if (reloc_encode(offset, count, &w) < 0)
		return err_set(e, ERR_ELF_RULE, "'%s' relocates a word twice or not as a word", path);

	*out = writer_bytes(&w);
	return MS_OK;
}

static int fill_header(const struct elf_file *f, const char *path, uint8_t target, struct bytes relocations,
		       struct image *im, struct err *e)
{
	struct link_symbols s;

	int rc = read_symbols(f, path, &s, e);
	if (rc < 0)
		return rc;

	*im = (struct image){
		.abi_major = MS_ABI_MAJOR, .abi_minor = MS_ABI_MINOR,
		.target = target,
		.flags = target_has_fpu(target) ? IMAGE_FLAG_FPU : 0,
		.text_size = f->text.file_size,
		.entry = (f->entry & ~UINT32_C(1)) - f->text.address,
		.data_size = f->data.file_size,
		.bss_size = s.tls_block - f->data.address - f->data.file_size,
		.tls_offset = s.tls_block - f->data.address,
		.static_size = round_up(s.static_end - f->data.address, 8),
		.reloc_size = (uint32_t)relocations.size,
		.stack_size = s.stack_size,
		.heap_size = s.heap_size,
	};
	im->data_offset = round_up(IMAGE_HEADER_SIZE + im->text_size, 4);
	im->reloc_offset = round_up(im->data_offset + im->data_size, 4);
	im->image_size = im->reloc_offset + im->reloc_size;
	image_set_alignment(im);

	if (im->tls_offset < im->data_size || im->static_size < f->data.memory_size)
		return err_set(e, ERR_LINKER_SCRIPT, "the symbols of '%s' contradict its data segment: it was not linked with this SDK's service.ld", path);
	return MS_OK;
}

static void put(uint8_t *image, uint32_t offset, struct bytes part)
{
	if (part.size)
		memcpy(image + offset, part.at, part.size);
}

static struct bytes segment_bytes(const struct elf_file *f, const struct elf_segment *s)
{
	return bytes_part(f->raw, s->offset, s->file_size);
}

int executable_image_of(const struct elf_file *f, const char *path, struct arena *a, struct bytes *image,
			struct image *header, struct err *e)
{
	struct manifest meta;
	struct bytes relocations;
	struct image im;

	int rc = executable_meta(f, path, &meta, e);
	if (rc < 0)
		return rc;
	rc = encode_relocations(f, path, a, &relocations, e);
	if (rc < 0)
		return rc;
	rc = fill_header(f, path, meta.targets[0], relocations, &im, e);
	if (rc < 0)
		return rc;

	uint8_t *out = arena_take(a, im.image_size);
	image_encode(&im, out);
	put(out, IMAGE_HEADER_SIZE, segment_bytes(f, &f->text));
	put(out, im.data_offset, segment_bytes(f, &f->data));
	put(out, im.reloc_offset, relocations);
	memset(out + im.data_offset, 0, im.data_size < GOT_RESERVED_SIZE ? im.data_size : GOT_RESERVED_SIZE);

	rc = image_decode((struct bytes){ out, im.image_size }, &im);
	if (rc < 0)
		return err_set(e, ERR_IMAGE_SIZE, "'%s' cannot be an image: stack, heap or a part of it is larger than docs/formats.md allows", path);
	*image = (struct bytes){ out, im.image_size };
	if (header)
		*header = im;
	return MS_OK;
}

int executable_image(struct bytes raw, const char *path, struct arena *a, struct bytes *image,
		     struct image *header, struct err *e)
{
	struct elf_file f;

	int rc = executable_open(raw, path, &f, e);
	return rc < 0 ? rc : executable_image_of(&f, path, a, image, header, e);
}
