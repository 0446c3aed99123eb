/* SPDX-License-Identifier: Apache-2.0 */
#include "trust.h"

#include <string.h>

#include "printable.h"

enum { FACT_MAX = 253 };	/* the longest name that DNS knows */

static const char first_line[] = "# A key that ms trusts (ms key trust).";

const char *trust_role_name(enum trust_role role)
{
	static const char *const names[] = { [TRUST_DEVELOPER] = "developer", [TRUST_INTEGRATOR] = "integrator" };
	return names[role];
}

bool trust_is_fact(const char *text)
{
	size_t size = strlen(text);

	if (size == 0 || size > FACT_MAX || text[0] == ' ' || text[size - 1] == ' ')
		return false;
	for (size_t at = 0, n; at < size; at += n) {
		n = printable_char(text + at, size - at);
		if (n == 0)
			return false;
	}
	return true;
}

static int check_fact(const char *name, const char *value, struct err *e)
{
	if (trust_is_fact(value))
		return MS_OK;
	err_set(e, ERR_KEY_FACTS, "'%s' cannot be the %s of a key", value, name);
	return err_fix(e, "use one line of at most %d printable characters", FACT_MAX);
}

int trust_file_write(const struct trusted *t, struct arena *a, struct bytes *content, struct err *e)
{
	struct text text = { 0 };
	char *pem;

	int rc = t->vendor ? check_fact("vendor", t->vendor, e) : MS_OK;
	if (rc == MS_OK && t->label && *t->label)
		rc = check_fact("label", t->label, e);
	if (rc == MS_OK)
		rc = key_public_pem(&t->key, a, &pem, e);
	if (rc < 0)
		return rc;

	text_add(&text, a, "%s\n# role: %s\n", first_line, trust_role_name(t->role));
	if (t->vendor)
		text_add(&text, a, "# vendor: %s\n", t->vendor);
	if (t->label && *t->label)
		text_add(&text, a, "# label: %s\n", t->label);
	text_add(&text, a, "%s", pem);
	*content = (struct bytes){ (uint8_t *)text.at, text.size };
	return MS_OK;
}

/* The facts while they are read; NULL is not said yet. */
struct facts { const char *role, *vendor, *label; };

static const char **fact_named(struct facts *f, const char *name)
{
	if (strcmp(name, "role") == 0)
		return &f->role;
	if (strcmp(name, "vendor") == 0)
		return &f->vendor;
	if (strcmp(name, "label") == 0)
		return &f->label;
	return NULL;
}

/* "# role: developer".  What we do not understand might restrict the key: it is refused. */
static int read_fact(char *line, struct facts *f, struct err *e)
{
	char *colon = strstr(line, ": ");
	const char *value = colon ? colon + 2 : "";

	if (colon)
		*colon = '\0';
	const char **fact = colon && strncmp(line, "# ", 2) == 0 ? fact_named(f, line + 2) : NULL;
	if (!fact)
		return err_set(e, ERR_TRUST_FILE, "this line is not known in the file of a trusted key");
	if (*fact)
		return err_set(e, ERR_TRUST_FILE, "the %s is said twice", line + 2);
	if (!trust_is_fact(value))
		return err_set(e, ERR_TRUST_FILE, "the %s is empty or not printable", line + 2);
	*fact = value;
	return MS_OK;
}

static int read_role(const char *role, struct trusted *t, struct err *e)
{
	for (int i = 0; i < TRUST_ROLE_COUNT; i++) {
		if (role && strcmp(role, trust_role_name((enum trust_role)i)) == 0) {
			t->role = (enum trust_role)i;
			return MS_OK;
		}
	}
	if (!role)
		return err_set(e, ERR_TRUST_FILE, "the role is missing");
	return err_set(e, ERR_TRUST_FILE, "'%s' is no role: developer or integrator", role);
}

int trust_file_read(struct bytes content, const char *path, struct arena *a, struct trusted *t, struct err *e)
{
	struct facts f = { 0 };
	int number = 0, rc = MS_OK;

	for (char *line = arena_string(a, content), *next; *line == '#' && rc == MS_OK; line = next) {
		char *end = line + strcspn(line, "\n");
		next = *end ? end + 1 : end;
		*end = '\0';
		if (++number > 1 || strcmp(line, first_line) != 0)
			rc = read_fact(line, &f, e);
	}
	if (rc == MS_OK)
		rc = read_role(f.role, t, e);
	if (rc < 0) {
		err_at(e, path, number ? number : 1, 0);
		return err_fix(e, "trust the key anew: ms key trust FILE --role ROLE");
	}

	t->vendor = f.vendor;
	t->label = f.label ? f.label : "";
	t->path = path;
	return MS_OK;
}
