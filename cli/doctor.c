/* SPDX-License-Identifier: Apache-2.0 */
#include "doctor.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "folders.h"
#include "process.h"
#include "toolchain.h"
#include "toolversion.h"
#include "version.h"

#define INSTALL "./install.sh"	/* in a checkout: it puts ms and its SDK in place */

enum { CLOCK_SLACK_SEC = 24 * 3600, YEAR_2100_SEC_K = 4102444 };

static void good(struct finding *f, const char *text)
{
	*f = (struct finding){ .text = text };
}

static void bad(struct finding *f, const char *text, const char *remedy)
{
	*f = (struct finding){ .bad = true, .text = text, .remedy = remedy };
}

static void look_at_sdk(const struct doctor *d, struct finding *f)
{
	struct err e = { 0 };
	struct sdk sdk;

	if (sdk_find(ms_version, d->a, &sdk, &e) < 0)
		return bad(f, arena_printf(d->a, "%s", e.text), getenv("MS_SDK") ? "unset MS_SDK" : INSTALL);
	good(f, sdk.root);
}

/* Are all these files of the SDK there?  Otherwise *f says which is not. */
static bool has_files(const struct doctor *d, const struct sdk *sdk, const char *const files[], const char *target, struct finding *f)
{
	for (; *files; files++) {
		const char *path = sdk_path(sdk, d->a, *files, target);

		if (!file_exists(path)) {
			bad(f, arena_printf(d->a, "'%s' is missing", path), INSTALL);
			return false;
		}
	}

	return true;
}

/* What each target of the SDK needs to be linked for. */
static void look_at_targets(const struct doctor *d, struct finding *f)
{
	static const char *const files[] = { "targets/%s/lib/libms.a", "targets/%s/picolibc/lib/libc.a", NULL };
	struct text names = { 0 };
	struct err e = { 0 };
	struct sdk sdk;

	if (sdk_find(ms_version, d->a, &sdk, &e) < 0)
		return bad(f, "without an SDK there are none", INSTALL);
	for (uint32_t i = 0; i < sdk.target_count; i++) {
		const char *name = target_name(sdk.targets[i]);

		if (!has_files(d, &sdk, files, name, f))
			return;
		text_add(&names, d->a, "%s%s", i ? " " : "", name);
	}
	good(f, names.at);
}

/* What `ms test` puts under a service. */
static void look_at_simulator(const struct doctor *d, struct finding *f)
{
	static const char *const files[] = {
		"hostsim/ms-sim.o", "hostsim/ms-prelink", "hostsim/include/ms/sim.h",
		"targets/%s/lib/libms.a", "targets/%s/picolibc/lib/libc.a", NULL
	};
	struct err e = { 0 };
	struct sdk sdk;

	if (sdk_find(ms_version, d->a, &sdk, &e) < 0)
		return bad(f, "without an SDK there is none", INSTALL);
	if (has_files(d, &sdk, files, "sim", f))
		good(f, sdk_path(&sdk, d->a, "hostsim"));
}

static void look_at_boards(const struct doctor *d, struct finding *f)
{
	struct text text = { 0 };
	struct list names = { 0 };
	struct err e = { 0 };
	struct sdk sdk;

	if (sdk_find(ms_version, d->a, &sdk, &e) < 0 || sdk_boards(&sdk, d->a, &names, &e) < 0 || !names.count)
		return bad(f, "the SDK has no board with a runtime", INSTALL);
	for (size_t i = 0; i < names.count; i++)
		text_add(&text, d->a, "%s%s", i ? " " : "", (const char *)names.at[i]);
	good(f, text.at);
}

static void look_at_tool(const struct doctor *d, const char *program, struct finding *f)
{
	const char *version = tool_version(program, d->a);

	if (version)
		return good(f, version);
	bad(f, arena_printf(d->a, process_find(program, d->a) ? "'%s' does not run" : "'%s' is not in PATH", program),
	    tool_remedy(program, d->a));
}

static void look_at_compiler(const struct doctor *d, struct finding *f)
{
	look_at_tool(d, "arm-none-eabi-gcc", f);
}

static void look_at_binutils(const struct doctor *d, struct finding *f)
{
	static const char *const others[] = { "arm-none-eabi-objcopy", "arm-none-eabi-strip", "arm-none-eabi-ar" };

	look_at_tool(d, "arm-none-eabi-ld", f);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]) && !f->bad; i++)
		if (!process_find(others[i], d->a))
			look_at_tool(d, others[i], f);
}

static void look_at_ninja(const struct doctor *d, struct finding *f)
{
	look_at_tool(d, "ninja", f);
}

static void look_at_emulator(const struct doctor *d, struct finding *f)
{
	look_at_tool(d, "qemu-system-arm", f);
}

static void look_at_host_compiler(const struct doctor *d, struct finding *f)
{
	look_at_tool(d, "gcc", f);
}

static void look_at_debugger(const struct doctor *d, struct finding *f)
{
	look_at_tool(d, "gdb-multiarch", f);
}

/* Tests of services include <cmocka.h> and link -lcmocka. */
static void look_at_test_library(const struct doctor *d, struct finding *f)
{
	static const char *const argv[] = {
		"gcc", "-fsyntax-only", "-x", "c", "-include", "stdarg.h", "-include", "stddef.h", "-include", "stdint.h",
		"-include", "setjmp.h", "-include", "cmocka.h", "/dev/null", NULL
	};
	struct process_result ran;
	struct err e = { 0 };

	if (process_run(argv, NULL, d->a, &ran, &e) == MS_OK && ran.status == 0)
		return good(f, "cmocka's header is found");
	bad(f, "gcc does not find cmocka.h", arena_printf(d->a, "%sapt-get install libcmocka-dev", geteuid() ? "sudo " : ""));
}

/* Can a file be made there? */
static void look_at_folder(const struct doctor *d, const char *path, struct finding *f)
{
	char *probe = arena_printf(d->a, "%s/.doctor-XXXXXX", path);
	struct err e = { 0 };

	if (file_make_folders(path, d->a, &e) < 0)
		return bad(f, arena_printf(d->a, "%s", e.text), "export MS_HOME=\"$HOME/ms\"");
	int fd = mkstemp(probe);
	if (fd < 0)
		return bad(f, arena_printf(d->a, "'%s' cannot be written", path), arena_printf(d->a, "chmod u+rwx '%s'", path));
	close(fd);
	unlink(probe);
	good(f, path);
}

static void look_at_config(const struct doctor *d, struct finding *f)
{
	look_at_folder(d, folder_config(d->a), f);
}

static void look_at_cache(const struct doctor *d, struct finding *f)
{
	look_at_folder(d, folder_cache(d->a), f);
}

static void look_at_state(const struct doctor *d, struct finding *f)
{
	look_at_folder(d, folder_state(d->a), f);
}

/* Where builds go: the folder we are in. */
static void look_at_space(const struct doctor *d, struct finding *f)
{
	struct statvfs fs;

	if (statvfs(".", &fs))
		return bad(f, "this folder cannot be looked at", "cd");
	uint64_t free_mib = (uint64_t)fs.f_bavail * fs.f_frsize >> 20;
	char *text = arena_printf(d->a, "%llu MiB free in this folder", (unsigned long long)free_mib);
	if (free_mib >= d->space_mib_min)
		return good(f, text);
	bad(f, arena_printf(d->a, "%s, expected %u", text, d->space_mib_min), "df -h .");
}

/* The SDK cannot have been made tomorrow. */
static void look_at_clock(const struct doctor *d, struct finding *f)
{
	time_t now = time(NULL), made = 0;
	struct err e = { 0 };
	struct stat st;
	struct sdk sdk;

	if (sdk_find(ms_version, d->a, &sdk, &e) == MS_OK && stat(sdk_path(&sdk, d->a, "VERSION"), &st) == 0)
		made = st.st_mtime;
	char *text = arena_printf(d->a, "%.24s", ctime(&now));
	if (now + CLOCK_SLACK_SEC >= made && now / 1000 < YEAR_2100_SEC_K)
		return good(f, text);
	bad(f, arena_printf(d->a, "%s is before the SDK was made, or far away", text),
	    arena_printf(d->a, "%stimedatectl set-ntp true", geteuid() ? "sudo " : ""));
}

static void look_at_keys(const struct doctor *d, struct finding *f)
{
	const char *folder = path_join(d->a, folder_config(d->a), "keys");
	struct list paths = { 0 };
	struct err e = { 0 };
	struct stat st;

	if (!file_is_folder(folder))
		return good(f, "none so far");
	if (file_glob(folder, "*.pem", d->a, &paths, &e) < 0)
		return bad(f, arena_printf(d->a, "%s", e.text), arena_printf(d->a, "chmod u+rx '%s'", folder));
	for (size_t i = 0; i < paths.count; i++) {
		const char *path = path_join(d->a, folder, paths.at[i]);

		if (stat(path, &st) == 0 && st.st_mode & (S_IRWXG | S_IRWXO))
			return bad(f, arena_printf(d->a, "'%s' can be read by others", path), arena_printf(d->a, "chmod 600 '%s'", path));
	}
	good(f, arena_printf(d->a, "%zu, for their owner's eyes only", paths.count));
}

const struct doctor_check doctor_checks[] = {
	{ "SDK", false, look_at_sdk },
	{ "targets", false, look_at_targets },
	{ "boards", false, look_at_boards },
	{ "simulator", false, look_at_simulator },
	{ "compiler", false, look_at_compiler },
	{ "binutils", false, look_at_binutils },
	{ "ninja", false, look_at_ninja },
	{ "emulator", false, look_at_emulator },
	{ "host compiler", false, look_at_host_compiler },
	{ "test library", false, look_at_test_library },
	{ "debugger", true, look_at_debugger },
	{ "config folder", false, look_at_config },
	{ "cache folder", false, look_at_cache },
	{ "state folder", false, look_at_state },
	{ "disk space", false, look_at_space },
	{ "clock", false, look_at_clock },
	{ "keys", false, look_at_keys },
};

const size_t doctor_check_count = sizeof(doctor_checks) / sizeof(doctor_checks[0]);
