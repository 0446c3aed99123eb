/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include "mutex.h"

struct account {
	struct mutex mutex;
	int money;
};

/* Nobody else sees a moment in which the money is in both or in neither. */
void account_transfer(struct account *from, struct account *to, int money);

#endif
