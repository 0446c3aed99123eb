/* SPDX-License-Identifier: Apache-2.0 */
/* Ways to spoil a signature block of 96 bytes that was good (docs/formats.md 3).  Each writes it in place. */
#ifndef BLOCK_H
#define BLOCK_H

#include <stdint.h>

typedef void block_change(uint8_t *block);

block_change block_zero, block_erase;					/* no signature */
block_change block_es256, block_eddsa, block_no_algorithm;		/* another algorithm: -7, -8, 0 */
block_change block_long_form;						/* the same number in more bytes than it needs */
block_change block_unprotected, block_empty_header, block_embedded;	/* what is protected or detached is not */
block_change block_r_zero, block_s_zero, block_r_order, block_s_beyond, block_der;	/* no numbers of a signature */
block_change block_twin;						/* (r, n - s), which is one as well */

#endif
