/* SPDX-License-Identifier: Apache-2.0 */
/* One message of a client, which is trusted in nothing: decoded, done and answered, or kept as a WAIT. */
#ifndef REQUESTS_H
#define REQUESTS_H

#include <psa/service.h>

void requests_serve(const psa_msg_t *m);

#endif
