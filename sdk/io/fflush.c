/* SPDX-License-Identifier: Apache-2.0 */
#include "file.h"

int (*file_flush_all)(void);

int fflush(FILE *f)
{
	if (!f)
		return (fflush(stdout) | fflush(stderr) | (file_flush_all ? file_flush_all() : 0)) < 0 ? EOF : 0;
	if (!f->flush || f->flush(f) == 0)
		return 0;
	f->flags |= __SERR;
	return EOF;
}
