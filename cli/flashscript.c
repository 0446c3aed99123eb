/* SPDX-License-Identifier: Apache-2.0 */
#include "flashscript.h"

#include <inttypes.h>
#include <string.h>

#include "board_probe.h"
#include "cose.h"
#include "file.h"
#include "probe.h"
#include "table.h"

static const char procedures[] =
	"proc ms_stop {why} { echo \"ms: stop $why\"; shutdown error }\n"
	"proc ms_is {address mask value} { expr {([read_memory $address 32 1] & $mask) == $value} }\n"
	"proc ms_table {file address room} {\n"
	"\tif {[read_memory $address 32 1] != 0x%x} return\n"
	"\tset size [expr {[read_memory [expr {$address + %d}] 32 1] + %d}]\n"
	"\tif {$size <= $room} { dump_image $file $address $size }\n"
	"}\n"
	"proc ms_differs {file address} { catch { verify_image_checksum $file $address bin } }\n"
	"proc ms_write {file address size pieces} {\n"
	"\techo \"ms: erasing $address\"\n"
	"\tflash erase_address $address $size\n"
	"\tforeach {piece at} $pieces {\n"
	"\t\techo \"ms: writing $address\"\n"
	"\t\tflash write_image $piece $at bin\n"
	"\t}\n"
	"\tverify_image $file $address bin\n"
	"\techo \"ms: written $address\"\n"
	"}\n";

enum { PIECE_SIZE = 16 << 10, WORD = 4, TABLE_SIZE_AT = 12 };

static void add_procedures(struct text *t, struct arena *a)
{
	text_add(t, a, procedures, TABLE_MAGIC, TABLE_SIZE_AT, COSE_BLOCK_SIZE);
}

/* Where the last byte that is not blank ends, in whole words. */
static uint32_t used_end(const uint8_t *content, uint32_t size)
{
	while (size && content[size - 1] == 0xff)
		size--;
	return (size + WORD - 1) / WORD * WORD;
}

/* In pieces, so that somebody hears of the progress, and a probe that hangs is noticed. */
static int cut_pieces(struct flash_sector *s, const uint8_t *content, struct arena *a, struct err *e)
{
	uint32_t end = used_end(content, s->at.size);
	struct text t = { 0 };
	int rc = MS_OK;

	for (uint32_t at = 0; rc >= 0 && at < end; at += PIECE_SIZE) {
		uint32_t size = end - at < PIECE_SIZE ? end - at : PIECE_SIZE;
		const char *file = arena_printf(a, "%s.%" PRIu32, s->file, at);

		text_add(&t, a, " %s 0x%08" PRIx32, probe_word(file, a), s->at.base + at);
		rc = file_replace(file, (struct bytes){ content + at, size }, 0600, a, e);
	}
	s->pieces = t.size ? t.at : "";
	return rc;
}

static int cut(struct flash_sector *s, struct bytes image, uint32_t offset, const char *folder, struct arena *a, struct err *e)
{
	uint32_t here = image.size - offset < s->at.size ? (uint32_t)(image.size - offset) : s->at.size;
	uint8_t *content = arena_take(a, s->at.size);

	memset(content, 0xff, s->at.size);
	memcpy(content, image.at + offset, here);
	s->file = path_join(a, folder, arena_printf(a, "%08" PRIx32 ".bin", s->at.base));
	int rc = file_replace(s->file, (struct bytes){ content, s->at.size }, 0600, a, e);
	return rc < 0 ? rc : cut_pieces(s, content, a, e);
}

int flashscript_cut(struct flash_job *job, struct bytes image, struct arena *a, struct err *e)
{
	uint32_t count = 0;
	int rc = MS_OK;

	job->image_size = (uint32_t)image.size;
	for (uint32_t at = 0; at < image.size; at += board_sector(job->board, at).size)
		count++;
	job->sectors = arena_array(a, struct flash_sector, count);
	job->sector_count = count;
	for (uint32_t i = 0, at = 0; rc >= 0 && i < count; at += job->sectors[i++].at.size) {
		job->sectors[i].at = board_sector(job->board, at);
		rc = cut(&job->sectors[i], image, at, job->folder, a, e);
	}
	return rc;
}

static void add_check(struct text *t, struct arena *a, const struct board_check *c, bool stop_if, const char *why)
{
	if (c->mask)
		text_add(t, a, "if {%s[ms_is 0x%08" PRIx32 " 0x%08" PRIx32 " 0x%08" PRIx32 "]} { ms_stop %s }\n", stop_if ? "" : "!", c->address, c->mask, c->value, why);
}

/* Who is there?  Nothing was stopped or changed until all answers were right. */
static void add_identity(struct text *t, const struct flash_job *job, struct arena *a)
{
	const struct board_probe *p = &job->board->probe;

	text_add(t, a, "init\necho \"ms: chip [read_memory 0x%08" PRIx32 " 32 1]\"\n", p->chip.address);
	if (p->jtag_id)
		text_add(t, a, "if {[using_jtag] && [jtag cget [lindex [jtag names] 0] -idcode] != 0x%08" PRIx32 "} { ms_stop wrong-port }\n", p->jtag_id);
	add_check(t, a, &p->chip, false, "wrong-chip");
	if (p->flash_kib)
		text_add(t, a, "set kib [read_memory 0x%08" PRIx32 " 16 1]\necho \"ms: kib [expr {$kib + 0}]\"\nif {$kib * 1024 < %" PRIu32 "} { ms_stop too-small }\n", p->flash_kib, job->image_size);
	add_check(t, a, &p->protected_for_ever, true, "protected-for-ever");
	if (!job->recover)
		add_check(t, a, &p->unprotected, false, "protected");
}

/* The protection is off when the chip says so, not when the command has ended. */
static void add_recovery(struct text *t, const struct flash_job *job, struct arena *a)
{
	const struct board_probe *p = &job->board->probe;

	text_add(t, a, "reset halt\nflash probe 0\necho \"ms: recovering\"\n%s\nreset halt\n", p->unlock);
	add_check(t, a, &p->unprotected, false, "still-protected");
	text_add(t, a, "echo \"ms: recovered\"\n");
}

/* The highest first: the runtime, which lies lowest, is the last to change. */
static void add_sectors(struct text *t, const struct flash_job *job, struct arena *a)
{
	text_add(t, a, "set changed {}\n");
	for (uint32_t i = job->sector_count; i-- > 0;) {
		const struct flash_sector *s = &job->sectors[i];
		const char *file = probe_word(s->file, a);

		text_add(t, a, "if {[ms_differs %s 0x%08" PRIx32 "]} { echo \"ms: differs 0x%08" PRIx32 "\"; lappend changed %s 0x%08" PRIx32 " %" PRIu32 " [list%s] } else { echo \"ms: same 0x%08" PRIx32 "\" }\n",
			 file, s->at.base, s->at.base, file, s->at.base, s->at.size, s->pieces, s->at.base);
	}
	/* A probe that is gone compares nothing as equal: so ask once more who is there. */
	add_check(t, a, &job->board->probe.chip, false, "wrong-chip");
	text_add(t, a, "echo \"ms: compared\"\n");
	if (!job->dry_run)
		text_add(t, a, "foreach {file address size pieces} $changed { ms_write $file $address $size $pieces }\n");
}

const char *flashscript(const struct flash_job *job, struct arena *a)
{
	const struct board_window *flash = &job->board->flash;
	struct text t = { 0 };

	add_procedures(&t, a);
	add_identity(&t, job, a);
	if (job->recover)
		add_recovery(&t, job, a);
	/* The checksum's program takes a place in RAM: who only looks gives it back. */
	text_add(&t, a, job->dry_run ? "[target current] configure -work-area-backup 1\nhalt\n" : "reset halt\n");
	if (job->erase && !job->dry_run)
		text_add(&t, a, "echo \"ms: erasing all\"\nflash erase_address 0x%08" PRIx32 " 0x%" PRIx32 "\n", flash->base, flash->size);
	add_sectors(&t, job, a);
	text_add(&t, a, "%secho \"ms: done\"\nshutdown\n", job->dry_run ? "resume\n" : job->hold ? "reset halt\n" : "reset run\n");
	return t.at;
}

const char *flashscript_bank(const struct flash_job *job, enum board_part bank, struct arena *a)
{
	return path_join(a, job->folder, arena_printf(a, "%s.held", board_part_name(bank)));
}

/* Memory is read while the processor runs: nothing is stopped. */
const char *flashscript_look(const struct flash_job *job, struct arena *a)
{
	struct text t = { 0 };

	add_procedures(&t, a);
	add_identity(&t, job, a);
	for (enum board_part bank = BOARD_TABLE_A; bank <= BOARD_TABLE_B; bank++)
		text_add(&t, a, "ms_table %s 0x%08" PRIx32 " %u\n", probe_word(flashscript_bank(job, bank, a), a), job->board->part[bank].base,
			 TABLE_SIZE_MAX + COSE_BLOCK_SIZE);
	text_add(&t, a, "echo \"ms: looked\"\nshutdown\n");
	return t.at;
}
