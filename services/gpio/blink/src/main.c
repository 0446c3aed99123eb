/* SPDX-License-Identifier: Apache-2.0 */
/* Drives a pin, reads it back, and asks for what it may not have. */
#include <SysCall.h>
#include <psa/client.h>
#include <psa_manifest/sid.h>

#include "gpio.h"

enum { PIN = 3, CONSOLE_PIN = 24, NO_PIN = 32 };

static int gpio(int32_t type, uint8_t pin, uint8_t value)
{
	struct gpio_request r = { pin, value };
	psa_invec in = { &r, sizeof(r) };

	return (int)psa_call(GPIO_HANDLE, type, &in, 1, NULL, 0);
}

int main(void)
{
	gpio(GPIO_MODE, PIN, GPIO_INPUT_PULL_UP);
	LOG_INFO("pulled up: %d", gpio(GPIO_READ, PIN, 0));
	gpio(GPIO_MODE, PIN, GPIO_INPUT_PULL_DOWN);
	LOG_INFO("pulled down: %d", gpio(GPIO_READ, PIN, 0));
	gpio(GPIO_MODE, PIN, GPIO_OUTPUT);
	for (uint8_t i = 1; i <= 4; i++) {
		gpio(GPIO_WRITE, PIN, i % 2);
		LOG_INFO("driven %u: %d", i % 2, gpio(GPIO_READ, PIN, 0));
	}
	LOG_INFO("pin of the console: %d", gpio(GPIO_MODE, CONSOLE_PIN, GPIO_INPUT));
	LOG_INFO("pin that is not there: %d", gpio(GPIO_READ, NO_PIN, 0));
	LOG_INFO("mode that is not there: %d", gpio(GPIO_MODE, PIN, GPIO_MODE_COUNT));
	return 0;
}
