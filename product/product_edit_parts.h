/* SPDX-License-Identifier: Apache-2.0 */
/* What the changes of a product.yaml have in common: how each proves that it lost nothing. */
#ifndef PRODUCT_EDIT_PARTS_H
#define PRODUCT_EDIT_PARTS_H

#include "product_edit.h"
#include "yaml_edit.h"

/* A text as it can stand anywhere in YAML. */
const char *edit_scalar(const char *text, struct arena *a);

/* -MS_EPROJECT: the file has a form that nothing can be added to; what to write by hand instead. */
int edit_refuse(const char *file, const char *by_hand, struct err *e);

/* The tree of a text that is a product's, and its service of that number, which is there. */
int edit_open(struct bytes text, const char *file, struct arena *a, struct node **root, struct err *e);
const struct node *edit_service(const struct node *root, uint32_t service);

/* Is the new text a product's, with all that the old one had and one text more? */
int edit_check_added(const struct node *before, struct bytes now, const char *added, const char *file, const char *by_hand, struct arena *a, struct err *e);

/* Is it a product's, which differs from the old one in this item alone? */
int edit_check_only(const struct node *before, struct bytes now, const struct node *item, const char *value, const char *file, const char *by_hand, struct arena *a, struct err *e);

#endif
