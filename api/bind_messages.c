/* SPDX-License-Identifier: Apache-2.0 */
#include "bind.h"

static void put_struct(struct text *t, const struct call *c, bool out, struct arena *a)
{
	struct items items = wire_items(c, out, a);

	if (items.count < 2)
		return;
	text_add(t, a, "\n%s {\n", wire_struct(c, out, a));
	for (uint32_t i = 0; i < items.count; i++) {
		const struct item *m = &items.at[i];

		text_add(t, a, "\t%s %s%s;\n", m->wire, m->name, m->bounds);
	}
	if (items.padding)
		text_add(t, a, "\tuint8_t reserved_[%llu];\n", (unsigned long long)items.padding);
	text_add(t, a, "};\n_Static_assert(sizeof(%s) == %llu, \"the same on every target\");\n", wire_struct(c, out, a),
		 (unsigned long long)(items.size + items.padding));
}

struct text bind_messages(const struct contract *k, struct arena *a)
{
	struct text t = { 0 };

	wire_begin(&t, k, arena_printf(a, "messages of the interface %s, the same on every target", k->name), a);
	text_add(&t, a, "#ifndef %s_MESSAGES_H\n#define %s_MESSAGES_H\n\n#include <stdbool.h>\n#include <stdint.h>\n\n#include \"%s\"\n\nenum {\n", k->word, k->word, k->file);
	for (uint32_t i = 0; i < k->count; i++)
		text_add(&t, a, "\t%s_MSG_%s = %u,\n", k->word, k->calls[i].word, k->calls[i].number);
	text_add(&t, a, "};\n");
	for (uint32_t i = 0; i < k->count; i++) {
		put_struct(&t, &k->calls[i], false, a);
		put_struct(&t, &k->calls[i], true, a);
	}
	text_add(&t, a, "\n#endif\n");
	return t;
}
