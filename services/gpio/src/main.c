/* SPDX-License-Identifier: Apache-2.0 */
/* The driver as a service: each message is one access to one pin that the board leaves to clients (wiring.h). */
#include <ms/device.h>
#include <psa/service.h>

#include "gpio_chip.h"
#include "wiring.h"

static psa_status_t act(int32_t type, const struct gpio_request *r)
{
	switch (type) {
	case GPIO_MODE:
		if (r->value >= GPIO_MODE_COUNT)
			return PSA_ERROR_INVALID_ARGUMENT;
		chip_mode(r->pin, (enum gpio_mode)r->value);
		return PSA_SUCCESS;
	case GPIO_WRITE:
		if (r->value > 1)
			return PSA_ERROR_INVALID_ARGUMENT;
		chip_write(r->pin, r->value);
		return PSA_SUCCESS;
	case GPIO_READ:
		return chip_read(r->pin);
	default:
		return PSA_ERROR_NOT_SUPPORTED;
	}
}

static psa_status_t handle(const psa_msg_t *m)
{
	struct gpio_request r;

	if (m->in_size[0] != sizeof(r) || psa_read(m->handle, 0, &r, sizeof(r)) != sizeof(r) || r.pin >= chip_pin_count)
		return PSA_ERROR_INVALID_ARGUMENT;
	if (!(WIRING_PINS >> r.pin & 1))
		return PSA_ERROR_NOT_PERMITTED;
	return act(m->type, &r);
}

int main(void)
{
	volatile void *registers;
	psa_msg_t m;

	if (ms_device_map(WIRING_DEVICE, &registers) < 0)
		return 1;
	chip_init(registers);
	for (;;) {
		psa_wait(GPIO_SIGNAL, PSA_BLOCK);
		if (psa_get(GPIO_SIGNAL, &m) == PSA_SUCCESS)
			psa_reply(m.handle, handle(&m));
	}
}
