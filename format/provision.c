/* SPDX-License-Identifier: Apache-2.0 */
#include "provision.h"

#include <ms/abi/abi.h>

#include "reader.h"

static void read_key(struct reader *r, struct provision_key *key)
{
	key->kid = read_bytes(r, COSE_KID_SIZE).at;
	key->roles = read_u32(r);
	uint32_t reserved = read_u32(r);
	key->point = read_bytes(r, COSE_POINT_SIZE).at;

	if (reserved != 0 || (key->roles & ~(uint32_t)PROVISION_INTEGRATOR))
		read_fail(r);
}

/* Two keys of one kid would leave open which one a signature is by. */
static bool kids_differ(const struct provision *p)
{
	for (uint16_t i = 0; i < p->key_count; i++) {
		for (uint16_t k = 0; k < i; k++) {
			if (bytes_equal((struct bytes){ p->keys[i].kid, COSE_KID_SIZE },
					(struct bytes){ p->keys[k].kid, COSE_KID_SIZE }))
				return false;
		}
	}
	return true;
}

int provision_decode(struct bytes in, struct provision *out)
{
	struct reader r = { .left = in };
	struct provision p = { 0 };

	uint32_t magic = read_u32(&r);
	uint16_t header_size = read_u16(&r);
	uint16_t key_size = read_u16(&r);
	p.key_count = read_u16(&r);
	p.key_epoch = read_u16(&r);
	p.class_id = read_bytes(&r, 16).at;
	uint32_t reserved = read_u32(&r);

	if (r.failed || magic != PROVISION_MAGIC || reserved != 0)
		return -MS_EFORMAT;
	if (header_size != PROVISION_HEADER_SIZE || key_size != PROVISION_KEY_SIZE)
		return -MS_EFORMAT;
	if (p.key_count < 1 || p.key_count > PROVISION_KEY_MAX)
		return -MS_EFORMAT;

	for (uint16_t i = 0; i < p.key_count; i++)
		read_key(&r, &p.keys[i]);
	if (r.failed || !kids_differ(&p))
		return -MS_EFORMAT;

	*out = p;
	return MS_OK;
}

void provision_encode(const struct provision *p, struct writer *w)
{
	write_u32(w, PROVISION_MAGIC);
	write_u16(w, PROVISION_HEADER_SIZE);
	write_u16(w, PROVISION_KEY_SIZE);
	write_u16(w, p->key_count);
	write_u16(w, p->key_epoch);
	write_bytes(w, (struct bytes){ p->class_id, 16 });
	write_u32(w, 0);

	for (uint16_t i = 0; i < p->key_count; i++) {
		write_bytes(w, (struct bytes){ p->keys[i].kid, COSE_KID_SIZE });
		write_u32(w, p->keys[i].roles);
		write_u32(w, 0);
		write_bytes(w, (struct bytes){ p->keys[i].point, COSE_POINT_SIZE });
	}
}
