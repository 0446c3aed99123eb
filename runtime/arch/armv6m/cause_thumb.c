/* SPDX-License-Identifier: Apache-2.0 */
#include "cause_thumb.h"

bool thumb_access(uint16_t instruction, struct thumb_access *out)
{
	static const uint8_t by_register[] = { 4, 2, 1, 1, 4, 2, 1, 2 };	/* STR STRH STRB LDRSB LDR LDRH LDRB LDRSH */
	unsigned kind = instruction >> 12, offset = instruction >> 6 & 31;

	*out = (struct thumb_access){ .base = instruction >> 3 & 7, .index = -1 };
	switch (kind) {
	case 5:
		out->index = instruction >> 6 & 7;
		out->size = by_register[instruction >> 9 & 7];
		return true;
	case 6:
		out->size = 4;
		break;
	case 7:
		out->size = 1;
		break;
	case 8:
		out->size = 2;
		break;
	case 12:			/* STM, LDM */
		out->base = instruction >> 8 & 7;
		out->size = 4;
		return true;
	default:
		return false;
	}
	out->offset = offset * out->size;
	return true;
}
