/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8, strictly (RFC 3629): shortest forms, no surrogates, nothing above U+10FFFF. */
#ifndef UTF8_H
#define UTF8_H

#include "bytes.h"

bool utf8_valid(struct bytes text);

#endif
