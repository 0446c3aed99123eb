/* SPDX-License-Identifier: Apache-2.0 */
#include "filekind.h"

#include <string.h>

#include "cose.h"
#include "device_believe.h"
#include "source_archive.h"
#include "toolchain.h"
#include "version.h"

const char *filekind_name(enum filekind kind)
{
	static const char *const names[] = {
		[FILEKIND_UNKNOWN] = "unknown", [FILEKIND_ELF] = "executable", [FILEKIND_IMAGE] = "image", [FILEKIND_PACKAGE] = "package",
		[FILEKIND_DEVICE] = "device image", [FILEKIND_TABLE] = "table", [FILEKIND_PROVISION] = "provisioning sector",
		[FILEKIND_SIGNATURE] = "signature block", [FILEKIND_KEY] = "key", [FILEKIND_SOURCE] = "source package",
	};

	return names[kind];
}

static bool has(struct bytes content, size_t at, const char *text)
{
	struct bytes wanted = { (const uint8_t *)text, strlen(text) };

	return bytes_equal(bytes_part(content, at, wanted.size), wanted);
}

/* The board whose provisioning sector lies where that board has it. */
static bool find_board(struct bytes content, struct arena *a, struct board *out)
{
	struct list names = { 0 };
	struct err ignored = { 0 };
	struct sdk sdk;

	if (sdk_find(ms_version, a, &sdk, &ignored) < 0 || sdk_boards(&sdk, a, &names, &ignored) < 0)
		return false;
	for (size_t i = 0; i < names.count; i++)
		if (sdk_board(&sdk, names.at[i], a, out, &ignored) == MS_OK && device_is_for(content, out))
			return true;
	return false;
}

enum filekind filekind_of(struct bytes content, struct arena *a, struct board *board)
{
	if (has(content, 0, "\x7f" "ELF"))
		return FILEKIND_ELF;
	if (has(content, 0, "MSI1"))
		return FILEKIND_IMAGE;
	if (has(content, 0, "MST1"))
		return FILEKIND_TABLE;
	if (has(content, 0, "MSP1"))
		return FILEKIND_PROVISION;
	if (has(content, 0, "\xd2\x84\x58\x18") && content.size == COSE_BLOCK_SIZE)
		return FILEKIND_SIGNATURE;
	if (has(content, 257, "ustar"))
		return source_is(content) ? FILEKIND_SOURCE : FILEKIND_PACKAGE;
	if (memmem(content.at, content.size < 4096 ? content.size : 4096, "-----BEGIN ", 11))
		return FILEKIND_KEY;
	return find_board(content, a, board) ? FILEKIND_DEVICE : FILEKIND_UNKNOWN;
}
