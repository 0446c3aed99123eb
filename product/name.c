/* SPDX-License-Identifier: Apache-2.0 */
#include "name.h"

#include <string.h>

enum { NAME_MIN = 2, NAME_MAX = 40, VENDOR_MAX = 100, LABEL_MAX = 63 };

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

static bool is_one_of(const char *text, const char *const list[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(text, list[i]) == 0)
			return true;

	return false;
}

/* Names that stand for something else in log lines, folders or file systems. */
static bool is_reserved(const char *text)
{
	static const char *const reserved[] = {
		"kernel", "runtime", "ms", "psa", "out", "con", "prn", "aux", "nul",
	};

	if ((strncmp(text, "com", 3) == 0 || strncmp(text, "lpt", 3) == 0) && strspn(text + 3, DIGITS) == 1 && !text[4])
		return true;

	return is_one_of(text, reserved, sizeof(reserved) / sizeof(reserved[0]));
}

/* The nearest name to what was wanted: "My Service" gives "my-service"; "" when nothing is left of it. */
static const char *suggest(const char *text, char room[NAME_MAX + 1])
{
	size_t size = 0;

	for (; *text && size < NAME_MAX; text++) {
		char c = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;

		if (strchr(LOWER, c) || (size && strchr(DIGITS, c)))
			room[size++] = c;
		else if (size && room[size - 1] != '-')
			room[size++] = '-';
	}
	while (size && room[size - 1] == '-')
		size--;
	room[size >= NAME_MIN ? size : 0] = 0;

	return is_reserved(room) ? "" : room;
}

int name_check(const char *text, struct err *e)
{
	size_t size = strlen(text);
	char room[NAME_MAX + 1];
	const char *near = suggest(text, room);

	if (size < NAME_MIN) {
		err_set(e, ERR_NAME, "'%s' is too short for a name", text);
		return err_fix(e, "use %d to %d bytes, such as 'door-lock'", NAME_MIN, NAME_MAX);
	}
	if (size > NAME_MAX) {
		err_set(e, ERR_NAME, "a name of %zu bytes, expected at most %d", size, NAME_MAX);
		return err_fix(e, "choose a shorter one, such as '%s'", *near ? near : "door-lock");
	}
	if (strspn(text, LOWER DIGITS "-") != size || !strchr(LOWER, text[0]) || text[size - 1] == '-') {
		err_set(e, ERR_NAME, "'%s' cannot be a name", text);
		return err_fix(e, "use a to z, 0 to 9 and '-', beginning with a letter, such as '%s'", *near ? near : "door-lock");
	}
	if (is_reserved(text)) {
		err_set(e, ERR_NAME, "the name '%s' is reserved", text);
		return err_fix(e, "choose another, such as 'my-%s'", text);
	}

	return MS_OK;
}

static bool is_label(const char *at, size_t size)
{
	return size > 0 && size <= LABEL_MAX && strspn(at, LOWER DIGITS "-") >= size && at[0] != '-' && at[size - 1] != '-';
}

int name_check_vendor(const char *text, struct err *e)
{
	int labels = 0;

	for (const char *at = text;; labels++) {
		size_t size = strcspn(at, ".");

		if (!is_label(at, size))
			break;
		at += size;
		if (!*at && labels > 0 && strlen(text) <= VENDOR_MAX)
			return MS_OK;
		if (!*at++)
			break;
	}

	err_set(e, ERR_VENDOR, "'%.60s' cannot be a vendor", text);
	return err_fix(e, "use a DNS name that is yours, in lower case, such as 'example.org'");
}

/* Is a part of the path ".." or empty, or does it begin outside? */
static bool leaves(const char *path)
{
	for (const char *at = path;; at++) {
		size_t size = strcspn(at, "/");

		if (size == 0 || (size == 2 && memcmp(at, "..", 2) == 0))
			return true;
		at += size;
		if (!*at)
			return false;
	}
}

int name_check_path(const char *text, struct err *e)
{
	if (!leaves(text) && text[0] != '-' && !strpbrk(text, "\\:*?[]\"'$`\n"))
		return MS_OK;

	err_set(e, ERR_PATH, "'%.60s' is no path inside the project", text);
	return err_fix(e, "write it relative to ms.yaml, without '..', such as 'include'");
}

static bool ends_with(const char *text, const char *end)
{
	size_t size = strlen(text), tail = strlen(end);

	return size > tail && strcmp(text + size - tail, end) == 0;
}

int name_check_sources(const char *text, struct err *e)
{
	if (strstr(text, "**")) {
		err_set(e, ERR_PATH, "'**' is not known in '%.60s'", text);
		return err_fix(e, "name each folder, such as [ src/*.c, src/driver/*.c ]");
	}
	if (leaves(text) || text[0] == '-' || strpbrk(text, "\\:[]\"'$`\n")) {
		err_set(e, ERR_PATH, "'%.60s' is no path inside the project", text);
		return err_fix(e, "write it relative to ms.yaml, without '..', such as 'src/*.c'");
	}
	if (!ends_with(text, ".c") && !ends_with(text, ".S") && !ends_with(text, ".cpp")) {
		err_set(e, ERR_SOURCE_KIND, "'%.60s' names no C, C++ or assembly source", text);
		return err_fix(e, "end it with .c, .cpp or .S, such as 'src/*.c'");
	}

	return MS_OK;
}

int name_check_define(const char *text, struct err *e)
{
	size_t size = strspn(text, LOWER UPPER DIGITS "_");

	if (size && !strchr(DIGITS, text[0]) && (!text[size] || text[size] == '='))
		return MS_OK;

	err_set(e, ERR_DEFINITION, "'%.60s' is no definition for the preprocessor", text);
	return err_fix(e, "write NAME or NAME=value, without -D");
}

/* Flags that the SDK decides, and where else to say what they would. */
struct flag_rule { const char *begin, *fix; };
static const struct flag_rule refused[] = {
	{ "-I", "name the folder in 'include-dirs'" },
	{ "-i", "include headers in the sources, and name their folders in 'include-dirs'" },
	{ "-D", "name it in 'defines', without -D" },
	{ "-l", "name the library in 'libraries'" },
	{ "-L", "name the library in 'libraries'" },
	{ "-std", "say it in 'c-std'" },
	{ "-m", "the target decides the processor: name it in 'targets'" },
	{ "-fpic", "the ABI decides how position independence is made" },
	{ "-fPIC", "the ABI decides how position independence is made" },
	{ "-fpie", "the ABI decides how position independence is made" },
	{ "-fPIE", "the ABI decides how position independence is made" },
	{ "-fno-pic", "the ABI decides how position independence is made" },
	{ "-fno-PIC", "the ABI decides how position independence is made" },
	{ "-fno-pie", "the ABI decides how position independence is made" },
	{ "-fno-PIE", "the ABI decides how position independence is made" },
	{ "-ftls-model", "the ABI decides the model of thread-local storage" },
	{ "-ffixed-", "the ABI decides what each register is for" },
	{ "-fexceptions", "leave it out: there is nobody to throw to; return what went wrong" },
	{ "-frtti", "leave it out: the SDK has no library for it; a virtual function tells what an object is" },
	{ "-fplugin", "leave it out: a build runs no code of a project" },
	{ "-specs", "leave it out: the SDK decides what is linked" },
	{ "--specs", "leave it out: the SDK decides what is linked" },
	{ "-nostd", "leave it out: the SDK decides what is linked" },
	{ "-static", "leave it out: the SDK decides what is linked" },
	{ "-shared", "leave it out: the SDK decides what is linked" },
	{ "-pie", "leave it out: the SDK decides what is linked" },
	{ "-no-pie", "leave it out: the SDK decides what is linked" },
	{ "-Wl,", "leave it out: the SDK decides what is linked" },
	{ "-Wa,", "leave it out: write assembly in a .S file" },
	{ "-Wp,", "leave it out, or name it in 'defines'" },
	{ "-X", "leave it out: the SDK decides what is linked" },
	{ "-T", "leave it out: the SDK decides what is linked" },
	{ "-u", "leave it out: the SDK decides what is linked" },
	{ "-z", "leave it out: the SDK decides what is linked" },
	{ "-r", "leave it out: the SDK decides what is linked" },
	{ "-B", "leave it out: the SDK decides which tools run" },
	{ "-wrapper", "leave it out: the SDK decides which tools run" },
	{ "-o", "leave it out: ms decides where its output goes" },
	{ "-c", "leave it out: ms decides what is compiled" },
	{ "-E", "leave it out: ms decides what is compiled" },
	{ "-S", "leave it out: ms decides what is compiled" },
	{ "-x", "leave it out: ms decides what is compiled" },
	{ "-MM", "leave it out: ms keeps track of headers" },
	{ "-MF", "leave it out: ms keeps track of headers" },
	{ "-dump", "leave it out: ms decides what is written" },
	{ "-fdump", "leave it out: ms decides what is written" },
	{ "-aux-info", "leave it out: ms decides what is written" },
	{ "-save-temps", "leave it out: ms decides what is written" },
	{ "--", "write the short form" },
};

int name_check_flag(const char *text, struct err *e)
{
	if (text[0] != '-' || !text[1] || strpbrk(text, " \"'$`\\;|&<>(){}")) {
		err_set(e, ERR_COMPILER_FLAG, "'%.60s' is no compiler flag", text);
		return err_fix(e, "write one flag, such as -Wconversion, in each item");
	}
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		if (strncmp(text, refused[i].begin, strlen(refused[i].begin)) == 0) {
			err_set(e, ERR_COMPILER_FLAG, "the flag '%.60s' is not the project's to choose", text);
			return err_fix(e, "%s", refused[i].fix);
		}

	return MS_OK;
}

bool name_is_library_file(const char *text)
{
	return strchr(text, '/') || ends_with(text, ".a") || ends_with(text, ".o");
}

int name_check_library(const char *text, struct err *e)
{
	size_t size = strspn(text, LOWER UPPER DIGITS "-_+");

	if (size && !text[size] && text[0] != '-')
		return MS_OK;
	if (name_is_library_file(text)) {
		int rc = name_check_path(text, e);

		if (rc < 0 || ends_with(text, ".a") || ends_with(text, ".o"))
			return rc;
	}

	err_set(e, ERR_LIBRARY_NAME, "'%.60s' is no name of a library", text);
	return err_fix(e, "write one of the SDK without 'lib' and '.a', such as 'mbedcrypto', and one of others as its path in the project");
}
