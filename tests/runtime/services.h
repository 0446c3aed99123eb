/* SPDX-License-Identifier: Apache-2.0 */
/* Services for tests of core: memory of their own, no code; the test makes their calls. */
#ifndef SERVICES_H
#define SERVICES_H

#include <string.h>

#include "service.h"
#include "table.h"

enum { TEST_RAM = 4096, TEST_IMAGE = 512, TEST_STACK = 1024 };

struct test_service { _Alignas(4096) uint8_t ram[TEST_RAM]; _Alignas(512) uint8_t image[TEST_IMAGE]; };

static inline struct service_plan test_plan(struct test_service *s, const char *name, uint32_t id, uint8_t priority)
{
	return (struct service_plan){
		.name = { (const uint8_t *)name, strlen(name) }, .id = id,
		.image = (uintptr_t)s->image, .image_extent = TEST_IMAGE,
		.text = (uintptr_t)s->image + 64, .text_size = TEST_IMAGE - 64, .entry = (uintptr_t)s->image + 64,
		.ram = (uintptr_t)s->ram, .ram_extent = TEST_RAM, .stack_size = TEST_STACK, .data_size = TEST_RAM - TEST_STACK,
		.priority = priority, .ceiling = 20, .restart = TABLE_RESTART_FAILURE, .restart_limit = 5,
		.quantum_msec = 10, .backoff_msec = 100, .start = true,
		.image_hash = { 1, 2, 3, 4, 5, 6, 7, (uint8_t)id },
	};
}

#endif
