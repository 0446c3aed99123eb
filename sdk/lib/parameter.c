/* SPDX-License-Identifier: Apache-2.0 */
#include <ms/parameter.h>

#include <string.h>

#include <ms/abi/abi.h>
#include <ms/abi/parameter.h>

int ms_parameter_read(const void *room, const char *name, void *buffer, size_t size)
{
	const uint8_t *at = room;
	struct ms_parameters head;
	struct ms_parameter p;

	memcpy(&head, at, sizeof(head));
	for (unsigned i = 0; i < head.count; i++) {
		memcpy(&p, at + sizeof(head) + i * sizeof(p), sizeof(p));
		if (strcmp(p.name, name) != 0)
			continue;
		if (!(p.flags & MS_PARAMETER_GIVEN))
			break;
		if (size && size < p.size)
			return -MS_ERANGE;
		if (size)
			memcpy(buffer, at + p.offset, p.size);
		return p.size;
	}
	return -MS_ENOENT;
}
