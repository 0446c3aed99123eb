/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a service that drives a port of pins provides: a stateless PSA service, GPIO_HANDLE in the client's psa_manifest/sid.h.
 * Each call has one input, a struct gpio_request, and is done when it returns.  PSA_ERROR_INVALID_ARGUMENT: the port has no such pin, or
 * there is no such mode or level; PSA_ERROR_NOT_PERMITTED: the driver keeps that pin from its clients.
 */
#ifndef GPIO_H
#define GPIO_H

#include <stdint.h>

/* Types of psa_call. */
enum {
	GPIO_MODE = 1,		/* value: a gpio_mode */
	GPIO_WRITE = 2,		/* value: 0 or 1, from now on, or once the pin is an output */
	GPIO_READ = 3,		/* value: 0.  Returns the pin's level, 0 or 1; of an output, too */
};

enum gpio_mode { GPIO_INPUT, GPIO_INPUT_PULL_UP, GPIO_INPUT_PULL_DOWN, GPIO_OUTPUT, GPIO_MODE_COUNT };

struct gpio_request { uint8_t pin, value; };

#endif
