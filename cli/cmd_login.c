/* SPDX-License-Identifier: Apache-2.0 */
/* ms login: what is asked on a terminal or signed is done here, the rest by ms-store. */
#include "cmd.h"

#include <unistd.h>

#include "passphrase.h"
#include "storesend.h"
#include "storewish.h"

static struct login_wish wish;
static const char *key;

static const struct opt options[] = {
	LOGIN_OPTIONS(&wish),
	OPT_TEXT('k', "key", "FILE", &key, OPT_FILE, "with --claim: sign with this private key, a file or pkcs11:URI (default: your developer key)"),
	PASSPHRASE_OPTION,
	OPT_END
};

static const struct opt handed_on[] = { LOGIN_OPTIONS(&wish), CLAIMED_OPTION(&wish), OPT_END };

static const struct example examples[] = {
	{ "ms login https://store.example.org --claim example.org", "the name space example.org becomes yours there, by your developer key" },
	{ "ms login URL --claim a.org --certificate C --certificate-key K", "the same, with a proof that the domain is yours" },
	{ "ms login https://store.example.org <token", "with a token that the owner of a name space has made" },
	{ "ms login https://store.lan --ca lan.pem", "a store with an authority of its own; the token is asked for" },
	{ "ms login", "where am I logged in?" },
	{ "ms login URL --claim a.org --key second.pem --token-file owner.token", "the owner of a.org lets another key in" },
	{ "ms login --remove https://store.example.org", "forget your tokens there" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 9, "the store cannot be reached, or what answers is none" },
	{ 10, "the store does not know the token, gives the name space to nobody else, or shows no certificate that is believed" },
	{ 0, NULL }
};

const struct page page_login = {
	.options = options,
	.about = "Keeps a token of a store at URL, by which 'ms publish', 'ms yank' and 'ms token' act there. The token is asked for on the terminal, or is the first line of standard input or of --token-file; "
		 "it stands on no command line, and is shown nowhere. The store is asked whether the token counts before it is kept.\n\n"
		 "--claim VENDOR gets one by your developer key: the store gives out a number, and the key signs it together with the name of the store, the address that you wrote, and VENDOR, the 'vendor' of your ms.yaml. A name space that is nobody's "
		 "becomes yours; of one that has your key already you get another token. It lasts 90 days. A token of the name space's owner beside it (--token-file) lets in a key that is not known yet, an administrator's gives a name space that others may not have.\n\n"
		 "--certificate and --certificate-key prove that the domain VENDOR is yours, as its web server does: the claim is signed by that key, too. It counts where the store believes the certificate's authority and the name space is new; from then on its log says so.\n\n"
		 "A token is kept for each store and name space; 'ms publish' and 'ms yank' take the one of the vendor at hand, and an administrator's where there is none.\n\n"
		 "Addresses are https://HOST, or http on this computer alone. Without URL it lists where you are logged in. To believe a store's log is another thing: 'ms key trust --store'.",
	.examples = examples,
	.statuses = statuses,
	.files = "stores/ in the folder of settings: a file for each store and name space, of mode 0600, with address and token. Others that may read it are a failure.",
	.json = "The result has url, store (its name), key (of its log), trusted (whether you trust that key) and publisher (whose token it is: a name space, 'administrator', or null if the store does not say); with --claim, proof (how the name space was proven: certificate, none). Without URL: an event 'store_login' (url, publisher) for each, and logins, their number.",
};

static int ask(const char *url, struct arena *a, const char **token, struct err *e)
{
	struct passphrase p;

	int rc = passphrase_ask(arena_printf(a, "token for %s", url), &p, e);
	if (rc >= 0)
		*token = arena_printf(a, "%s\n", p.text);
	passphrase_forget(&p);
	return rc;
}

int cmd_login(int argc, char **argv, struct arena *a, struct err *e)
{
	const char *text = NULL;

	if (argc == 1 && (wish.claim || wish.remove || wish.token_file)) {
		err_set(e, ERR_OPERANDS, "it is not said which store");
		return err_fix(e, "write its address behind it: ms login https://store.example.org");
	}
	if (wish.remove && (wish.claim || wish.token_file))
		return err_set(e, ERR_OPTIONS_DISAGREE, "--remove does not go together with --claim and --token-file");
	if (!wish.certificate != !wish.certificate_key || (wish.certificate && !wish.claim)) {
		err_set(e, ERR_OPTIONS_DISAGREE, "a proof of a domain is a certificate and its key, and goes with a claim");
		return err_fix(e, "--claim VENDOR --certificate FILE --certificate-key FILE");
	}
	if (wish.claim) {
		const struct store_at at = { .url = argv[1], .ca = wish.ca };

		int rc = argc > 1 ? storesend_claim(&at, wish.claim, key, a, &text, e) : MS_OK;
		if (rc < 0)
			return rc;
		wish.claimed = true;
		wish.claim = NULL;
	} else if (argc > 1 && !wish.remove && !wish.token_file && cmd_may_ask()) {
		int rc = ask(argv[1], a, &text, e);

		if (rc < 0)
			return rc;
	}
	return text ? storesend_text(handed_on, text, argc, argv, a, e) : storesend(handed_on, argc, argv, a, e);
}
