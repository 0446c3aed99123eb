/* SPDX-License-Identifier: Apache-2.0 */
/* The cryptography library beneath key.h. */
#ifndef CRYPTO_H
#define CRYPTO_H

#include <psa/crypto.h>

/* Before any other call; as often as one likes. */
void crypto_start(void);

/* For what fails only without memory or random numbers: then it ends the program with a sentence. */
void crypto_must(psa_status_t status, const char *what);

#endif
