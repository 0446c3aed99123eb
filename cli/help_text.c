/* SPDX-License-Identifier: Apache-2.0 */
#include "help.h"

const char help_purpose[] = "tools for microcontroller software as isolated, signed services";

const char help_about[] =
	"Each service is a program with its own memory, rights, version and life. ms makes, builds, tests, signs and packs it, "
	"and runs several of them, isolated from one another, on an emulated board.\n\n"
	"Results go to standard output, talk to standard error. ms sends nothing to anybody, and uses the network "
	"only in verbs that are about the network; none is so far.";

const struct example help_examples[] = {
	{ "ms new hello", "make a service in the new folder 'hello'" },
	{ "ms run hello", "build it and watch it run on an emulated board" },
	{ NULL, NULL }
};

const struct status help_statuses[] = {
	{ 0, "success" },
	{ 1, "another failure" },
	{ 2, "misuse: an unknown verb or option, a missing operand" },
	{ 70, "a bug of ms; a report was written and its path printed" },
	{ 130, "interrupted by the user" },
	{ 0, NULL }
};

const struct status help_more_statuses[] = {
	{ 3, "the project's build or manifest is wrong" },
	{ 4, "tests ran and failed" },
	{ 5, "no verdict: a crash, a timeout" },
	{ 6, "a device, probe or tool is missing or busy" },
	{ 7, "a signature, hash or policy was refused" },
	{ 8, "incompatible: made for another target, ABI or amount of memory" },
	{ 9, "trouble with network, store or rig" },
	{ 10, "not authorised" },
	{ 11, "the lock file is out of date" },
	{ 0, NULL }
};

const struct example help_environment[] = {
	{ "MS_SDK", "the folder of the SDK, instead of the one that ms was installed with" },
	{ "MS_HOME", "one folder for keys, cache and reports, instead of XDG's" },
	{ "XDG_CONFIG_HOME , XDG_CACHE_HOME , XDG_STATE_HOME", "as the XDG base directory specification says" },
	{ "NO_COLOR", "not empty: no colour" },
	{ "SOURCE_DATE_EPOCH", "the time that stands in packages, in seconds; 0 when not set" },
	{ NULL, NULL }
};
