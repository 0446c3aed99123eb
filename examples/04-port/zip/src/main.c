/* SPDX-License-Identifier: Apache-2.0 */
/* Lets other services call the functions of zip.h, for ever. */
#include "psa_manifest/zip.h"

#include "zip_server.h"

int main(void)
{
	zip_serve_all(ZIP_SIGNAL);
}
