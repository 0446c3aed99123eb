/* SPDX-License-Identifier: Apache-2.0 */
/* Root parameters: the room in a service's text that a product fills (docs/formats.md 9).  Numbers and types only. */
#ifndef MS_ABI_PARAMETER_H
#define MS_ABI_PARAMETER_H

#include <stdint.h>

#define MS_PARAMETERS_MAGIC UINT32_C(0x3152534d)	/* "MSR1" */

enum { MS_PARAMETER_MAX = 16, MS_PARAMETER_NAME_SIZE = 24, MS_PARAMETER_SIZE_MAX = 8192, MS_PARAMETER_SALT_SIZE = 16 };
enum { MS_PARAMETER_BYTES = 1, MS_PARAMETER_TEXT = 2, MS_PARAMETER_NUMBER = 3 };	/* a number: 32 bits, little-endian, signed */
enum { MS_PARAMETER_OPTIONAL = 1, MS_PARAMETER_GIVEN = 2 };

/* Begins the room, at the symbol ms_parameters; `count` records follow, then the values. */
struct ms_parameters {
	uint32_t magic;
	uint16_t count, size;			/* size: of all, a multiple of 4 */
	uint8_t salt[MS_PARAMETER_SALT_SIZE];	/* zero until a product was signed */
};

struct ms_parameter {
	char name[MS_PARAMETER_NAME_SIZE];	/* zeros behind it, at least one */
	uint8_t type, flags;
	uint16_t room, size, offset;		/* offset: of the value, from the room's beginning, a multiple of 4 */
};

#endif
