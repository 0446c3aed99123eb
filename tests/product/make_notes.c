/* SPDX-License-Identifier: Apache-2.0 */
/* make-notes VERSION: prints the notes of the service that tests use. */
#include <stdio.h>

#include "executable.h"
#include "service_sample.h"

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct manifest m;
	struct err e = { 0 };
	char *text = NULL;

	if (argc != 2)
		return 2;
	int rc = sample_manifest(&m, argv[1], &a, &e);
	if (rc == MS_OK)
		rc = executable_notes(&m, MS_TARGET_V7EM, &a, &text, &e);
	fputs(rc == MS_OK ? text : e.text, rc == MS_OK ? stdout : stderr);
	arena_done(&a);
	return rc < 0;
}
