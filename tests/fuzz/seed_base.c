/* SPDX-License-Identifier: Apache-2.0 */
/* Files of trusted keys, public keys, texts. */
#include "seeds.h"

#define PEM \
	"-----BEGIN PUBLIC KEY-----\n" \
	"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAETl4iCZ47zrRbRG0TVf0dw7VFlHtv\n" \
	"18HInYhnmMNybo+A1wuECyVqrDSmLt4QQzZPBECV8ANHS5HgGCCSr7E/Lg==\n" \
	"-----END PUBLIC KEY-----\n"

void seed_trust(void)
{
	seed_keep("fuzz_trust", "least", BYTES_LITERAL("# role: developer\n" PEM));
	seed_keep("fuzz_trust", "most", BYTES_LITERAL("# A key that ms trusts (ms key trust).\n# role: integrator\n"
						      "# vendor: example.org\n# label: Anna's key\n" PEM));
}

#define KID8 "bd243fa7ab221ec6"
#define SIGNATURE8 "0102030405060708"

void seed_statement(void)
{
	seed_keep("fuzz_statement", "rotation", BYTES_LITERAL("# A statement about a key (ms key).\n# says: rotation\n# by: " KID8 KID8 KID8 KID8
							       "\n# date: 2026-11-22\n" PEM));
	seed_keep("fuzz_statement", "revocation", BYTES_LITERAL("# A statement about a key (ms key).\n# says: revocation\n# by: " KID8 KID8 KID8 KID8
								 "\n# date: 2026-11-22\n# reason: lost\n" PEM "# signature: "
								 SIGNATURE8 SIGNATURE8 SIGNATURE8 SIGNATURE8 SIGNATURE8 SIGNATURE8
								 SIGNATURE8 SIGNATURE8 SIGNATURE8 SIGNATURE8 SIGNATURE8 SIGNATURE8 "\n"));
}

void seed_key(void)
{
	/* The same without PEM's base64, behind which little of the parser would be reached. */
	static const uint8_t der[] = {
		0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
		0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04, 0x4e, 0x5e, 0x22, 0x09, 0x9e,
		0x3b, 0xce, 0xb4, 0x5b, 0x44, 0x6d, 0x13, 0x55, 0xfd, 0x1d, 0xc3, 0xb5, 0x45, 0x94, 0x7b, 0x6f,
		0xd7, 0xc1, 0xc8, 0x9d, 0x88, 0x67, 0x98, 0xc3, 0x72, 0x6e, 0x8f, 0x80, 0xd7, 0x0b, 0x84, 0x0b,
		0x25, 0x6a, 0xac, 0x34, 0xa6, 0x2e, 0xde, 0x10, 0x43, 0x36, 0x4f, 0x04, 0x40, 0x95, 0xf0, 0x03,
		0x47, 0x4b, 0x91, 0xe0, 0x18, 0x20, 0x92, 0xaf, 0xb1, 0x3f, 0x2e,
	};

	seed_keep("fuzz_key", "public", BYTES_LITERAL(PEM));
	seed_keep("fuzz_key", "der", BYTES_OF(der));
}

void seed_printable(void)
{
	seed_keep("fuzz_printable", "text", BYTES_LITERAL("plain \xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80"));
	seed_keep("fuzz_printable", "foul", BYTES_LITERAL("\033[31m\x9b\xc2\x9b\xe2\x80\xae\xed\xa0\x80\xff\t\n"));
}
