/* SPDX-License-Identifier: Apache-2.0 */
/* ms product: finds the command and hands it its operands; integrate.h has them. */
#include "cmd.h"

#include <string.h>

#include "integrate.h"
#include "locking.h"

struct integrate_options integrate_options;

#define AT(member) (&integrate_options.member)

static const struct opt options[] = {
	OPT_TEXT('b', "board", "BOARD", AT(board), OPT_BOARD, "init: the board it runs on (default: " SDK_BOARD_DEFAULT ")"),
	OPT_TEXT(0, "vendor", "VENDOR", AT(vendor), OPT_ANY, "init: who integrates it; add: the package's, in full, where it looks like another"),
	OPT_TEXT(0, "name", "NAME", AT(name), OPT_ANY, "init: the product's name (default: the folder's)"),
	OPT_TEXT(0, "trust", "KEY", AT(trust), OPT_FILE, "add: believe this public key from now on, for the package's vendor alone"),
	OPT_FLAG(0, "in-place", AT(in_place), "add: take the package from where it is, and copy nothing"),
	OPT_FLAG(0, "all", AT(all), "grant: all that the service asks for"),
	OPT_TEXT('k', "key", "FILE", AT(key), OPT_FILE, "build: sign with this private key of the integrator; verify: believe this key, too"),
	LOCKING_OPTIONS,
	OPT_END
};

static const struct example examples[] = {
	{ "ms product init --board mps2-an386 --vendor acme.example", "a product without services, in this folder" },
	{ "ms product add aes-1.0.0.msp --trust aes.pem", "a package, and the key of its developer for its vendor alone" },
	{ "ms product grant client aes", "let client call what it asks for of aes" },
	{ "ms product check", "would it be built, and what does it grant?" },
	{ "ms product build", "the device image as bin, HEX and ELF, bills of materials, evidence" },
	{ "ms product verify", "do they belong together, and who signed them?" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "product.yaml is wrong, or cannot be changed by a command" },
	{ 7, "a package is not to be believed, its vendor looks like another, or a request is neither granted nor denied" },
	{ 8, "a service does not run on this board, is granted what nobody has, or there is no room" },
	{ 11, "product.lock is not what is there" },
	{ 0, NULL }
};

const struct page page_product = {
	.options = options,
	.complete = OPT_CHOICE,
	.choices = "init|add|grant|check|build|verify",
	.about = "Puts a product together from other people's packages: product.yaml says what runs on the board and what each service may do, and these "
		 "commands write it without touching what a person wrote there.\n\n"
		 "init [DIR]: makes product.yaml.\n\n"
		 "add PACKAGE...: verifies packages, copies them into packages/, writes them into product.yaml and their SHA-256 into product.lock. The key that signed one must be trusted by the product "
		 "for the package's vendor; --trust KEY makes it so. A key signs for one vendor. A vendor that looks like another one (acme, acrne) is refused until it is "
		 "written in full. What is refused changes nothing.\n\n"
		 "grant SERVICE NAME...: lets a service have what it asks for: an interface, a device or a block of shared memory by its name, or all that it calls of "
		 "another service by that one's.\n\n"
		 "check [DIR]: all that a build would refuse. Nothing is granted by silence: a request that is neither granted nor listed under 'denies' "
		 "is refused by name, and what raises a service above others without a 'reason', too.\n\n"
		 "build [DIR]: writes out/product: the device image as NAME.bin, NAME.hex and NAME.elf, with the table signed by the integrator's key; what is in it as CycloneDX 1.6 and SPDX 2.3; "
		 "and evidence.json with its signature: what was asked for, what was granted, each difference, and the hash of each file. The same product, lock and key "
		 "give the same bytes. A key that signs services of the product cannot sign its table.\n\n"
		 "verify [DIR]: checks what build wrote (default: out/product): the evidence is signed by an integrator that is trusted, each file has its hash, the three forms hold the same, table and images are good, "
		 "and the bill of materials lists the very services of the table.",
	.examples = examples,
	.statuses = statuses,
	.files = "product.yaml (docs/manifest.md), product.lock (docs/lock.md), packages/, and trust/: a file for each key, with the vendor it may sign for. build: out/product.",
	.json = "init: an event \"written\": path, changed. add: \"product_added\" for each: name, vendor, version, package, kid, newly_trusted. "
		"grant: \"product_granted\" for each: service, kind, name, of (the service that provides it, or null). "
		"check: \"product_service\" for each: service, vendor, version, kid, ipc, devices, shared, denies (arrays of names); result: name, board, services. "
		"build: \"written\" for each file; result: name, board, services, kid. verify: \"finding\" for each check: file, what, ok, text.",
};

static const struct command {
	const char *name, *operands;
	int min, max;
	integrate_command *run;
} commands[] = {
	{ "init", "[DIR]", 0, 1, integrate_init },
	{ "add", "PACKAGE...", 1, 64, integrate_add },
	{ "grant", "SERVICE NAME...", 1, 64, integrate_grant },
	{ "check", "[DIR]", 0, 1, integrate_check },
	{ "build", "[DIR]", 0, 1, integrate_build },
	{ "verify", "[DIR]", 0, 1, integrate_verify },
};

enum { COMMAND_COUNT = sizeof(commands) / sizeof(commands[0]) };

static const struct command *find_command(const char *name, struct err *e)
{
	const char *names[COMMAND_COUNT];

	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		if (!strcmp(commands[i].name, name))
			return &commands[i];
		names[i] = commands[i].name;
	}
	const char *near = opt_nearest(name, names, COMMAND_COUNT);

	err_set(e, ERR_UNKNOWN_VERB, "'%s' is not a command of ms product", name);
	if (near)
		err_fix(e, "did you mean 'ms product %s'?", near);
	else
		err_fix(e, "it is one of %s", page_product.choices);
	return NULL;
}

/* The first option that is given and is not for this command, or NULL. */
static const char *misplaced(const char *command)
{
	const struct integrate_options *o = &integrate_options;
	const struct { bool given; const char *option, *for_commands; } uses[] = {
		{ o->board, "board", "init" }, { o->vendor, "vendor", "init add" }, { o->name, "name", "init" }, { o->trust, "trust", "add" },
		{ o->in_place, "in-place", "add" }, { o->all, "all", "grant" }, { o->key, "key", "build verify" },
	};

	for (size_t i = 0; i < sizeof(uses) / sizeof(*uses); i++)
		if (uses[i].given && !strstr(uses[i].for_commands, command))
			return uses[i].option;
	return NULL;
}

int cmd_product(int argc, char **argv, struct arena *a, struct err *e)
{
	const struct command *c = find_command(argv[1], e);
	int count = argc - 2;

	if (!c)
		return e->code;
	const char *option = misplaced(c->name);

	if (option)
		err_set(e, ERR_OPTIONS_DISAGREE, "'--%s' is not for 'ms product %s'", option, c->name);
	else if (count < c->min)
		err_set(e, ERR_OPERANDS, "%s is missing", c->operands);
	else if (count > c->max)
		err_set(e, ERR_OPERANDS, "'%s' is one operand too many", argv[2 + c->max]);
	else
		return c->run(argv + 2, count, a, e);
	return err_fix(e, "usage: ms product %s %s", c->name, c->operands);
}
