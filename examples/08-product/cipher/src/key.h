/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KEY_H
#define KEY_H

#include <stdint.h>

enum { KEY_SIZE = 32 };

/* The key that all is sealed with; before all else.  0, or a negative psa_status_t. */
int cipher_init(const uint8_t key[KEY_SIZE]);

#endif
