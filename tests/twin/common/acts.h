/* SPDX-License-Identifier: Apache-2.0 */
/* What the two services of the twin check agree on. */
#ifndef ACTS_H
#define ACTS_H

#include <stdint.h>

enum act { ACT_TELL = 1, ACT_ECHO, ACT_SKIP, ACT_SLOW, ACT_REMEMBER, ACT_DIE, ACT_BLAME, ACT_OTHER = 100 };

#define SLOW_NSEC UINT64_C(20000000)

struct told { int32_t type; uint32_t rhandle, in_size[4], out_size[4]; };

#endif
