/* SPDX-License-Identifier: Apache-2.0 */
/* The closed list of a package's members. */
#include "package_header.h"
#include "target.h"

/* A path of segments of letters, digits, '.', '_' and '-'. */
bool package_name_ok(struct bytes name)
{
	size_t segment = 0;

	if (name.size > PACKAGE_NAME_MAX)
		return false;
	for (size_t i = 0; i <= name.size; i++) {
		uint8_t c = i < name.size ? name.at[i] : '/';
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

		if (!letter && c != '.' && c != '_' && c != '-' && c != '/')
			return false;
		if (c != '/')
			continue;
		struct bytes part = bytes_part(name, segment, i - segment);
		if (part.size == 0 || bytes_equal(part, BYTES_LITERAL(".")) || bytes_equal(part, BYTES_LITERAL("..")))
			return false;
		segment = i + 1;
	}
	return true;
}

/* What stands between a beginning and an end; false when the name is not of this form, or that is empty or has a '/'. */
static bool between(struct bytes name, struct bytes start, struct bytes end, struct bytes *middle)
{
	if (name.size <= start.size + end.size)
		return false;

	*middle = bytes_part(name, start.size, name.size - start.size - end.size);
	for (size_t i = 0; i < middle->size; i++) {
		if (middle->at[i] == '/')
			return false;
	}
	return bytes_equal(bytes_part(name, 0, start.size), start) &&
	       bytes_equal(bytes_part(name, name.size - end.size, end.size), end);
}

static bool is_kid(struct bytes text)
{
	for (size_t i = 0; i < text.size; i++) {
		uint8_t c = text.at[i];

		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
			return false;
	}
	return text.size == 16;
}

/* A file of a project: nothing hidden, and nothing of what is built. */
static bool is_source(struct bytes name)
{
	const struct bytes folder = BYTES_LITERAL(PACKAGE_SOURCE_FOLDER), built = BYTES_LITERAL("source/out/");

	if (name.size <= folder.size || !bytes_equal(bytes_part(name, 0, folder.size), folder) || bytes_equal(bytes_part(name, 0, built.size), built))
		return false;
	for (size_t i = folder.size; i < name.size; i++) {
		if (name.at[i] == '.' && name.at[i - 1] == '/')
			return false;
	}
	return true;
}

static bool is_kind(struct bytes name, enum package_kind kind)
{
	struct bytes middle;

	switch (kind) {
	case PACKAGE_IS_MANIFEST:
		return bytes_equal(name, BYTES_LITERAL(PACKAGE_MANIFEST));
	case PACKAGE_IS_SIGNATURE:
		return between(name, BYTES_LITERAL("META/sig/"), BYTES_LITERAL(".cose"), &middle) && is_kid(middle);
	case PACKAGE_IS_LICENSE:
		return between(name, BYTES_LITERAL("META/licenses/"), BYTES_LITERAL(""), &middle);
	case PACKAGE_IS_SBOM:
		return bytes_equal(name, BYTES_LITERAL(PACKAGE_SBOM));
	case PACKAGE_IS_ELF:
		return between(name, BYTES_LITERAL("elf/"), BYTES_LITERAL(".elf"), &middle) && target_number(middle) != 0;
	case PACKAGE_IS_HEADER:
		return between(name, BYTES_LITERAL("include/"), BYTES_LITERAL(".h"), &middle);
	case PACKAGE_IS_OVERLAY:
		return between(name, BYTES_LITERAL("overlays/"), BYTES_LITERAL(".dtbo"), &middle);
	case PACKAGE_IS_SOURCE_MANIFEST:
		return bytes_equal(name, BYTES_LITERAL(PACKAGE_SOURCE_MANIFEST));
	case PACKAGE_IS_SOURCE:
		return is_source(name);
	case PACKAGE_KIND_COUNT:
		break;
	}
	return false;
}

bool package_name_kind(struct bytes name, enum package_kind *kind)
{
	if (!package_name_ok(name))
		return false;
	for (unsigned k = PACKAGE_IS_MANIFEST; k < PACKAGE_KIND_COUNT; k++) {
		if (is_kind(name, (enum package_kind)k)) {
			*kind = (enum package_kind)k;
			return true;
		}
	}
	return false;
}
