/* SPDX-License-Identifier: Apache-2.0 */
/* What is known about names in other people's code: what a device has not, or has on conditions. */
#ifndef IMPORTWORDS_H
#define IMPORTWORDS_H

#include <stdbool.h>

enum import_need { NEED_NOTHING, NEED_HEAP, NEED_NETWORK };

struct import_remark { const char *text; enum import_need need; };

/* What is to be said of a name that the device has, but not as a PC has it; NULL: nothing. */
const struct import_remark *importwords_find(const char *name);

/* Is there something to say of this name wherever it stands, as malloc is handed on by its name? */
bool importwords_told(const char *name);

/* Is it a macro that only other compilers or systems define? */
bool importwords_foreign(const char *name);

/* Is a number an address where Cortex-M processors have registers? */
bool importwords_register(const char *number);

#endif
