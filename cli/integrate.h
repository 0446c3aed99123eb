/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands of `ms product` share; integrate.def lists them.  Each works on one product's folder, that it is called in unless its operand says another. */
#ifndef INTEGRATE_H
#define INTEGRATE_H

#include "cmd.h"
#include "lock.h"
#include "plan.h"

/* As a verb is called (cmd.h): argv[0] is the command's name, and its file has the variables of its options. */
#define COMMAND(name, operands, summary) \
	int integrate_##name(int argc, char **argv, struct arena *a, struct err *e); \
	extern const struct page page_integrate_##name;
#include "integrate.def"
#undef COMMAND

/* The folder that a command works in: that of its only operand, or this one. */
const char *integrate_folder(int argc, char **argv);

/* Of each command that changes a product: all is checked and said, and nothing is written.  The row of their options that sets it. */
extern bool integrate_dry_run;
#define INTEGRATE_DRY_RUN OPT_FLAG('n', "dry-run", &integrate_dry_run, "check it, say what would be, and change nothing")

/* A product that is about to be changed: nobody else does until integrate_close, and it is what its product.lock says. */
struct integrate_edit {
	struct product product;
	struct bytes text;		/* of its file */
	int lock;
};
int integrate_open(const char *folder, struct arena *a, struct integrate_edit *out, struct err *e);

/* The same without a look at product.lock and packages: for what can but make it smaller. */
int integrate_open_unchecked(const char *folder, struct arena *a, struct integrate_edit *out, struct err *e);
void integrate_close(struct integrate_edit *edit);

/* Give it the new text, and a product.lock that fits; on failure both are as before.  With --dry-run both stay. */
int integrate_write(struct integrate_edit *edit, struct bytes text, struct arena *a, struct err *e);

/* The same with this lock; NULL: it has none. */
int integrate_write_locked(struct integrate_edit *edit, struct bytes text, struct lock *lock, struct arena *a, struct err *e);

/* What it consists of; its services in plan->services.  `key` as in plan_options. */
int integrate_plan(const char *folder, bool strict, const char *key, struct arena *a, struct plan *out, struct err *e);

/* The same as device_check takes it. */
struct device integrate_device(const struct plan *p, struct arena *a);

/* A service of a plan by its name; -MS_EUSAGE with the nearest. */
int integrate_service(const struct plan *p, const char *name, struct arena *a, uint32_t *out, struct err *e);

/* Which of these is it?  Likewise. */
int integrate_name(const char *const *names, size_t count, const char *name, uint32_t *out, struct err *e);

#endif
