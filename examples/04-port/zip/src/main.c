/* SPDX-License-Identifier: Apache-2.0 */
/* Lets other services call the functions of zip.h, for ever. */
#include "psa_manifest/zip.h"

#include "zip_server.h"

int main(void)
{
	for (;;) {
		psa_wait(ZIP_SIGNAL, PSA_BLOCK);
		zip_serve(ZIP_SIGNAL);
	}
}
