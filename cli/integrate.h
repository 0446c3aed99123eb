/* SPDX-License-Identifier: Apache-2.0 */
/* The commands of `ms product`: each works on one product's folder, that it is called in unless its operand says another. */
#ifndef INTEGRATE_H
#define INTEGRATE_H

#include "plan.h"

/* What the options said; NULL and false when they were left out. */
struct integrate_options {
	const char *board, *vendor, *name;	/* init; vendor also of add */
	const char *trust;			/* add: a file with the signer's public key */
	bool in_place;				/* add: leave the package where it is */
	bool all;				/* grant: all that is asked for */
	const char *key;			/* build: a file with the integrator's private key; verify: with a key to believe */
};
extern struct integrate_options integrate_options;

/* `words` are `count` operands behind the command's name, and a NULL. */
typedef int integrate_command(char *const words[], int count, struct arena *a, struct err *e);
integrate_command integrate_init, integrate_add, integrate_grant, integrate_check, integrate_build, integrate_verify;

/* A product that is about to be changed: nobody else does until integrate_close, and it is what its product.lock says. */
struct integrate_edit {
	struct product product;
	struct bytes text;		/* of its file */
	int lock;
};
int integrate_open(const char *folder, struct arena *a, struct integrate_edit *out, struct err *e);
void integrate_close(struct integrate_edit *edit);

/* Give it the new text, and a product.lock that fits; on failure both are as before. */
int integrate_write(struct integrate_edit *edit, struct bytes text, struct arena *a, struct err *e);

/* What it consists of, by these options; its services in plan->services. */
int integrate_plan(const char *folder, bool strict, struct arena *a, struct plan *out, struct err *e);

/* A service of a plan by its name; -MS_EUSAGE with the nearest. */
int integrate_service(const struct plan *p, const char *name, struct arena *a, uint32_t *out, struct err *e);

#endif
