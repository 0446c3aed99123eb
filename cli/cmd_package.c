/* SPDX-License-Identifier: Apache-2.0 */
#include "cmd.h"
#include "file.h"
#include "locking.h"
#include "packaging.h"
#include "passphrase.h"

static struct build_options build = { .all = true };
static const char *key_path, *output;
static bool source;

static const struct opt options[] = {
	OPT_CHOOSE(0, "cc", &build.cc, "gcc|clang", "compile with it (default: as ms.yaml says, or gcc)"),
	OPT_FLAG('r', "release", &build.release, "leave assertions out (-DNDEBUG)"),
	OPT_FLAG(0, "source", &source, "the source package, for who wants to build it themselves"),
	LOCKING_OPTIONS,
	OPT_TEXT('k', "key", "FILE", &key_path, OPT_FILE, "sign with this private key, a file or pkcs11:URI (default: your developer key)"),
	PASSPHRASE_OPTION,
	OPT_TEXT('o', "output", "FILE", &output, OPT_FILE, "write the package there"),
	OPT_END
};

static const struct example examples[] = {
	{ "ms package", "out/NAME-VERSION.msp of the project in this folder" },
	{ "ms package --release --key release.pem hello", "what is given to others" },
	{ "ms package --source hello", "out/NAME-VERSION-source.msp: the sources, and the promise of what they give" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "the sources do not compile or link, or ms.yaml is wrong" },
	{ 6, "the compiler, ninja or the SDK is missing" },
	{ 0, NULL }
};

const struct page page_package = {
	.options = options,
	.complete = OPT_FOLDER,
	.about = "Builds the service of the project in DIR (default: here) for all its targets and packs it with everything that others need to "
		 "judge and use it: the signed executables, a bill of materials (CycloneDX 1.6) of what was really linked, the headers in include/, "
		 "the licence texts (LICENSE*, COPYING*, NOTICE*), the overlays of ms.yaml, compiled by dtc (docs/devices.md), and a signed manifest of it all. The package is read back and verified before it is written.\n\n"
		 "The same sources give the same bytes with the same key. Times in it are SOURCE_DATE_EPOCH if that is set, else zero.\n\n"
		 "--source makes a source package: all files of the project but hidden ones, out/ and what .gitignore names, and the manifest and signatures of the package that they give, "
		 "so that who builds it gets that very package, byte for byte. It is built in a clean folder from just these files before it is signed. What the project takes from others "
		 "has to be in vendor/ (ms vendor). A private key, and a link out of the project, are refused by name.",
	.examples = examples,
	.statuses = statuses,
	.files = "Reads what 'ms build' reads. Writes out/NAME-VERSION.msp, or out/NAME-VERSION-source.msp.",
	.json = "The result has file, size, sha256 (of the file), kid, name and version. With --source also gives (the SHA-256 of the package that it gives) and files, their number.",
};

static const char *sha256_text(struct bytes content, struct arena *a)
{
	struct text hex = { 0 };
	uint8_t hash[32];

	sha256(content, hash);
	for (int i = 0; i < 32; i++)
		text_add(&hex, a, "%02x", hash[i]);
	return hex.at;
}

static void print_package(const struct packaging *w, const char *path, struct bytes content, struct arena *a)
{
	out_line("%s  %zu bytes, signed by key %s", path_shown(a, path), content.size, w->kid);
	out_field("file", out_string(path));
	out_field("size", json_integer((json_int_t)content.size));
	out_field("sha256", json_string(sha256_text(content, a)));
	out_field("kid", json_string(w->kid));
	out_field("name", out_string(arena_printf(a, "%s/%s", w->project.vendor, w->project.name)));
	out_field("version", out_string(w->project.version_text));
}

int cmd_package(int argc, char **argv, struct arena *a, struct err *e)
{
	struct packaging *w = arena_new(a, struct packaging);
	const char *folder = argc > 1 ? argv[1] : ".";

	int rc = source ? packaging_make_source(folder, &build, key_path, a, w, e) : packaging_make(folder, &build, key_path, a, w, e);
	if (rc < 0)
		return rc;
	struct bytes content = source ? w->source : w->package;
	const char *name = arena_printf(a, "out/%s-%s%s.msp", w->project.name, w->project.version_text, source ? "-source" : "");
	const char *path = output ? output : path_join(a, w->project.root, name);

	if (!output)
		rc = build_folder(w->project.root, a, e);
	if (rc >= 0)
		rc = file_replace(path, content, 0644, a, e);
	if (rc < 0)
		return rc;
	print_package(w, path, content, a);
	if (source) {
		out_field("gives", json_string(sha256_text(w->package, a)));
		out_field("files", json_integer((json_int_t)w->source_count));
	}
	return MS_OK;
}
