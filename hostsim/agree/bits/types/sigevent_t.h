/* SPDX-License-Identifier: Apache-2.0 */
/* The PC's, after the device's pthread_attr_t: it would declare one of its own. */
#include <bits/pthreadtypes.h>

#include_next <bits/types/sigevent_t.h>
