/* SPDX-License-Identifier: Apache-2.0 */
/* A product's placement as a picture: one SVG file that needs nothing else, has no scripts, and can be read in light, dark and aloud. */
#ifndef LAYOUTPICTURE_H
#define LAYOUTPICTURE_H

#include "layout_map.h"

/* `title` says whose it is: "door 1.0.0 on mps2-an386". */
char *layout_picture(const struct layout_map *map, const char *title, struct arena *a);

#endif
