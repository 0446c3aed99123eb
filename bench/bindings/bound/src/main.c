/* SPDX-License-Identifier: Apache-2.0 */
/* As `ms new --interface` begins. */
#include "psa_manifest/bound.h"

#include "bound_server.h"

int main(void)
{
	bound_serve_all(BOUND_SIGNAL);
}
