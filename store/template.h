/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pages from templates: the logic-less language that is known as Mustache, filled from JSON.  What a page shows is so exactly
 * what its JSON twin says.
 *
 *	{{name}} {{a.b}} {{.}}		a value, always escaped for HTML: there is no way to put one in as it is
 *	{{name|bytes}}			the same, shown by a filter of template_filters.def
 *	{{#name}}...{{/name}}		for each item of a list; once, inside an object; once, if it is true, a number or a text that is not ""
 *	{{^name}}...{{/name}}		if it is none of these
 *	{{>name}}			another template, here
 *	{{! words }}			nothing
 *
 * A name is looked up in what stands around it, from the inside out.  One that is nowhere is a failure, not a gap on a page: a
 * twin has all its keys, with null for what is not known.
 */
#ifndef TEMPLATE_H
#define TEMPLATE_H

#include <jansson.h>

#include "arena.h"
#include "err.h"

/* The template of a name, NUL at its end, or NULL. */
typedef const char *template_find(const char *name);

/* Add the page to *out.  -MS_EBUG with template and line if a template is wrong or wants what `data` has not. */
int template_render(const char *name, const json_t *data, template_find *find, struct arena *a, struct text *out, struct err *e);

#endif
