/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd.h"

#include <string.h>

#include "keychange.h"
#include "keyopen.h"
#include "keyring.h"
#include "name.h"
#include "passphrase.h"
#include "storekey.h"

static const char *role_text, *vendor, *label, *reason, *output, *product;
static bool passphrase, store;

static const struct opt options[] = {
	OPT_CHOOSE(0, "role", &role_text, "developer|integrator", "what the key may sign: services, or what a device runs (developer)"),
	OPT_TEXT(0, "vendor", "VENDOR", &vendor, OPT_ANY, "whose services it may sign (anybody's)"),
	OPT_TEXT(0, "label", "TEXT", &label, OPT_ANY, "a name for people"),
	OPT_FLAG(0, "passphrase", &passphrase, "new, rotate: the new key is kept under a passphrase, which is asked for"),
	PASSPHRASE_OPTION,
	OPT_FLAG(0, "store", &store, "trust, untrust: the key of a store's log, NAME+ID+KEY, or a file with that line"),
	OPT_TEXT(0, "reason", "TEXT", &reason, OPT_ANY, "revoke: why, in a line"),
	OPT_TEXT(0, "product", "DIR", &product, OPT_FOLDER, "revoke: in the product there, for all who build it"),
	OPT_TEXT('o', "output", "FILE", &output, OPT_FILE, "rotate, revoke: write the signed statement there"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms key list", "the keys that are yours or that you trust" },
	{ "ms key export >me.pem", "your public key, for those who shall trust you" },
	{ "ms key trust anna.pem --vendor example.org", "believe what that key signs for example.org" },
	{ "ms key trust --store store.example.org/log+5f0c3a1b+Aa...", "believe what that store's log signs" },
	{ "ms key untrust bd243fa7ab221ec6", "believe it no more" },
	{ "ms key new release --passphrase", "make another key of your own, which opens by a passphrase alone" },
	{ "ms key rotate release", "a new key under that name, and the old one's word for it" },
	{ "ms key revoke release --reason 'the laptop was stolen'", "whoever gets that statement refuses what the key has signed" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 7, "a file holds no key that ms can use, or what is said about a key is not to be believed" },
	{ 0, NULL }
};

const struct page page_key = {
	.options = options,
	.complete = OPT_CHOICE,
	.choices = "list|show|new|trust|untrust|export|rotate|revoke",
	.about = "Keys sign what you build, and say whom you believe. A key is named by the first 16 hexadecimal digits of its "
		 "thumbprint (RFC 9679). All are ECDSA P-256.\n\n"
		 "list: your own keys and those you trust. show [KEY]: one of them, all that is known. export [KEY]: its public half as "
		 "PEM. KEY is the name of an own key, a thumbprint's 16 digits, a file, or the URI of a key in a token (pkcs11:token=TOKEN;object=KEY); your developer key if left out.\n\n"
		 "new NAME: make a key of your own; the names 'developer' and 'integrator' are the keys that ms uses unasked, and makes "
		 "when it first needs them. trust FILE: believe what the key in that PEM file signs in its role. untrust KEY: believe it "
		 "no more. With --store: the key of a store's log, by which 'ms verify' and 'ms audit' believe it.\n\n"
		 "rotate NAME: make a new key that takes the name, role and vendor of an own one. The old one stays as NAME-KID and is believed as before; its signed "
		 "statement, NAME-KID.rotation, lets others trust the new one without a further word: 'ms key trust' and 'ms product add' take it.\n\n"
		 "revoke KEY: believe it no more, whatever else is said, and whenever it signed. For an own key the statement that it signs, KID.revocation, makes others do so: "
		 "'ms key revoke FILE' and 'ms product add FILE' take it. Another's key is revoked for yourself, or with --product for all who build that product.\n\n"
		 "--role, --vendor and --label are for new and trust. Private keys are never printed. With --passphrase or --passphrase-file a new one is kept as encrypted PKCS#8; "
		 "what signs with it asks on the terminal, or reads the first line of the file that --passphrase-file or MS_PASSPHRASE_FILE names.",
	.examples = examples,
	.statuses = statuses,
	.files = "keys/*.pem and trust/*.pem in the folder of settings: ~/.config/ms, or $MS_HOME/config. Own keys are readable by "
		 "you alone (mode 0600), and ms refuses others.",
	.json = "list: an event 'key' for each, with kid, thumbprint, role (null: own, but not trusted), vendor (null: anybody's), label, "
		"own, path and revoked (null, or when and why), and an event 'store_key' for each key of a store's log: log, key; result: count, without those. show, new and trust: result: key, the same fields. export: also pem. untrust: kid. "
		"rotate, revoke, and trust of a statement: an event 'key_statement' with says, kid, by, date, reason, signed and path; result: kid, and statement, the file that was written.",
};

/* An own key that is not trusted has no role. */
static const char *role_of(const struct trusted *t)
{
	return t->role < TRUST_ROLE_COUNT ? trust_role_name(t->role) : NULL;
}

static const char *thumbprint_text(const struct key_public *k, struct arena *a)
{
	struct text t = { 0 };

	for (size_t i = 0; i < sizeof(k->thumbprint); i++)
		text_add(&t, a, "%02x", k->thumbprint[i]);

	return t.at;
}

static json_t *key_json(const struct trusted *t, struct arena *a)
{
	return json_pack("{s:s, s:s, s:s?, s:o, s:o, s:b, s:o, s:o}", "kid", key_kid_text(t->key.kid, a),
			 "thumbprint", thumbprint_text(&t->key, a), "role", role_of(t), "vendor", out_string(t->vendor),
			 "label", out_string(t->label), "own", t->own, "path", out_string(t->path),
			 "revoked", out_string(t->revoked));
}

static enum trust_role chosen_role(void)
{
	return role_text && strcmp(role_text, "integrator") == 0 ? TRUST_INTEGRATOR : TRUST_DEVELOPER;
}

static int key_list(const char *word, struct arena *a, struct err *e)
{
	struct list all = { 0 };

	(void)word;
	int rc = keyring_list(&all, a, e);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < all.count; i++) {
		const struct trusted *t = all.at[i];
		out_line("%s%s%s  %-11s  %-4s  %-20s  %s%s%s", out_bold(), key_kid_text(t->key.kid, a), out_reset(),
			 role_of(t) ? role_of(t) : "not trusted", t->own ? "own" : "", t->vendor ? t->vendor : "any vendor", t->label,
			 t->revoked ? "  revoked " : "", t->revoked ? t->revoked : "");
		out_event("key", key_json(t, a));
	}
	int stores = storekey_list(a, e);
	if (stores < 0)
		return stores;
	if (all.count == 0 && !stores)
		out_say("there are no keys yet: ms makes one when it first needs it");
	out_field("count", json_integer((json_int_t)all.count));

	return MS_OK;
}

static int key_show(const char *word, struct arena *a, struct err *e)
{
	struct trusted t;

	int rc = keyring_find(word, a, &t, e);
	if (rc < 0)
		return rc;
	out_line("key         %s%s%s", out_bold(), key_kid_text(t.key.kid, a), out_reset());
	out_line("thumbprint  %s", thumbprint_text(&t.key, a));
	out_line("role        %s", role_of(&t) ? role_of(&t) : "not trusted");
	if (role_of(&t))
		out_line("vendor      %s", t.vendor ? t.vendor : "any vendor");
	if (*t.label)
		out_line("label       %s", t.label);
	if (t.revoked)
		out_line("revoked     %s", t.revoked);
	out_line("private     %s", t.own ? "yes, yours" : "no");
	out_line("file        %s", t.path);
	out_field("key", key_json(&t, a));

	return MS_OK;
}

static int key_export(const char *word, struct arena *a, struct err *e)
{
	struct trusted t;
	char *pem;

	int rc = keyring_find(word, a, &t, e);
	if (rc == MS_OK)
		rc = key_public_pem(&t.key, a, &pem, e);
	if (rc < 0)
		return rc;
	out_text(pem);
	out_field("key", key_json(&t, a));
	out_field("pem", json_string(pem));

	return MS_OK;
}

static void say_trusted(const struct trusted *t, struct arena *a)
{
	out_say("the key %s is trusted as %s of %s", key_kid_text(t->key.kid, a), trust_role_name(t->role),
		t->vendor ? t->vendor : "any vendor");
	out_field("key", key_json(t, a));
}

/* A wrong word on the command line is misuse, whoever found it. */
static int as_misuse(int rc, struct err *e)
{
	return rc == -MS_EINVAL || rc == -MS_EPROJECT ? e->code = -MS_EUSAGE : rc;
}

static int key_new(const char *word, struct arena *a, struct err *e)
{
	struct trusted t = { .role = chosen_role(), .vendor = vendor, .label = label ? label : word };

	if (!role_text && strcmp(word, "integrator") == 0)
		t.role = TRUST_INTEGRATOR;
	int rc = trust_new(word, &t, passphrase || passphrase_file ? keyopen_create_sealed : key_create, a, e);
	if (rc < 0)
		return as_misuse(rc, e);
	out_say("made '%s'", t.path);
	say_trusted(&t, a);

	return MS_OK;
}

/* What a trusted key says about the next one is enough. */
static int take_statement(const struct statement *s, struct arena *a, struct err *e)
{
	struct trusted t;

	int rc = trust_take(s, false, a, &t, e);
	if (rc < 0)
		return rc;
	keychange_say(s, &t, a);
	out_field("kid", json_string(key_kid_text(s->key.kid, a)));
	return MS_OK;
}

static int key_trust(const char *word, struct arena *a, struct err *e)
{
	struct statement s;
	int rc = MS_OK;

	if (store)
		return storekey_trust(word, a, e);
	if (keychange_is(word, a, &s, &rc, e))
		return rc < 0 ? rc : take_statement(&s, a, e);
	struct trusted t = { .role = chosen_role(), .vendor = vendor, .label = label ? label : keyring_name(word, a) };

	rc = keyopen_public(word, a, &t.key, e);
	if (rc == MS_OK)
		rc = trust_revoked(t.key.kid, a, e);
	if (rc < 0)
		return rc;
	rc = trust_add(&t, a, e);
	if (rc < 0)
		return as_misuse(rc, e);
	say_trusted(&t, a);

	return MS_OK;
}

static int key_untrust(const char *word, struct arena *a, struct err *e)
{
	uint8_t kid[COSE_KID_SIZE];
	struct trusted t;
	struct err none;

	if (store)
		return storekey_untrust(word, a, e);
	if (key_kid_parse(word, kid) < 0) {
		err_set(e, ERR_NOT_A_KID, "'%s' is not the 16 hexadecimal digits of a key", word);
		return err_fix(e, "'ms key list' shows them");
	}
	int rc = trust_remove(kid, a, e);
	if (rc == -MS_ENOENT && keyring_find(word, a, &t, &none) == MS_OK)
		return err_fix(e, "it is your own: remove '%s' if you need it no more", t.path);
	if (rc < 0)
		return rc;
	out_say("the key %s is not trusted any more", key_kid_text(kid, a));
	out_field("kid", json_string(key_kid_text(kid, a)));

	return MS_OK;
}

static int key_rotate(const char *word, struct arena *a, struct err *e)
{
	return keychange_rotate(word, passphrase, output, a, e);
}

static int key_revoke(const char *word, struct arena *a, struct err *e)
{
	return as_misuse(keychange_revoke(word, reason, product, output, a, e), e);
}

static const struct command {
	const char *name, *operand;	/* NULL: none */
	bool optional;			/* then it is the developer key */
	const char *options;		/* names of those that it takes, beside --passphrase-file */
	int (*run)(const char *word, struct arena *a, struct err *e);
} commands[] = {
	{ "list", NULL, true, "", key_list },
	{ "show", "KEY", true, "", key_show },
	{ "new", "NAME", false, "role vendor label passphrase", key_new },
	{ "trust", "FILE", false, "role vendor label store", key_trust },
	{ "untrust", "KEY", false, "store", key_untrust },
	{ "export", "KEY", true, "", key_export },
	{ "rotate", "NAME", false, "passphrase output", key_rotate },
	{ "revoke", "KEY", false, "reason product output", key_revoke },
};

enum { COMMAND_COUNT = sizeof(commands) / sizeof(commands[0]) };

static const struct command *find_command(const char *name, struct err *e)
{
	const char *names[COMMAND_COUNT];

	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
		names[i] = commands[i].name;
	}
	err_set(e, ERR_UNKNOWN_VERB, "'%s' is not a command of ms key", name);
	const char *nearest = opt_nearest(name, names, COMMAND_COUNT);
	if (nearest)
		err_fix(e, "did you mean 'ms key %s'?", nearest);
	else
		err_fix(e, "it is one of %s", page_key.choices);

	return NULL;
}

/* The first option that is given and is not for this command, or NULL. */
static const char *misplaced(const struct command *c)
{
	const struct { bool given; const char *name; } uses[] = {
		{ role_text, "role" }, { vendor, "vendor" }, { label, "label" }, { passphrase, "passphrase" }, { store, "store" },
		{ reason, "reason" }, { product, "product" }, { output, "output" },
	};

	for (size_t i = 0; i < sizeof(uses) / sizeof(*uses); i++)
		if (uses[i].given && !strstr(c->options, uses[i].name))
			return uses[i].name;
	return NULL;
}

static const char *usage(const struct command *c, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "usage: ms key %s%s%s", c->name, c->operand ? " " : "", c->operand ? c->operand : "");
	for (const struct opt *o = options; o->kind; o++)
		if (strstr(c->options, o->name))
			text_add(&t, a, " [--%s%s%s]", o->name, o->value ? " " : "", o->choices ? "ROLE" : o->value ? o->value : "");
	return t.at;
}

static int check_use(const struct command *c, const char *word, struct arena *a, struct err *e)
{
	const char *option = misplaced(c);

	if (word && !c->operand)
		err_set(e, ERR_OPERANDS, "'%s' is one operand too many", word);
	else if (!word && !c->optional)
		err_set(e, ERR_OPERANDS, "%s is missing", c->operand);
	else if (option)
		err_set(e, ERR_OPTIONS_DISAGREE, "'--%s' is not for 'ms key %s'", option, c->name);
	else
		return MS_OK;
	return err_fix(e, "%s", usage(c, a));
}

int cmd_key(int argc, char **argv, struct arena *a, struct err *e)
{
	const char *word = argc > 2 ? argv[2] : NULL;

	const struct command *c = find_command(argv[1], e);
	if (!c)
		return e->code;
	int rc = check_use(c, word, a, e);
	if (rc == MS_OK && vendor)
		rc = as_misuse(name_check_vendor(vendor, e), e);
	if (rc < 0)
		return rc;

	return c->run(word ? word : "developer", a, e);
}
