/* SPDX-License-Identifier: Apache-2.0 */
/* ms product init: a product.yaml without services. */
#include "integrate.h"

#include <string.h>

#include "file.h"
#include "name.h"
#include "out.h"
#include "product_edit.h"
#include "version.h"

/* A wrong word on the command line is misuse, whoever found it. */
static int as_misuse(int rc, struct err *e)
{
	return rc == -MS_EPROJECT ? e->code = -MS_EUSAGE : rc;
}

static int check_words(const char *name, const char *vendor, struct err *e)
{
	int rc = as_misuse(name_check(name, e), e);

	if (rc < 0 && !integrate_options.name)
		err_fix(e, "the product is named as its folder unless --name says another: --name NAME");
	return rc < 0 ? rc : as_misuse(name_check_vendor(vendor, e), e);
}

int integrate_init(char *const words[], int count, struct arena *a, struct err *e)
{
	const char *folder = count ? words[0] : ".", *file = path_shown(a, path_join(a, folder, PRODUCT_FILE));
	const char *name = integrate_options.name ? integrate_options.name : path_name(path_absolute(a, folder));
	const char *vendor = integrate_options.vendor ? integrate_options.vendor : "example.org";
	const char *board = integrate_options.board ? integrate_options.board : SDK_BOARD_DEFAULT, *ignore = path_join(a, folder, ".gitignore");
	struct board known;
	struct sdk sdk;

	int rc = check_words(name, vendor, e);
	if (rc >= 0)
		rc = sdk_find(ms_version, a, &sdk, e);
	if (rc >= 0)
		rc = sdk_board(&sdk, board, a, &known, e);
	if (rc < 0)
		return rc;
	const char *text = product_edit_new(name, vendor, board, a);

	rc = file_make_folders(folder, a, e);
	if (rc >= 0 && file_exists(file))
		rc = err_set(e, ERR_IN_PRODUCT, "'%s' is there already", file);
	if (rc >= 0)
		rc = file_create(file, (struct bytes){ (const uint8_t *)text, strlen(text) }, 0644, a, e);
	if (rc >= 0 && !file_exists(ignore))
		rc = file_create(ignore, BYTES_LITERAL("/out/\n"), 0644, a, e);
	if (rc < 0)
		return rc;
	out_say("made '%s': %s of %s, for %s", file, name, vendor, board);
	out_say("next: ms product add PACKAGE --trust KEY");
	out_event("written", json_pack("{s:o, s:b}", "path", out_string(file), "changed", 1));
	return MS_OK;
}
