/* SPDX-License-Identifier: Apache-2.0 */
#include "complete.h"

#include <string.h>

static const struct example examples[] = {
	{ "source <(ms completion bash)", "complete in this shell from now on" },
	{ "ms completion bash >~/.local/share/bash-completion/completions/ms", "complete in every bash" },
	{ "ms completion zsh >~/.zfunc/_ms", "complete in zsh, if ~/.zfunc is in $fpath" },
	{ "ms completion fish >~/.config/fish/completions/ms.fish", "complete in fish" },
	{ NULL, NULL }
};

#define SHELLS "bash|zsh|fish"

const struct page page_completion = {
	.complete = OPT_CHOICE,
	.choices = SHELLS,
	.about = "Prints a script that lets a shell complete verbs, options, and their values. Names of boards are those of the SDK "
		 "that is installed when the key is pressed; all else is in the script.",
	.examples = examples,
	.json = "Result: script, the text.",
};

bool complete_takes_value(const struct opt *o)
{
	return o->help && o->value;
}

char *complete_words(const char *choices, struct arena *a)
{
	char *words = arena_printf(a, "%s", choices);

	for (char *c = words; *c; c++)
		if (*c == '|')
			*c = ' ';

	return words;
}

char *complete_verbs(struct arena *a)
{
	struct text t = { 0 };

	for (size_t i = 0; i < verb_count; i++)
		text_add(&t, a, "%s%s", i ? " " : "", verbs[i].name);

	return t.at;
}

int cmd_completion(int argc, char **argv, struct arena *a, struct err *e)
{
	static const struct shell { const char *name; char *(*script)(struct arena *a); } shells[] = {
		{ "bash", complete_bash }, { "zsh", complete_zsh }, { "fish", complete_fish },
	};

	(void)argc;
	for (size_t i = 0; i < sizeof(shells) / sizeof(shells[0]); i++) {
		if (strcmp(argv[1], shells[i].name) != 0)
			continue;
		const char *script = shells[i].script(a);
		out_text(script);
		out_field("script", json_string(script));
		return MS_OK;
	}

	err_set(e, ERR_OPTION_VALUE, "no completion for '%s'", argv[1]);
	return err_fix(e, "choose one of " SHELLS);
}
