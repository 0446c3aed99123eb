/* SPDX-License-Identifier: Apache-2.0 */
#include "vdap.h"

enum { DP_IDENTITY, DP_CONTROL = 4, DP_SELECT = 8 };
enum { AP_CSW, AP_TAR = 0x04, AP_DRW = 0x0c, AP_BANKED = 0x10, AP_BASE = 0xf8, AP_IDR = 0xfc };
enum {
	STICKY_OVERRUN = 1 << 1, STICKY_COMPARE = 1 << 4, STICKY_ERROR = 1 << 5, STICKY_ALL = STICKY_OVERRUN | STICKY_COMPARE | STICKY_ERROR,
	CONTROL_REQUESTS = 0x54000000,	/* debug power, system power, reset; an acknowledgement is the bit above */
	CONTROL_KEPT = 0x54ffff0d,
	CSW_SIZE = 7, CSW_INCREMENT = 3 << 4, CSW_SINGLE = 1 << 4, CSW_PACKED = 2 << 4, CSW_ENABLED = 1 << 6,
	TAR_WRAP = 0xfff,
};

void vdap_init(struct vdap *d, struct vbus *bus)
{
	*d = (struct vdap){ .bus = bus, .csw = 0x23000042 };
}

static uint32_t size_of(const struct vdap *d)
{
	return 1u << (d->csw & CSW_SIZE);
}

/* The lowest twelve bits count, as in a Cortex-M4; others have ten. */
static void advance(struct vdap *d)
{
	if (d->csw & CSW_INCREMENT)
		d->tar = (d->tar & ~(uint32_t)TAR_WRAP) | ((d->tar + size_of(d)) & TAR_WRAP);
}

/* Several small accesses in one transfer when they are packed; each has the byte lanes of its address. */
static uint32_t access_tar(struct vdap *d, bool read, uint32_t value)
{
	uint32_t size = size_of(d), count = (d->csw & CSW_INCREMENT) == CSW_PACKED ? 4 / size : 1, all = 0;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t lane = 8 * (d->tar & 3), mask = size == 4 ? UINT32_MAX : (1u << 8 * size) - 1, v = 0;

		bool ok = read ? vbus_read(d->bus, d->tar, size, &v) : vbus_write(d->bus, d->tar, size, value >> lane & mask);
		if (!ok)
			d->sticky |= STICKY_ERROR;
		all |= v << lane;
		advance(d);
	}
	return all;
}

static uint32_t access_banked(struct vdap *d, bool read, uint32_t offset, uint32_t value)
{
	uint32_t address = (d->tar & ~0xfu) | offset, v = 0;

	bool ok = read ? vbus_read(d->bus, address, 4, &v) : vbus_write(d->bus, address, 4, value);
	if (!ok)
		d->sticky |= STICKY_ERROR;
	return v;
}

static void write_csw(struct vdap *d, uint32_t value)
{
	d->csw = (value & 0xff000000) | (value & CSW_INCREMENT) | CSW_ENABLED | (value & CSW_SIZE);
	if ((value & CSW_SIZE) > 2)
		d->csw = (d->csw & ~(uint32_t)CSW_SIZE) | 2;
}

static uint32_t transfer_ap(struct vdap *d, bool read, uint32_t reg, uint32_t value)
{
	reg |= d->select & 0xf0;
	if (d->select >> 24 || d->sticky & STICKY_ALL)
		return 0;
	if (reg == AP_DRW)
		return access_tar(d, read, value);
	if (reg >= AP_BANKED && reg < AP_BANKED + 16)
		return access_banked(d, read, reg - AP_BANKED, value);
	if (!read && reg == AP_CSW)
		write_csw(d, value);
	if (!read && reg == AP_TAR)
		d->tar = value;
	switch (reg) {
	case AP_CSW: return d->csw;
	case AP_TAR: return d->tar;
	case AP_BASE: return 0xe00ff003;
	case AP_IDR: return 0x24770011;
	default: return 0;
	}
}

static uint32_t transfer_port(struct vdap *d, bool read, uint32_t reg, uint32_t value)
{
	if (!read && reg == DP_CONTROL) {
		d->control = value & CONTROL_KEPT;
		d->sticky &= ~(value & STICKY_ALL);
	}
	if (!read && reg == DP_SELECT)
		d->select = value;
	if (!read)
		return 0;
	if (reg == DP_CONTROL)
		return d->control | (d->control & CONTROL_REQUESTS) << 1 | d->sticky;
	return reg == DP_SELECT ? d->select : 0;
}

uint32_t vdap_transfer(struct vdap *d, bool ap, bool read, uint32_t reg, uint32_t value)
{
	return ap ? transfer_ap(d, read, reg, value) : transfer_port(d, read, reg, value);
}
