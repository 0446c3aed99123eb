/* SPDX-License-Identifier: Apache-2.0 */
/* Pays out cash from a vault, which is whatever has these two functions: a motor and a switch, or a test. */
#ifndef TELLER_H
#define TELLER_H

#include "account.h"

struct vault {
	int (*unlock)(void *context);			/* 0, or an errno */
	int (*count_out)(void *context, int money);	/* 0, or an errno */
	void *context;
};

/* Takes the money from the account only if the vault has given it. 0, ENOSPC if the account has less, or what the vault said. */
int teller_pay(struct account *account, int money, const struct vault *vault);

#endif
