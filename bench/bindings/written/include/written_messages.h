/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WRITTEN_MESSAGES_H
#define WRITTEN_MESSAGES_H

#include "written.h"

enum { WRITTEN_NOTHING = 1, WRITTEN_ADD, WRITTEN_TURN, WRITTEN_FOLD, WRITTEN_COUNT };

enum { WRITTEN_DATA_MAX = 256 };

struct written_summands { int32_t a, b; };

#endif
