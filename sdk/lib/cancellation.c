/* SPDX-License-Identifier: Apache-2.0 */
#include "cancellation.h"

void (*cancellation_hook)(void);
void (*stream_hook)(void);
