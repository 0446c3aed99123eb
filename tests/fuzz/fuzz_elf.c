/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever the file, all that was found in it lies in it, and the walks end; of one that is accepted, the parts are in order. */
#include "elf.h"
#include "fuzz.h"

static void must_be_in(struct bytes part, struct bytes whole)
{
	must(part.size == 0 || (part.at >= whole.at && part.size <= whole.size && part.at - whole.at <= (ptrdiff_t)(whole.size - part.size)));
}

static void must_be_a_service(const struct elf_file *f)
{
	must(f->build_id.size == 20 && f->package_json.size > 0 && f->meta.size > 0);
	must(f->signature_offset >= f->note.offset && f->signature_offset + 96 <= f->note.offset + f->note.file_size);
	must(f->text.file_size == f->text.memory_size);
	must((uint64_t)f->data.offset + f->data.file_size <= f->raw.size);
	must(f->entry - f->text.address < f->text.file_size);
}

FUZZ(in)
{
	struct elf_file f;
	struct elf_symbol symbol;
	uint32_t address;
	uint8_t type;
	enum elf_rule rule = elf_open(in, &f);

	must_be_in(f.build_id, in);
	must_be_in(f.package_json, in);
	must_be_in(f.meta, in);
	for (uint32_t i = 0; elf_relocation(&f, i, &address, &type); i++)
		must(i < in.size && (rule != ELF_RULE_OK || (type == 23 && address - f.data.address <= f.data.file_size - 4)));
	for (uint32_t i = 0; elf_symbol(&f, i, &symbol); i++) {
		must(i < in.size);
		must_be_in(symbol.name, in);
	}
	if (rule == ELF_RULE_OK)
		must_be_a_service(&f);
}
