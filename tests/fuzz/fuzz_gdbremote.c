/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever a debug port answers: a packet lies in what came, its bytes are all there or none is believed. */
#include <string.h>

#include "fuzz.h"
#include "gdbremote.h"

FUZZ(in)
{
	struct bytes content;
	uint8_t to[64];
	size_t used;

	int rc = gdbremote_packet(in, &content, &used);
	must(rc == 1 || rc == 0 || rc == -MS_EFORMAT);
	must(rc != 0 || in.size < GDBREMOTE_BUFFER);
	if (rc == 1) {
		must(used <= in.size && content.at >= in.at && content.at + content.size + 3 == in.at + used);
		must(!memchr(content.at, '#', content.size));
		must(gdbremote_unhex(content, to, content.size / 2 < sizeof(to) ? content.size / 2 : 0) || content.size);
	}
	if (gdbremote_undump(in, to, 4))
		must(in.size >= 16);
}
