/* SPDX-License-Identifier: Apache-2.0 */
/* rig.yaml and a person's file of a rig: what is accepted makes sense as a whole. */
#include <string.h>

#include "config.h"
#include "fuzz.h"
#include "remote.h"

FUZZ(in)
{
	struct arena a = { 0 };
	struct config c;
	struct remote r;
	struct err e;

	if (config_decode(in, "rig.yaml", &a, &c, &e) >= 0) {
		must(c.board_count <= CONFIG_BOARD_MAX && (!c.listen || c.user_count));
		for (uint32_t i = 0; i < c.board_count; i++) {
			must(c.boards[i].name && c.boards[i].board && c.boards[i].way);
			must(strcmp(c.boards[i].way, "openocd") || c.boards[i].probe);
		}
	}
	if (remote_decode(in, "desk", &a, &r, &e) >= 0)
		must(!strncmp(r.url, "https://", 8) || !strncmp(r.url, "unix:", 5));
	arena_done(&a);
}
