/* SPDX-License-Identifier: Apache-2.0 */
#include "vtap.h"

enum state {
	RESET, IDLE,
	SELECT_DR, CAPTURE_DR, SHIFT_DR, EXIT1_DR, PAUSE_DR, EXIT2_DR, UPDATE_DR,
	SELECT_IR, CAPTURE_IR, SHIFT_IR, EXIT1_IR, PAUSE_IR, EXIT2_IR, UPDATE_IR,
	STATES
};
enum { CPU_ABORT = 0x8, CPU_PORT = 0xa, CPU_ACCESS = 0xb, CPU_ID = 0xe, SCAN_ID = 0x01, TRANSFER_BITS = 35 };

/* Where TMS 0 and TMS 1 lead. */
static const uint8_t next[STATES][2] = {
	[RESET] = { IDLE, RESET }, [IDLE] = { IDLE, SELECT_DR },
	[SELECT_DR] = { CAPTURE_DR, SELECT_IR }, [CAPTURE_DR] = { SHIFT_DR, EXIT1_DR }, [SHIFT_DR] = { SHIFT_DR, EXIT1_DR },
	[EXIT1_DR] = { PAUSE_DR, UPDATE_DR }, [PAUSE_DR] = { PAUSE_DR, EXIT2_DR }, [EXIT2_DR] = { SHIFT_DR, UPDATE_DR }, [UPDATE_DR] = { IDLE, SELECT_DR },
	[SELECT_IR] = { CAPTURE_IR, RESET }, [CAPTURE_IR] = { SHIFT_IR, EXIT1_IR }, [SHIFT_IR] = { SHIFT_IR, EXIT1_IR },
	[EXIT1_IR] = { PAUSE_IR, UPDATE_IR }, [PAUSE_IR] = { PAUSE_IR, EXIT2_IR }, [EXIT2_IR] = { SHIFT_IR, UPDATE_IR }, [UPDATE_IR] = { IDLE, SELECT_DR },
};

static void reset(struct vchain *c)
{
	c->cpu.ir = CPU_ID;
	c->scan.ir = SCAN_ID;
}

void vchain_init(struct vchain *c, struct vdap *dap, uint32_t cpu_id, uint32_t scan_id)
{
	*c = (struct vchain){ .dap = dap, .state = RESET, .cpu = { .ir_size = 4, .id = cpu_id }, .scan = { .ir_size = 5, .id = scan_id } };
	reset(c);
}

static bool is_transfer(const struct vtap *t)
{
	return t->ir_size == 4 && (t->ir == CPU_ABORT || t->ir == CPU_PORT || t->ir == CPU_ACCESS);
}

static bool is_id(const struct vtap *t)
{
	return t->ir == (t->ir_size == 4 ? (unsigned)CPU_ID : (unsigned)SCAN_ID);
}

/* What is neither a transfer nor the identity is the bypass. */
static void capture_data(const struct vchain *c, struct vtap *t)
{
	t->dr_size = is_transfer(t) ? TRANSFER_BITS : is_id(t) ? 32 : 1;
	t->shift = is_transfer(t) ? (uint64_t)c->result << 3 | VDAP_ACK_OK : is_id(t) ? t->id : 0;
}

static void capture(struct vchain *c, bool ir)
{
	c->ir_now = ir;
	if (ir) {
		c->cpu.shift = c->scan.shift = 1;
		return;
	}
	capture_data(c, &c->cpu);
	capture_data(c, &c->scan);
}

static bool shift_one(struct vtap *t, bool ir, bool in)
{
	unsigned size = ir ? t->ir_size : t->dr_size;
	bool out = t->shift & 1;

	t->shift = t->shift >> 1 | (uint64_t)in << (size - 1);
	return out;
}

static void update_data(struct vchain *c)
{
	uint64_t v = c->cpu.shift;

	if (c->cpu.ir == CPU_PORT || c->cpu.ir == CPU_ACCESS) {
		bool read = v & 1, buffer = c->cpu.ir == CPU_PORT && read && (v & 6) == 6;	/* RDBUFF: what the last one gave, once */
		uint32_t value = vdap_transfer(c->dap, c->cpu.ir == CPU_ACCESS, read, (uint32_t)(v & 6) << 1, (uint32_t)(v >> 3));

		c->result = buffer ? 0 : value;
	}
}

/* What the rising edge of TCK does in the state that it finds. */
static void act(struct vchain *c, bool tdi)
{
	switch (c->state) {
	case CAPTURE_DR: case CAPTURE_IR: capture(c, c->state == CAPTURE_IR); break;
	case SHIFT_DR: case SHIFT_IR: shift_one(&c->cpu, c->ir_now, shift_one(&c->scan, c->ir_now, tdi)); break;
	default: break;
	}
}

static void enter(struct vchain *c, unsigned state)
{
	c->state = state;
	if (state == RESET)
		reset(c);
	if (state == UPDATE_IR) {
		c->cpu.ir = (unsigned)c->cpu.shift & 0xf;
		c->scan.ir = (unsigned)c->scan.shift & 0x1f;
	}
	if (state == UPDATE_DR)
		update_data(c);
}

void vchain_write(struct vchain *c, bool tck, bool tms, bool tdi)
{
	if (tck && !c->clock) {
		act(c, tdi);
		enter(c, next[c->state][tms]);
	}
	c->clock = tck;
}

bool vchain_tdo(const struct vchain *c)
{
	return c->state == SHIFT_DR || c->state == SHIFT_IR ? c->cpu.shift & 1 : true;
}
