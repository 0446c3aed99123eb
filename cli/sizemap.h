/* SPDX-License-Identifier: Apache-2.0 */
/* A treemap of flash and one of RAM: rectangles as large as what they stand for, in one file without scripts. */
#ifndef SIZEMAP_H
#define SIZEMAP_H

#include "sizeview.h"

/* As SVG, or as a page with a table below it. */
struct bytes sizemap_svg(const struct list *services, struct arena *a);
struct bytes sizemap_html(const struct list *services, const char *board, struct arena *a);

#endif
