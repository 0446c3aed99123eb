/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Verbs of ms that ask a store.  ms itself links nothing of the network: it reads the options, does what needs no store (builds, verifies, signs), and becomes
 * ms-store, which asks (companion_become_verb).  Their options stand here once, for both programs: ms shows them in its help, ms-store is given them.
 *
 * To add such a verb NAME, besides what each verb needs (cli/cmd.h):
 *   here		struct NAME_wish, and NAME_OPTIONS with its rows
 *   cli/cmd_NAME.c	page_NAME, and cmd_NAME, which ends in storesend (cli/storesend.h)
 *   store/client/NAME.c	NAME_options, and command_NAME, which begins with connect_store (store/client/connect.h)
 *   store/commands.def	its row: VERB(NAME, fewest operands, most)
 *   store/build.ninja, cli/build.ninja	two lines each
 */
#ifndef STOREWISH_H
#define STOREWISH_H

#include "category.h"
#include "opt.h"

/* Which store, and as whom. */
struct store_at { const char *url, *ca, *token_file; };
#define STORE_AT_OPTIONS(at) \
	OPT_TEXT('s', "store", "URL", &(at)->url, OPT_ANY, "the store (default: MS_STORE, or the only one that you are logged in to)"), \
	OPT_TEXT(0, "ca", "FILE", &(at)->ca, OPT_FILE, "believe these authorities of HTTPS (PEM) in place of this computer's"), \
	OPT_TEXT(0, "token-file", "FILE", &(at)->token_file, OPT_FILE, "the token is the first line of FILE (default: the one of 'ms login' for the vendor)")

struct login_wish { const char *ca, *token_file, *claim, *certificate, *certificate_key; bool remove, claimed; };
#define LOGIN_OPTIONS(w) \
	OPT_TEXT(0, "claim", "VENDOR", &(w)->claim, OPT_ANY, "get a token by your developer key, for the name space VENDOR, which becomes yours if it is nobody's"), \
	OPT_TEXT(0, "token-file", "FILE", &(w)->token_file, OPT_FILE, "the token is the first line of FILE (default: standard input, or asked for); with --claim it vouches for the claim"), \
	OPT_TEXT(0, "ca", "FILE", &(w)->ca, OPT_FILE, "believe these authorities of HTTPS (PEM) in place of this computer's, from now on"), \
	OPT_TEXT(0, "certificate", "FILE", &(w)->certificate, OPT_FILE, "with --claim: prove that the domain is yours by its certificate (PEM), those that lead to an authority behind it"), \
	OPT_TEXT(0, "certificate-key", "FILE", &(w)->certificate_key, OPT_FILE, "with --claim: the private key of that certificate"), \
	OPT_FLAG(0, "remove", &(w)->remove, "forget your tokens of the store")
/* Between the two programs alone: standard input is the signed claim. */
#define CLAIMED_OPTION(w) OPT_FLAG(0, "claimed", &(w)->claimed, "a claim comes in")

struct token_wish { struct store_at at; struct list scopes; uint32_t days; const char *label, *output, *publisher; };
#define TOKEN_OPTIONS(w) \
	OPT_LIST(0, "scope", "SCOPE", &(w)->scopes, OPT_ANY, "create: what it may, stage, publish, state or owner; may be given several times"), \
	OPT_NUMBER(0, "days", "N", &(w)->days, 1, 90, "create: how long it lasts (default: 30)"), \
	OPT_TEXT(0, "label", "TEXT", &(w)->label, OPT_ANY, "create: what it is for, for people; it has to be said"), \
	OPT_TEXT('o', "output", "FILE", &(w)->output, OPT_FILE, "create: write it into FILE, of mode 0600, and show it nowhere"), \
	OPT_TEXT(0, "publisher", "VENDOR", &(w)->publisher, OPT_ANY, "whose tokens (default: those of the only name space of which you have a token there)"), \
	STORE_AT_OPTIONS(&(w)->at)

struct publish_wish { struct store_at at; bool stage, approve, dry_run, claim, claimed; };
#define PUBLISH_OPTIONS(w) \
	OPT_FLAG('n', "dry-run", &(w)->dry_run, "make all checks here and at the store, and change nothing"), \
	OPT_FLAG(0, "stage", &(w)->stage, "others see it once it is approved"), \
	OPT_FLAG(0, "approve", &(w)->approve, "of what is staged: it is this very package, and others shall see it"), \
	OPT_FLAG(0, "claim", &(w)->claim, "if the vendor's name space is nobody's, or you have no token of it: claim it by your developer key"), \
	STORE_AT_OPTIONS(&(w)->at)

struct yank_wish { struct store_at at; const char *reason, *words, *replacement; bool undo, deprecate, dry_run; };
#define YANK_OPTIONS(w) \
	OPT_TEXT(0, "reason", "TEXT", &(w)->reason, OPT_ANY, "why: a word for programs, such as vulnerable or broken, or a sentence for people"), \
	OPT_TEXT(0, "words", "TEXT", &(w)->words, OPT_ANY, "why, for people, where the reason is a word"), \
	OPT_TEXT(0, "replacement", "VERSION", &(w)->replacement, OPT_ANY, "what to use in its place: another version, or VENDOR/NAME"), \
	OPT_FLAG(0, "deprecate", &(w)->deprecate, "only say that it is not to be used any more: it is still found where nothing better is"), \
	OPT_FLAG(0, "undo", &(w)->undo, "make it live again"), \
	OPT_FLAG('n', "dry-run", &(w)->dry_run, "say what would change, and change nothing"), \
	STORE_AT_OPTIONS(&(w)->at)

/* A store that is read: its folder or a mirror's does as well as its address. */
#define STORE_FROM_OPTIONS(at) \
	OPT_TEXT('s', "store", "URL|DIR", &(at)->url, OPT_FOLDER, "the store, or the folder of one or of a mirror (default: MS_STORE, or the only store that you are logged in to)"), \
	OPT_TEXT(0, "ca", "FILE", &(at)->ca, OPT_FILE, "believe these authorities of HTTPS (PEM) in place of this computer's")
/* Between the two programs alone: the product into which it is to fit (fitframe.h). */
#define FRAME_OPTION(to) OPT_TEXT(0, "frame", "FILE", (to), OPT_FILE, "a product")

struct search_wish { struct store_at at; const char *category, *target, *publisher, *license, *state, *cursor, *frame; uint32_t limit; bool facets; };
#define SEARCH_OPTIONS(w) \
	OPT_CHOOSE_ONE(0, "category", "CATEGORY", &(w)->category, category_choices + 1, "of this kind, such as sensing; all of them stand below"), \
	OPT_TEXT(0, "target", "TARGET", &(w)->target, OPT_ANY, "that have an executable for this target, as v7em"), \
	OPT_TEXT(0, "publisher", "VENDOR", &(w)->publisher, OPT_ANY, "of this vendor"), \
	OPT_TEXT(0, "license", "SPDX", &(w)->license, OPT_ANY, "under this licence"), \
	OPT_CHOOSE(0, "state", &(w)->state, "live|deprecated", "in this state (default: both)"), \
	OPT_FLAG(0, "facets", &(w)->facets, "say how many there are of each kind, too; of a store that is served"), \
	OPT_NUMBER(0, "limit", "N", &(w)->limit, 1, 100, "about so many at once (default: 20)"), \
	OPT_TEXT(0, "cursor", "WORD", &(w)->cursor, OPT_ANY, "go on where the last search ended, as it said"), \
	STORE_FROM_OPTIONS(&(w)->at)

/* For ms add and ms install. */
struct fetch_wish { struct store_at at; const char *key, *frame, *into, *sha256, *source_into, *source_sha256; bool source; };
#define FETCH_OPTIONS(w) \
	OPT_TEXT(0, "into", "FILE", &(w)->into, OPT_FILE, "where the package goes; left out: only say what it is"), \
	OPT_TEXT(0, "sha256", "HASH", &(w)->sha256, OPT_ANY, "this very package"), \
	OPT_FLAG(0, "source", &(w)->source, "its source has to be there"), \
	OPT_TEXT(0, "source-into", "FILE", &(w)->source_into, OPT_FILE, "with --source: that goes there, and of the package only the proof comes"), \
	OPT_TEXT(0, "source-sha256", "HASH", &(w)->source_sha256, OPT_ANY, "with --source: this very one"), \
	OPT_TEXT(0, "key", "KEY", &(w)->key, OPT_ANY, "believe this key of the store's log"), \
	FRAME_OPTION(&(w)->frame), \
	STORE_FROM_OPTIONS(&(w)->at)

struct audit_wish { struct store_at at; const char *key; bool log_only; };
#define AUDIT_OPTIONS(w) \
	OPT_TEXT('k', "key", "KEY", &(w)->key, OPT_ANY, "believe this key of the store's log: NAME+ID+KEY, or a file with that line"), \
	OPT_FLAG(0, "log-only", &(w)->log_only, "look at the log alone, not at packages and index"), \
	OPT_TEXT(0, "ca", "FILE", &(w)->at.ca, OPT_FILE, "of a URL: believe these authorities of HTTPS (PEM) in place of this computer's")

struct challenge_wish { struct store_at at; };
#define CHALLENGE_OPTIONS(w) STORE_AT_OPTIONS(&(w)->at)

#endif
