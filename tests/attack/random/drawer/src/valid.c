/* SPDX-License-Identifier: Apache-2.0 */
#include "valid.h"

#include <string.h>

#include <ms/abi/abi.h>
#include <psa/service.h>
#include <psa_manifest/drawer.h>
#include <psa_manifest/pid.h>
#include <psa_manifest/sid.h>

#include "chip.h"

enum { TEXT = 64, SERVED = SINK_SIGNAL | LINE_SIGNAL, VAULT_TYPES = 6 };
enum { PROGRAMMER_ERROR_ONE_IN = 16 };

static struct {
	psa_handle_t connection;
	psa_msg_t message, next;	/* the one that is held, if any; where the kernel writes the next */
	bool held;
	bool listens;			/* the interrupt is enabled */
	uint32_t signals;		/* that were set when it was looked */
	psa_invec in[PSA_MAX_IOVEC];
	psa_outvec out[PSA_MAX_IOVEC];
	uint8_t text[2][TEXT];
} known;

static bool holds_call(void)
{
	return known.held && known.message.type >= 0;
}

static bool for_main(uint32_t number)
{
	return (number >= MS_SYS_psa_wait && number <= MS_SYS_psa_reply) || number == MS_SYS_psa_clear || number == MS_SYS_psa_set_rhandle ||
	       number == MS_SYS_psa_next;
}

bool valid_now(uint32_t number, bool main)
{
	if (!main && for_main(number))
		return false;
	switch (number) {
	case MS_SYS_psa_get: return known.signals & SERVED;
	case MS_SYS_psa_read: case MS_SYS_psa_skip: case MS_SYS_psa_write: return holds_call();
	case MS_SYS_psa_reply: return known.held;
	case MS_SYS_psa_set_rhandle: return known.held && known.message.rhandle != &known;
	case MS_SYS_psa_clear: return known.signals & PSA_DOORBELL;
	case MS_SYS_psa_close: return known.connection > 0;
	case MS_SYS_irq_eoi: return known.signals & DUALTIMER_SIGNAL;
	case MS_SYS_irq_reset: return known.signals & DUALTIMER_SIGNAL && !known.listens;
	default: return true;
	}
}

/* Numbers of inputs and outputs, each a part of a text of its own. */
static uint32_t control(void)
{
	uint32_t inputs = draw(3), outputs = draw(3);

	for (unsigned i = 0; i < 2; i++) {
		known.in[i] = (psa_invec){ known.text[i], draw(TEXT + 1) };
		known.out[i] = (psa_outvec){ known.text[i], draw(TEXT + 1) };
	}
	return draw(VAULT_TYPES) | inputs << 16 | outputs << 24;
}

static uint32_t status(void)
{
	if (known.message.type == PSA_IPC_CONNECT)
		return draw(4) ? (uint32_t)PSA_SUCCESS : (uint32_t)PSA_ERROR_CONNECTION_BUSY;
	return draw(PROGRAMMER_ERROR_ONE_IN) ? draw(8) : (uint32_t)PSA_ERROR_PROGRAMMER_ERROR;
}

/* An output that has room, if there is one, and so much of it. */
static uint32_t output(void)
{
	uint32_t i = draw(PSA_MAX_IOVEC);

	for (unsigned n = 0; n < PSA_MAX_IOVEC && !known.message.out_size[i]; n++)
		i = (i + 1) % PSA_MAX_IOVEC;
	return i;
}

static uint32_t room_in(uint32_t i)
{
	size_t room = i < PSA_MAX_IOVEC ? known.message.out_size[i] : 0;

	return draw((uint32_t)(room < TEXT ? room : TEXT) / 4 + 1);
}

#define AT(number, place) ((number) << 4 | (place))
#define ADDRESS(what) ((uint32_t)(uintptr_t)(what))

bool valid_argument(uint32_t number, unsigned place, uint32_t *v)
{
	static uint32_t to;		/* the output that is written to: its size is drawn next */

	switch (AT(number, place)) {
	case AT(MS_SYS_psa_version, 0): *v = draw(2) ? VAULT_SID : DEPOSIT_SID; break;
	case AT(MS_SYS_psa_connect, 0): *v = VAULT_SID; break;
	case AT(MS_SYS_psa_call, 0): *v = known.connection > 0 && draw(2) ? (uint32_t)known.connection : DEPOSIT_HANDLE; break;
	case AT(MS_SYS_psa_call, 1): *v = control(); break;
	case AT(MS_SYS_psa_call, 2): *v = ADDRESS(known.in); break;
	case AT(MS_SYS_psa_call, 3): *v = ADDRESS(known.out); break;
	case AT(MS_SYS_psa_close, 0): *v = (uint32_t)known.connection; break;
	case AT(MS_SYS_psa_wait, 0): case AT(MS_SYS_psa_next, 2): *v = draw(4) ? PSA_WAIT_ANY : SERVED; break;
	case AT(MS_SYS_psa_wait, 1): *v = draw(2) ? PSA_BLOCK : PSA_POLL; break;
	case AT(MS_SYS_psa_get, 0): *v = known.signals & SERVED & -(known.signals & SERVED); break;
	case AT(MS_SYS_psa_get, 1): case AT(MS_SYS_psa_next, 3): *v = ADDRESS(&known.next); break;
	case AT(MS_SYS_psa_read, 0): case AT(MS_SYS_psa_skip, 0): case AT(MS_SYS_psa_write, 0):
	case AT(MS_SYS_psa_reply, 0): case AT(MS_SYS_psa_set_rhandle, 0): *v = (uint32_t)known.message.handle; break;
	case AT(MS_SYS_psa_next, 0): *v = known.held ? (uint32_t)known.message.handle : 0; break;
	case AT(MS_SYS_psa_reply, 1): case AT(MS_SYS_psa_next, 1): *v = status(); break;
	case AT(MS_SYS_psa_read, 1): case AT(MS_SYS_psa_skip, 1): *v = draw(PSA_MAX_IOVEC); break;
	case AT(MS_SYS_psa_write, 1): *v = to = output(); break;
	case AT(MS_SYS_psa_read, 2): case AT(MS_SYS_psa_write, 2): *v = ADDRESS(known.text[draw(2)]); break;
	case AT(MS_SYS_psa_read, 3): case AT(MS_SYS_psa_skip, 2): *v = draw(TEXT + 1); break;
	case AT(MS_SYS_psa_write, 3): *v = room_in(to); break;
	case AT(MS_SYS_psa_notify, 0): *v = draw(2) ? (uint32_t)VAULT_PID : (uint32_t)DRAWER_PID; break;
	case AT(MS_SYS_irq_enable, 0): case AT(MS_SYS_irq_disable, 0): case AT(MS_SYS_irq_eoi, 0): case AT(MS_SYS_irq_reset, 0):
		*v = DUALTIMER_SIGNAL; break;
	case AT(MS_SYS_shm_map, 0): case AT(MS_SYS_shm_unmap, 0): *v = draw(2) ? LOAN_SHARED : SLATE_SHARED; break;
	case AT(MS_SYS_shm_lend, 1): *v = draw(2) ? 1 : 3; break;
	default: return false;
	}
	return true;
}

static void got_message(void)
{
	known.message = known.next;
	known.held = true;
}

/* The device asks, or does not, as long as it is open. */
static void use_device(uint32_t at)
{
	volatile uint8_t *registers = (volatile uint8_t *)(uintptr_t)at;

	if (draw(4))
		chip_raise(registers);
	else
		chip_lower(registers);
}

void valid_learn(uint32_t number, const uint32_t argument[6], int32_t status, uint32_t value)
{
	if (status < 0)
		return;
	switch (number) {
	case MS_SYS_psa_connect: known.connection = (psa_handle_t)value; break;
	case MS_SYS_psa_close: known.connection = 0; break;
	case MS_SYS_psa_wait: known.signals = value; break;
	case MS_SYS_psa_get:
		known.signals &= ~argument[0];
		if (!value && argument[1] == ADDRESS(&known.next))
			got_message();
		break;
	case MS_SYS_psa_next:
		known.held = false;
		known.signals = value & ~SERVED;
		if (value & SERVED && argument[3] == ADDRESS(&known.next))
			got_message();
		break;
	case MS_SYS_psa_write:
		if (argument[1] < PSA_MAX_IOVEC)
			known.message.out_size[argument[1]] -= argument[3];
		break;
	case MS_SYS_psa_reply: known.held = false; break;
	case MS_SYS_psa_clear: known.signals &= ~PSA_DOORBELL; break;
	case MS_SYS_irq_eoi: case MS_SYS_irq_reset: known.signals &= ~argument[0]; break;
	case MS_SYS_irq_enable: known.listens = true; break;
	case MS_SYS_irq_disable: known.listens = false; break;
	case MS_SYS_device_map: use_device(value); break;
	}
}
