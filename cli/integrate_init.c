/* SPDX-License-Identifier: Apache-2.0 */
/* ms product init: a product.yaml without services. */
#include "integrate.h"

#include <string.h>

#include "file.h"
#include "name.h"
#include "out.h"
#include "product_edit.h"
#include "version.h"

static const char *board_name, *vendor_name, *product_name;

static const struct opt options[] = {
	OPT_TEXT('b', "board", "BOARD", &board_name, OPT_BOARD, "the board it runs on (" SDK_BOARD_DEFAULT ")"),
	OPT_TEXT(0, "vendor", "VENDOR", &vendor_name, OPT_ANY, "who integrates it (example.org)"),
	OPT_TEXT(0, "name", "NAME", &product_name, OPT_ANY, "the product's name (the folder's)"),
	INTEGRATE_DRY_RUN,
	OPT_END
};

static const struct example examples[] = {
	{ "ms product init --vendor acme.example", "in this folder, which gives it its name" },
	{ "ms product init door --board mps2-an505", "in the new folder 'door', for another board" },
	{ NULL, NULL }
};

const struct page page_integrate_init = {
	.options = options,
	.complete = OPT_FOLDER,
	.about = "Makes product.yaml with a name, a vendor, a board and no services, and .gitignore. What is there already stays as it is.",
	.examples = examples,
	.files = "product.yaml (docs/manifest.md).",
	.json = "An event \"written\": path, changed.",
};

/* A wrong word on the command line is misuse, whoever found it. */
static int as_misuse(int rc, struct err *e)
{
	return rc == -MS_EPROJECT ? e->code = -MS_EUSAGE : rc;
}

static int check_words(const char *name, const char *vendor, struct err *e)
{
	int rc = as_misuse(name_check(name, e), e);

	if (rc < 0 && !product_name)
		err_fix(e, "the product is named as its folder unless --name says another: --name NAME");
	return rc < 0 ? rc : as_misuse(name_check_vendor(vendor, e), e);
}

static int refuse_another(const char *folder, const char *file, struct arena *a, struct err *e)
{
	if (file_exists(file)) {
		err_set(e, ERR_EXISTS, "'%s' is there already", file);
		return err_fix(e, "it is a product: change it by 'ms product add' and the like, or make another one in a new folder: ms product init DIR");
	}
	if (!file_exists(path_join(a, folder, PROJECT_FILE)))
		return MS_OK;
	err_set(e, ERR_EXISTS, "'%s' holds a service, and a product has a folder of its own", path_shown(a, folder));
	return err_fix(e, "make it beside the service: ms product init ../DIR");
}

static int make(const char *folder, const char *file, const char *text, struct arena *a, struct err *e)
{
	const char *ignore = path_join(a, folder, ".gitignore");

	int rc = file_make_folders(folder, a, e);
	if (rc >= 0)
		rc = file_create(file, (struct bytes){ (const uint8_t *)text, strlen(text) }, 0644, a, e);
	if (rc >= 0 && !file_exists(ignore))
		rc = file_create(ignore, BYTES_LITERAL("/out/\n"), 0644, a, e);
	return rc;
}

int integrate_init(int argc, char **argv, struct arena *a, struct err *e)
{
	const char *folder = integrate_folder(argc, argv), *file = path_shown(a, path_join(a, folder, PRODUCT_FILE));
	const char *name = product_name ? product_name : path_name(path_absolute(a, folder));
	const char *vendor = vendor_name ? vendor_name : "example.org";
	const char *board = board_name ? board_name : SDK_BOARD_DEFAULT;
	struct board known;
	struct sdk sdk;

	int rc = refuse_another(folder, file, a, e);
	if (rc >= 0)
		rc = check_words(name, vendor, e);
	if (rc >= 0)
		rc = sdk_find(ms_version, a, &sdk, e);
	if (rc >= 0)
		rc = sdk_board(&sdk, board, a, &known, e);
	if (rc < 0)
		return rc;
	if (!integrate_dry_run)
		rc = make(folder, file, product_edit_new(name, vendor, board, a), a, e);
	if (rc < 0)
		return rc;
	out_say("%s '%s': %s of %s, for %s", integrate_dry_run ? "would make" : "made", file, name, vendor, board);
	if (!integrate_dry_run)
		out_say("next: ms product add PACKAGE --trust KEY");
	out_event("written", json_pack("{s:o, s:b}", "path", out_string(file), "changed", 1));
	return MS_OK;
}
