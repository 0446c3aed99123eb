/* SPDX-License-Identifier: Apache-2.0 */
#include "err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/*
 * Format into a fixed field.  By way of a copy, since the arguments may lie in
 * the very err that is filled ("%s", e->text); what is too long ends in "...".
 */
static void fill(char *field, size_t size, const char *format, va_list args)
{
	char text[sizeof(((struct err *)0)->text)];

	int length = vsnprintf(text, size, format, args);
	if (length >= (int)size) {
		size_t cut = size - 4;
		while (cut > 0 && ((unsigned char)text[cut] & 0xc0) == 0x80)
			cut--;
		memcpy(text + cut, "...", 4);
	}
	strcpy(field, text);
}

static const struct row { int number, code; bool general; } rows[] = {
#define ERR_AREA(first, title)
#define ERR_CODE(number, name, error, title) { number, -MS_##error, false },
#define ERR_GENERAL(number, name, error, title) { number, -MS_##error, true },
#include "err_codes.def"
#undef ERR_AREA
#undef ERR_CODE
#undef ERR_GENERAL
};

/* A row by its number, or the general one for a -MS_E...; NULL if there is none. */
static const struct row *row_of(int what)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (what == rows[i].number || (rows[i].general && what == rows[i].code))
			return &rows[i];
	return NULL;
}

__attribute__((format(printf, 3, 0)))
static int set(struct err *e, int what, const char *format, va_list args)
{
	char text[sizeof(e->text)] = "";
	const struct row *row = row_of(what);
	unsigned number = row ? (unsigned)row->number : ERR_INPUT_OUTPUT;

	fill(text, sizeof(text), format, args);
	*e = (struct err){ .code = row ? row->code : what };
	snprintf(e->id, sizeof(e->id), "MS%u", number % 10000);
	memcpy(e->text, text, sizeof(text));
	return e->code;
}

int err_set(struct err *e, int what, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	int code = set(e, what, format, args);
	va_end(args);
	return code;
}

/* The host's number on our scale.  What has no name of its own is failed input or output. */
static int from_errno(int number)
{
	switch (number) {
	case EPERM: return -MS_EPERM;
	case ENOENT: case ENOTDIR: return -MS_ENOENT;
	case EINTR: return -MS_EINTR;
	case ENXIO: return -MS_ENXIO;
	case EAGAIN: return -MS_EAGAIN;
	case ENOMEM: return -MS_ENOMEM;
	case EACCES: case EROFS: return -MS_EACCES;
	case EFAULT: return -MS_EFAULT;
	case EBUSY: case ETXTBSY: case ENOTEMPTY: return -MS_EBUSY;
	case EEXIST: return -MS_EEXIST;
	case ENODEV: return -MS_ENODEV;
	case EINVAL: case EISDIR: case ELOOP: case ENAMETOOLONG: return -MS_EINVAL;
	case EFBIG: return -MS_EFBIG;
	case ENOSPC: case EDQUOT: return -MS_ENOSPC;
	case ERANGE: return -MS_ERANGE;
	case EDEADLK: return -MS_EDEADLK;
	case ENOSYS: return -MS_ENOSYS;
	case ETIMEDOUT: return -MS_ETIMEDOUT;
	case EOVERFLOW: return -MS_EOVERFLOW;
	case ECANCELED: return -MS_ECANCELED;
	default: return -MS_EIO;
	}
}

/* What helps against it wherever it happens; callers that know better say so with err_fix. */
static const char *usual_fix(int number)
{
	switch (number) {
	case ENOSPC: case EDQUOT: return "make room on that disk and run the command again";
	case EROFS: return "use a folder on a file system that can be written";
	case EFBIG: return "raise the limit of a file's size (ulimit -f)";
	case EACCES: case EPERM: return "check owner and permissions of it and of the folders above";
	case EMFILE: case ENFILE: return "raise the limit of open files (ulimit -n)";
	default: return "";
	}
}

int err_errno(struct err *e, const char *format, ...)
{
	int number = errno;
	va_list args;

	va_start(args, format);
	int code = set(e, from_errno(number), format, args);
	va_end(args);

	size_t used = strlen(e->text);
	snprintf(e->text + used, sizeof(e->text) - used, ": %s", strerror(number));
	strcpy(e->fix, usual_fix(number));
	return code;
}

int err_fix(struct err *e, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fill(e->fix, sizeof(e->fix), format, args);
	va_end(args);
	return e->code;
}

int err_at(struct err *e, const char *file, int line, int column)
{
	snprintf(e->file, sizeof(e->file), "%s", file);
	e->line = line;
	e->column = column;
	return e->code;
}

int err_at_shown(struct err *e, const char *file, int line, int column)
{
	e->shown = true;
	return err_at(e, file, line, column);
}

/* What programs of the PC have to tell apart and no device knows, by its code: what was locked, for scripts that build with --locked; rigs and stores that cannot be reached. */
static int status_by_id(const struct err *e)
{
	static const struct { const char *id; int status; } own[] = {
		{ "MS2302", 11 }, { "MS2303", 11 }, { "MS2604", 10 }, { "MS2806", 10 }, { "MS2808", 9 }, { "MS2810", 10 }, { "MS2811", 9 }, { "MS2812", 10 },
		{ "MS2813", 10 }, { "MS3007", 9 },
	};

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (!strcmp(e->id, own[i].id))
			return own[i].status;
	return err_is_of_rig(e) ? 9 : 0;
}

bool err_is_of_rig(const struct err *e)
{
	return e->code && !strncmp(e->id, "MS26", 4);
}

int err_exit_status(const struct err *e)
{
	if (e->code && status_by_id(e))
		return status_by_id(e);
	switch (-e->code) {
	case MS_OK: return 0;
	case MS_EUSAGE: return 2;
	case MS_EPROJECT: return 3;
	case MS_ETESTS: return 4;
	case MS_EVERDICT: return 5;
	case MS_ETOOL: return 6;
	case MS_EFORMAT: case MS_ESIGNATURE: return 7;
	case MS_EINCOMPATIBLE: return 8;
	case MS_EINTR: return 130;
	default: return 1;
	}
}

const char *err_name(int code)
{
	switch (-code) {
	case MS_OK: return "OK";
#define MS_ERROR(number, name, text) case number: return #name;
#include <ms/abi/errors.def>
#undef MS_ERROR
	default: return "UNKNOWN";
	}
}
