/* SPDX-License-Identifier: Apache-2.0 */
/* Read one CBOR item and write it again, by the straight-line calls only. */
#ifndef CBOR_COPY_H
#define CBOR_COPY_H

#include "cbor.h"

static inline void cbor_copy(struct reader *r, struct writer *w)
{
	uint32_t count;

	switch (cbor_peek(r)) {
	case CBOR_UINT:
		cbor_put_uint(w, cbor_uint(r));
		return;
	case CBOR_NINT:
		cbor_put_int(w, cbor_int(r));
		return;
	case CBOR_BYTES:
		cbor_put_bytes(w, cbor_bytes(r));
		return;
	case CBOR_TEXT:
		cbor_put_text(w, cbor_text(r));
		return;
	case CBOR_ARRAY:
		cbor_put_array(w, count = cbor_array(r));
		break;
	case CBOR_MAP:
		cbor_put_map(w, count = cbor_map(r));
		count *= 2;
		break;
	default:
		read_fail(r);
		return;
	}
	while (count-- > 0 && !r->failed)
		cbor_copy(r, w);
}

#endif
