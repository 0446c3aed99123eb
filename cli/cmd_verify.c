/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "archive.h"
#include "belief.h"
#include "cmd.h"
#include "device_believe.h"
#include "executable_believe.h"
#include "file.h"
#include "filekind.h"
#include "logged.h"
#include "rebuild.h"

static struct list key_files;
static bool rebuild, unwalled;
static const char *source, *proof;

static const struct opt options[] = {
	OPT_LIST('k', "key", "FILE", &key_files, OPT_FILE, "believe this key as well, for this run"),
	OPT_FLAG(0, "rebuild", &rebuild, "of a package: build its source anew, and compare each executable"),
	OPT_TEXT(0, "source", "DIR|FILE", &source, OPT_FILE, "with --rebuild: the folder of its project (default: here), or its source package"),
	OPT_FLAG(0, "unwalled", &unwalled, "with --rebuild: build without a wall around it, as if it were your own"),
	OPT_TEXT(0, "proof", "FILE", &proof, OPT_FILE, "of one package: its place in a store's log (default: PACKAGE.tlog-proof, if it is there)"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms verify hello-1.0.0.msp", "may this package be believed?" },
	{ "ms verify --key author.pem hello-1.0.0.msp", "by a key that is not in the list of trusted ones" },
	{ "ms verify --rebuild --source hello hello-1.0.0.msp", "is that what this source gives?" },
	{ "ms verify --rebuild hello-1.0.0-source.msp", "does this source package give what it promises?" },
	{ "ms verify --proof hello.tlog-proof hello-1.0.0.msp", "is it in the log of a store that is trusted?" },
	{ "ms verify out/run/mps2-an386.bin", "what a device would run" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "--rebuild: the source does not build" },
	{ 6, "--rebuild: a tool is missing, or the kernel cannot wall the build off" },
	{ 7, "a file is refused: not signed, by a key that is not trusted, changed, or contradicting itself" },
	{ 8, "a file is for another format, ABI or board than this version knows" },
	{ 0, NULL }
};

const struct page page_verify = {
	.options = options,
	.complete = OPT_FILE,
	.about = "Checks packages (.msp), executables (.elf) and device images (.bin): every signature, hash and rule, in the order in "
		 "which they may be relied on, and says who signed what with which key. No network is used.\n\n"
		 "A key is believed when it is your own, when 'ms key trust' has it, or when it is given with --key. Executables and packages "
		 "need a developer's key, a device image an integrator's, which must be the one that the device itself believes.\n\n"
		 "A flash image (.img) has no signature of its own: its hash is in the package and in the table of the device.\n\n"
		 "A package's proof (PACKAGE.tlog-proof, or --proof), and likewise a source package's, shows that a store has it in its public log, where everybody sees the same: checked by the key that 'ms key trust --store' knows for that log.\n\n"
		 "--rebuild copies the source into a clean folder, builds it with this SDK and compiler as the package says that it was built, and holds the package against what comes: executables but for their signatures, headers, licences, "
		 "the bill of materials. Where they differ it names sections and symbols, and each flag, compiler, linker and SDK by which the two builds differ. Of a source package (ms package --source) "
		 "it says whether it gives the package that it promises.\n\n"
		 "The build has no network, and reads and writes nothing but its folder, the system's programs and the SDK (docs/trust.md).",
	.examples = examples,
	.statuses = statuses,
	.files = "Reads the files, and the trusted keys (ms help key).",
	.json = "An event \"finding\" for each check: file, what, ok, text. An event \"file\" for each file: file, kind, ok, name, version, "
		"kid and label of the key that signed it, sha256 (of a package's manifest, of the others' image or table). "
		"The result has files and refused, their numbers.",
};

/* What is said of a file in the end; texts may be NULL. */
struct verdict { const char *name, *version, *kid, *label, *sha256; };

static const char *hex(const uint8_t *at, size_t size, struct arena *a)
{
	struct text t = { 0 };

	for (size_t i = 0; i < size; i++)
		text_add(&t, a, "%02x", at[i]);
	return t.at;
}

static void name(struct verdict *out, const struct manifest *m, struct arena *a)
{
	out->name = arena_string(a, m->name);
	out->version = arena_string(a, m->version_text);
}

static void say_signer(struct verdict *out, const struct archive_signer *by, const uint8_t manifest_sha256[32], struct arena *a)
{
	out->kid = key_kid_text(by->kid, a);
	out->label = by->by.label;
	out->sha256 = hex(manifest_sha256, 32, a);
}

/* A proof that lies beside a package is checked if its store is trusted; one that is named must be good. */
static int verify_logged(const struct logged_file *of, const char *path, struct arena *a, struct findings *f, struct err *e)
{
	const char *file = proof ? proof : logged_path(path, a);
	struct logged l;
	struct bytes text;

	if (!proof && !file_exists(file))
		return MS_OK;
	int rc = file_read(file, TLOG_PROOF_FILE_MAX, a, &text, e);
	if (rc == MS_OK)
		rc = logged_verify(of, text, file, a, &l, e);
	if (rc == MS_OK)
		find_add(f, "log", MS_OK, arena_printf(a, "entry %llu of '%s', which had %llu", (unsigned long long)l.index, l.origin, (unsigned long long)l.size));
	else
		find_add(f, "log", rc, arena_printf(a, "%s%s", rc == -MS_ENOENT ? "not checked: " : "", e->text));
	return rc == -MS_ENOENT && !proof ? MS_OK : rc;
}

static int verify_source(struct bytes content, const char *path, const struct believer *by, struct arena *a,
			 struct findings *f, struct verdict *out, struct err *e)
{
	struct source_report *r = arena_new(a, struct source_report);
	struct archive_report *package = arena_new(a, struct archive_report);
	struct bytes rebuilt;

	int rc = source_verify(content, path, by, a, r, e);
	if (rc == MS_OK && rebuild)
		rc = rebuild_package(r, path, by, unwalled, a, &rebuilt, package, NULL, e);
	*f = r->findings;
	if (rc >= 0)
		rc = verify_logged(&(struct logged_file){ content, r->manifest, NULL, r->source->sha256 }, path, a, f, e);
	if (rc >= 0)
		say_signer(out, r->signer, r->manifest_sha256, a);
	if (r->manifest)
		name(out, r->manifest, a);
	return rc < 0 ? rc : MS_OK;
}

static int verify_package(struct bytes content, const char *path, const struct believer *by, struct arena *a,
			  struct findings *f, struct verdict *out, struct err *e)
{
	const struct rebuild_source from = { source ? source : ".", by, unwalled };
	struct archive_report *r = arena_new(a, struct archive_report);

	int rc = archive_verify(content, path, by, a, r, e);
	if (rc == MS_OK && rebuild)
		rc = rebuild_compare(r, content, path, &from, a, e);
	*f = r->findings;
	if (rc == MS_OK)
		rc = verify_logged(&(struct logged_file){ content, r->manifest, r->manifest_sha256, NULL }, path, a, f, e);
	if (rc >= 0)
		say_signer(out, r->signer, r->manifest_sha256, a);
	if (r->manifest)
		name(out, r->manifest, a);
	return rc < 0 ? rc : MS_OK;
}

static int verify_elf(struct bytes content, const char *path, const struct believer *by, struct arena *a,
		      struct findings *f, struct verdict *out, struct err *e)
{
	struct executable_report *r = arena_new(a, struct executable_report);

	int rc = executable_believe(content, path, by, a, r, e);
	*f = r->findings;
	if (rc < 0)
		return rc;

	out->name = arena_string(a, r->meta.name);
	out->version = arena_string(a, r->meta.version_text);
	out->kid = key_kid_text(r->kid, a);
	out->label = r->by.label;
	out->sha256 = hex(r->image_sha256, 32, a);
	return MS_OK;
}

static int verify_device(struct bytes content, const char *path, const struct board *b, const struct believer *by,
			 struct arena *a, struct findings *f, struct verdict *out, struct err *e)
{
	struct device_report *r = arena_new(a, struct device_report);
	uint8_t hash[32];

	int rc = device_believe(content, path, b, by, a, r, e);
	*f = r->findings;
	if (rc < 0)
		return rc;

	sha256(r->table.raw, hash);
	out->name = b->name;
	out->version = arena_printf(a, "sequence %u", (unsigned)r->table.sequence);
	out->kid = key_kid_text(r->kid, a);
	out->label = r->by.label;
	out->sha256 = hex(hash, 32, a);
	return MS_OK;
}

/* What carries no signature that could be checked here. */
static int refuse_unsigned(struct bytes content, const char *path, enum filekind kind, struct arena *a, struct err *e)
{
	uint8_t hash[32];

	if (kind == FILEKIND_UNKNOWN)
		return err_set(e, ERR_REFUSED, "'%s' is refused: it is no package, executable or device image of ours", path);
	sha256(content, hash);
	err_set(e, ERR_REFUSED, "'%s' is refused: a file of its kind (%s) has no signature of its own; its SHA-256 is %s", path,
		filekind_name(kind), hex(hash, 32, a));
	return err_fix(e, "verify the package or the device image that holds it");
}

static int verify_content(struct bytes content, const char *path, enum filekind kind, const struct board *b,
			  const struct believer *by, struct arena *a, struct findings *f, struct verdict *out, struct err *e)
{
	switch (kind) {
	case FILEKIND_PACKAGE:
		return verify_package(content, path, by, a, f, out, e);
	case FILEKIND_SOURCE:
		return verify_source(content, path, by, a, f, out, e);
	case FILEKIND_ELF:
		return verify_elf(content, path, by, a, f, out, e);
	case FILEKIND_DEVICE:
		return verify_device(content, path, b, by, a, f, out, e);
	default:
		return refuse_unsigned(content, path, kind, a, e);
	}
}

static void print_findings(const char *path, const struct findings *f)
{
	for (uint32_t i = 0; i < f->count; i++) {
		const struct finding *one = &f->at[i];
		bool unknown = one->code == -MS_ENOENT;
		const char *word = one->code == MS_OK ? "ok" : unknown ? "unknown" : "refused";
		const char *colour = one->code == MS_OK ? out_green() : unknown ? out_yellow() : out_red();

		out_line("  %s%-7s%s  %s: %s", colour, word, *colour ? out_reset() : "", one->what, one->text);
		out_event("finding", json_pack("{s:o, s:o, s:b, s:o}", "file", out_string(path), "what", out_string(one->what),
					       "ok", one->code == MS_OK, "text", out_string(one->text)));
	}
}

static void print_verdict(const char *path, enum filekind kind, bool ok, const struct verdict *v)
{
	if (ok)
		out_line("%s%s: good%s: %s %s, signed by key %s (%s)", out_bold(), path, out_reset(), v->name, v->version, v->kid, v->label);
	else
		out_line("%s%s: refused%s", out_bold(), path, out_reset());
	out_event("file", json_pack("{s:o, s:s, s:b, s:o, s:o, s:o, s:o, s:o}", "file", out_string(path), "kind", filekind_name(kind),
				    "ok", ok, "name", out_string(v->name), "version", out_string(v->version), "kid", out_string(v->kid),
				    "label", out_string(v->label), "sha256", out_string(v->sha256)));
}

static int verify_file(const char *path, const struct believer *by, struct arena *a, struct err *e)
{
	struct findings *f = arena_new(a, struct findings);
	struct verdict verdict = { 0 };
	struct board board;
	struct bytes content;

	int rc = file_read(path, FILEKIND_SIZE_MAX, a, &content, e);
	if (rc < 0)
		return rc;

	enum filekind kind = filekind_of(content, a, &board);
	rc = verify_content(content, path, kind, &board, by, a, f, &verdict, e);
	print_verdict(path, kind, rc == MS_OK, &verdict);
	print_findings(path, f);
	return rc;
}

/* One failure is told by main; of several, all but the last line is said here. */
static int sum_up(int refused, int count, const struct err *first, struct err *e)
{
	out_field("files", json_integer(count));
	out_field("refused", json_integer(refused));
	if (!refused)
		return MS_OK;
	*e = *first;
	if (count == 1)
		return e->code;
	return err_set(e, first->code, "%d of %d files cannot be believed", refused, count);
}

int cmd_verify(int argc, char **argv, struct arena *a, struct err *e)
{
	struct err first = { 0 };
	struct belief belief;
	int refused = 0;

	if ((source || unwalled) && !rebuild)
		return err_set(e, ERR_OPTIONS_DISAGREE, "%s is for --rebuild", source ? "--source" : "--unwalled");
	if (proof && argc > 2)
		return err_set(e, ERR_OPTIONS_DISAGREE, "--proof is for one package");
	int rc = belief_init(&belief, &key_files, a, e);
	if (rc < 0)
		return rc;

	struct believer by = belief_of(&belief);
	for (int i = 1; i < argc; i++) {
		struct err why = { 0 };

		if (verify_file(argv[i], &by, a, &why) == MS_OK)
			continue;
		if (!refused++ || (why.code == -MS_ESIGNATURE && first.code != -MS_ESIGNATURE))
			first = why;
		if (argc > 2)
			out_say("%s%s%s", why.text, *why.fix ? "; " : "", why.fix);
	}
	return sum_up(refused, argc - 1, &first, e);
}
