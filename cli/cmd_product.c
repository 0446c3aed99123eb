/* SPDX-License-Identifier: Apache-2.0 */
/* ms product: hands its commands what they are about; integrate.def lists them, a file cli/integrate_<name>.c each. */
#include "commands.h"
#include "integrate.h"

static const struct verb commands[] = {
#define COMMAND(name, operands, summary) { #name, "product", VERB_HIDDEN, operands, summary, integrate_##name, &page_integrate_##name },
#include "integrate.def"
#undef COMMAND
	{ .name = NULL }
};

static const struct example examples[] = {
	{ "ms product init --board mps2-an386 --vendor acme.example", "a product without services, in this folder" },
	{ "ms product add aes-1.0.0.msp --trust aes.pem", "a package, and the key of its developer for its vendor alone" },
	{ "ms product grant client aes", "let client call what it asks for of aes" },
	{ "ms product explain client", "what it may touch, and who granted it" },
	{ "ms product check", "would it be built, and what does it grant?" },
	{ "ms product tree", "the board's devices, their owners, and who said so" },
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
	.commands = commands,
	.about = "Puts a product together from other people's packages: product.yaml says what runs on the board and what each service may do, and these "
		 "commands write it without touching what a person wrote there. What a command cannot change without losing something it refuses.",
	.examples = examples,
	.statuses = statuses,
	.files = "product.yaml (docs/manifest.md), product.lock (docs/lock.md), packages/, trust/: a file for each key, with the vendor it may sign for; and out/product, which build writes.",
	.json = "What each command prints is on its own page. With --dry-run the events are those of what would be, and the result has dry_run: true.",
};

int cmd_product(int argc, char **argv, struct arena *a, struct err *e)
{
	int rc = commands_run(commands, argc, argv, a, e);

	if (rc < 0 || !integrate_dry_run)
		return rc;
	out_say("nothing was changed: --dry-run");
	out_field("dry_run", json_true());
	return rc;
}
