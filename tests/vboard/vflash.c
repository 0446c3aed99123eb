/* SPDX-License-Identifier: Apache-2.0 */
#include "vflash.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ACR, KEYR = 0x04, OPTKEYR = 0x08, SR = 0x0c, CR = 0x10, OPTCR = 0x14 };
enum {
	SR_EOP = 1 << 0, SR_OPERR = 1 << 1, SR_WRPERR = 1 << 4, SR_PGAERR = 1 << 5, SR_PGPERR = 1 << 6, SR_PGSERR = 1 << 7,
	SR_BSY = 1 << 16, SR_ERRORS = SR_OPERR | SR_WRPERR | SR_PGAERR | SR_PGPERR | SR_PGSERR,
	CR_PG = 1 << 0, CR_SER = 1 << 1, CR_MER = 1 << 2, CR_START = 1 << 16, CR_KEPT = 0x030003ff,
	OPTCR_LOCK = 1 << 0, OPTCR_START = 1 << 1,
	RDP_NONE = 0xaa, RDP_FOR_EVER = 0xcc,
};
#define CR_LOCK UINT32_C(0x80000000)
#define OPTCR_KEPT UINT32_C(0xffffffec)
enum { KEYS_RIGHT = 2, KEYS_WRONG = 3, BUSY_ERASE = 3, BUSY_PROGRAM = 0 };

static unsigned sector_of(const struct vflash *f, uint32_t offset)
{
	unsigned sector = 0;

	while (vchip_sector(f->chip, sector + 1) <= offset)
		sector++;
	return sector;
}

bool vflash_open(struct vflash *f, const char *path)
{
	struct stat s;

	f->size = vchip_flash_size(f->chip);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (fd < 0 || fstat(fd, &s) || (s.st_size && s.st_size != (off_t)f->size) || ftruncate(fd, f->size)) {
		fprintf(stderr, "vboard: '%s' cannot be a flash of %u bytes\n", path, (unsigned)f->size);
		return false;
	}
	f->at = mmap(NULL, f->size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (f->at == MAP_FAILED) {
		perror("vboard: mmap");
		return false;
	}
	if (!s.st_size)
		memset(f->at, 0xff, f->size);
	return true;
}

void vflash_reset(struct vflash *f)
{
	f->cr = CR_LOCK;
	f->sr = f->acr = f->busy = f->key_step = f->option_step = 0;
	f->optcr |= OPTCR_LOCK;
}

static uint8_t protection(const struct vflash *f)
{
	return (uint8_t)(f->optcr >> 8);
}

bool vflash_readable(const struct vflash *f)
{
	return protection(f) == RDP_NONE;
}

static bool is_write_protected(const struct vflash *f, unsigned sector)
{
	return !(f->optcr >> (16 + sector) & 1);
}

/* One more operation begins: how many of its `size` bytes it still gets done. */
static uint32_t powered(struct vflash *f, uint32_t size, unsigned busy)
{
	f->busy = busy;
	if (f->dead || ++f->operations != f->cut_at)
		return f->dead ? 0 : size;
	f->dead = true;
	return size / 2;
}

static void erase(struct vflash *f, unsigned sector)
{
	uint32_t from = vchip_sector(f->chip, sector), size = vchip_sector(f->chip, sector + 1) - from;

	if (is_write_protected(f, sector))
		f->sr |= SR_WRPERR;
	else
		memset(f->at + from, 0xff, powered(f, size, BUSY_ERASE));
}

static void start(struct vflash *f)
{
	unsigned sector = f->cr >> 3 & 0xf, count = vchip_sector_count(f->chip);

	if (f->cr & CR_PG || !(f->cr & (CR_SER | CR_MER)) || (f->cr & CR_SER && sector >= count)) {
		f->sr |= SR_PGSERR;
		return;
	}
	if (f->cr & CR_SER)
		erase(f, sector);
	for (sector = 0; f->cr & CR_MER && sector < count; sector++)
		erase(f, sector);
	if (!(f->sr & SR_ERRORS))
		f->sr |= SR_EOP;
}

void vflash_program(struct vflash *f, uint32_t offset, uint32_t size, uint32_t value)
{
	uint32_t wrong = 0;

	if (f->cr & CR_LOCK || !(f->cr & CR_PG) || f->sr & SR_ERRORS)
		wrong = SR_PGSERR;
	else if (size != 1u << (f->cr >> 8 & 3))
		wrong = SR_PGPERR;
	else if (offset % size)
		wrong = SR_PGAERR;
	else if (is_write_protected(f, sector_of(f, offset)))
		wrong = SR_WRPERR;
	f->sr |= wrong;
	if (wrong)
		return;
	size = powered(f, size, BUSY_PROGRAM);
	for (uint32_t i = 0; i < size; i++)
		f->at[offset + i] &= (uint8_t)(value >> 8 * i);
	f->sr |= SR_EOP;
}

/* A wrong key shuts it until the next reset. */
static bool take_key(unsigned *step, uint32_t key, const uint32_t right[KEYS_RIGHT])
{
	if (*step < KEYS_RIGHT && key == right[*step]) {
		++*step;
		return true;
	}
	*step = KEYS_WRONG;
	return false;
}

/* Read protection that is taken away takes the content along; the highest level can never be left. */
static void write_options(struct vflash *f, uint32_t value)
{
	uint8_t old = protection(f);
	uint32_t kept = value & OPTCR_KEPT;

	if (f->optcr & OPTCR_LOCK)
		return;
	if (value & OPTCR_LOCK) {
		f->optcr |= OPTCR_LOCK;
		f->option_step = 0;
	}
	if (old == RDP_FOR_EVER || !(value & OPTCR_START)) {
		f->optcr = old == RDP_FOR_EVER ? f->optcr : (f->optcr & (OPTCR_LOCK | 0xff00)) | (kept & ~0xff00u);
		return;
	}
	f->optcr = (f->optcr & OPTCR_LOCK) | kept;
	if (old != RDP_NONE && protection(f) == RDP_NONE)
		memset(f->at, 0xff, powered(f, f->size, BUSY_ERASE));
	else
		powered(f, 0, BUSY_ERASE);
}

static void write_control(struct vflash *f, uint32_t value)
{
	if (f->cr & CR_LOCK)
		return;
	f->cr = value & CR_KEPT;
	if (value & CR_START)
		start(f);
	if (value & CR_LOCK) {
		f->cr |= CR_LOCK;
		f->key_step = 0;
	}
}

bool vflash_controller_read(struct vflash *f, uint32_t offset, uint32_t *value)
{
	switch (offset) {
	case ACR: *value = f->acr; return true;
	case SR:
		*value = f->sr | (f->busy ? SR_BSY : 0);
		f->busy -= f->busy > 0;
		return true;
	case CR: *value = f->cr; return true;
	case OPTCR: *value = f->optcr; return true;
	default: *value = 0; return offset < VFLASH_CONTROLLER_SIZE;
	}
}

bool vflash_controller_write(struct vflash *f, uint32_t offset, uint32_t value)
{
	static const uint32_t keys[KEYS_RIGHT] = { 0x45670123, 0xcdef89ab }, option_keys[KEYS_RIGHT] = { 0x08192a3b, 0x4c5d6e7f };

	switch (offset) {
	case ACR: f->acr = value & 0x1f07; return true;
	case KEYR:
		if (!take_key(&f->key_step, value, keys))
			return false;
		if (f->key_step == KEYS_RIGHT)
			f->cr &= ~CR_LOCK;
		return true;
	case OPTKEYR:
		if (!take_key(&f->option_step, value, option_keys))
			return false;
		if (f->option_step == KEYS_RIGHT)
			f->optcr &= ~(uint32_t)OPTCR_LOCK;
		return true;
	case SR: f->sr &= ~value; return true;
	case CR: write_control(f, value); return true;
	case OPTCR: write_options(f, value); return true;
	default: return false;
	}
}
