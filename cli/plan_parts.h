/* SPDX-License-Identifier: Apache-2.0 */
/* What both halves of a plan share: services are gathered (plan_gather.c), then placed and signed (plan.c). */
#ifndef PLAN_PARTS_H
#define PLAN_PARTS_H

#include "plan.h"

/* The board of this name, or else the product's, or the default one; sets where the plan is. */
int plan_choose_board(struct plan *p, const char *name, const struct product *product, const char *folder, struct arena *a, struct err *e);

/* Build a project, and take it in as one more service. */
int plan_add_built(struct plan *p, const struct project *project, const struct plan_options *o, struct arena *a, struct plan_service **out, struct err *e);

/* All services of a product.  complete: as it would run; otherwise what it lacks may still be given. */
int plan_gather_product(struct plan *p, const char *folder, const struct plan_options *o, bool complete, struct arena *a, struct err *e);

/* The same of operands as plan_make takes them. */
int plan_gather(struct plan *p, char *const operands[], int count, const struct plan_options *o, struct arena *a, struct err *e);

#endif
