/* SPDX-License-Identifier: Apache-2.0 */
#include "version.h"

const char ms_version[] = MS_VERSION;
