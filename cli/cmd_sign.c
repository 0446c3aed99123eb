/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "archive.h"
#include "belief.h"
#include "cmd.h"
#include "executable.h"
#include "file.h"
#include "filekind.h"
#include "fixed.h"
#include "keyopen.h"
#include "passphrase.h"
#include "toolchain.h"
#include "version.h"

static const char *key_path, *output;
static bool only;

static const struct opt options[] = {
	OPT_TEXT('k', "key", "FILE", &key_path, OPT_FILE, "sign with this private key, a file or pkcs11:URI (default: your developer key)"),
	OPT_FLAG(0, "only", &only, "of a package: sign all in it with this key, and leave no other signature"),
	OPT_TEXT('o', "output", "FILE", &output, OPT_FILE, "write the signed file there (default: in place)"),
	PASSPHRASE_OPTION,
	OPT_END
};

static const struct example examples[] = {
	{ "ms sign --only --key release.pem -o out/hello.msp hello-1.0.0.msp", "release what was built with a development key" },
	{ "ms sign --key second.pem hello-1.0.0.msp", "add a signature" },
	{ "ms sign hello.elf", "sign an executable that another build has linked" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 7, "the package is not to be believed as it is, so it is not signed" },
	{ 0, NULL }
};

const struct page page_sign = {
	.options = options,
	.complete = OPT_FILE,
	.about = "Signs an executable (.elf) that keeps the ABI, whoever linked it, or a package (.msp) whose signatures and hashes are good and by keys that are trusted.\n\n"
		 "A signature that is added to a package says that this key's owner saw it; who verifies must still trust the key that signed the "
		 "executables. With --only the key takes over all of the package. The flash image does not change: a device that runs it "
		 "needs no new table.",
	.examples = examples,
	.statuses = statuses,
	.files = "Replaces FILE, or writes the file of --output, whole or not at all.",
	.json = "The result has file, kid, and kind: \"executable\" or \"package\".",
};

/* Whoever linked it: what is signed keeps the ABI, as far as can be seen. */
static int sign_elf(struct bytes content, const char *path, const struct key *k, struct arena *a, struct bytes *out, struct err *e)
{
	struct executable_context context = { .path = path };
	struct bytes copy = arena_copy(a, content), image;
	struct elf_file f = { 0 };
	struct sdk sdk;

	int rc = executable_check(content, &context, a, &f, e);
	if (rc == MS_OK)
		rc = executable_image(content, path, a, &image, NULL, e);
	if (rc == MS_OK && f.fixed)
		rc = sdk_find(ms_version, a, &sdk, e);
	if (rc == MS_OK && f.fixed)
		rc = fixed_check(content, path, sdk_path(&sdk, a, FIXED_SCRIPT), a, e);
	if (rc < 0)
		return rc;
	rc = executable_sign((uint8_t *)(uintptr_t)copy.at, copy.size, path, k, a, e);
	if (rc == MS_OK)
		*out = copy;
	return rc;
}

static int sign_package(struct bytes content, const char *path, const struct key *k, struct arena *a, struct bytes *out, struct err *e)
{
	const struct list none = { 0 };
	struct belief belief;

	int rc = belief_init(&belief, &none, a, e);
	if (rc < 0)
		return rc;

	belief_add(&belief, key_public_of(k), "the key that signs");
	struct believer by = belief_of(&belief);
	return archive_sign(content, path, &by, k, only, a, out, e);
}

static int sign(const char *path, const struct key *k, struct arena *a, enum filekind *kind, struct bytes *out, struct err *e)
{
	struct bytes content;
	struct board board;

	int rc = file_read(path, FILEKIND_SIZE_MAX, a, &content, e);
	if (rc < 0)
		return rc;

	*kind = filekind_of(content, a, &board);
	if (*kind == FILEKIND_ELF)
		return sign_elf(content, path, k, a, out, e);
	if (*kind == FILEKIND_PACKAGE)
		return sign_package(content, path, k, a, out, e);
	err_set(e, ERR_NOT_OURS, "'%s' is neither an executable nor a package", path);
	return err_fix(e, "sign the .elf file of a service, or its package");
}

int cmd_sign(int argc, char **argv, struct arena *a, struct err *e)
{
	const char *path = argv[1], *to = output ? output : path;
	enum filekind kind;
	struct bytes content;
	struct key *k;
	int rc = MS_OK;

	(void)argc;
	if (!key_path)
		rc = trust_own(TRUST_DEVELOPER, true, a, &key_path, e);
	if (rc >= 0)
		rc = keyopen(key_path, a, &k, e);
	if (rc < 0)
		return rc;

	const char *kid = key_kid_text(key_public_of(k)->kid, a);
	rc = sign(path, k, a, &kind, &content, e);
	key_close(k);
	if (rc == MS_OK)
		rc = file_replace(to, content, 0644, a, e);
	if (rc < 0)
		return rc;

	out_line("%s: signed by key %s", to, kid);
	out_field("file", out_string(to));
	out_field("kid", json_string(kid));
	out_field("kind", json_string(filekind_name(kind)));
	return MS_OK;
}
