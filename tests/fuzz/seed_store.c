/* SPDX-License-Identifier: Apache-2.0 */
/* What a store reads of others, and of itself after a crash. */
#include <string.h>

#include "cbor.h"
#include "seeds.h"

#define PEM \
	"-----BEGIN PUBLIC KEY-----\n" \
	"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAETl4iCZ47zrRbRG0TVf0dw7VFlHtv\n" \
	"18HInYhnmMNybo+A1wuECyVqrDSmLt4QQzZPBECV8ANHS5HgGCCSr7E/Lg==\n" \
	"-----END PUBLIC KEY-----\n"
#define CERTIFICATE \
	"-----BEGIN CERTIFICATE-----\n" \
	"MIIBmjCCAT+gAwIBAgIUfPoR8N2eXIvaF8SaOUh5Ifu6gRwwCgYIKoZIzj0EAwIw\n" \
	"FjEUMBIGA1UEAwwLZXhhbXBsZS5vcmcwHhcNMjYxMTIyMTQxNTE4WhcNNDYxMTE3\n" \
	"MTQxNTE4WjAWMRQwEgYDVQQDDAtleGFtcGxlLm9yZzBZMBMGByqGSM49AgEGCCqG\n" \
	"SM49AwEHA0IABH1SHT7CkAVLvTztR99pWxHDp3+fMUy2XxNq4qx+6Q4UZ4+e3nR1\n" \
	"Y/Si33siWoVWyO3wHB3WIRp8/Y+cOfOIrqajazBpMB0GA1UdDgQWBBRMFIR/YJR5\n" \
	"1clbVC8hE2b1eOMAkTAfBgNVHSMEGDAWgBRMFIR/YJR51clbVC8hE2b1eOMAkTAP\n" \
	"BgNVHRMBAf8EBTADAQH/MBYGA1UdEQQPMA2CC2V4YW1wbGUub3JnMAoGCCqGSM49\n" \
	"BAMCA0kAMEYCIQDoLt1VU8ycz62XQbAx9Dp0oa/BrePH22VuUFpybjqenwIhAOvy\n" \
	"Qmm0mfGdwjU0LcIc+KZSB+FnoOkI3RbHd9rCBhgT\n" \
	"-----END CERTIFICATE-----\n"
#define BLOCK16 "0102030405060708090a0b0c0d0e0f10"
#define ZERO16 "00000000000000000000000000000000"

static const uint8_t point[64] = { 7 }, kid[8] = { 0x39, 0x07, 0xba, 0x8b, 0xbc, 0x7c, 0x2b, 0xea };	/* a key, and the beginning of its thumbprint */

/* The beginning of an entry: its kind, of so many fields behind that and the time. */
static void begin_entry(struct writer *w, uint32_t fields, uint64_t kind)
{
	cbor_put_map(w, fields + 2);
	cbor_put_uint(w, 1);
	cbor_put_uint(w, kind);
	cbor_put_uint(w, 2);
	cbor_put_uint(w, 1795000000);
}

static void put_text(struct writer *w, uint64_t field, const char *text)
{
	cbor_put_uint(w, field);
	cbor_put_text(w, (struct bytes){ (const uint8_t *)text, strlen(text) });
}

static void put_bytes(struct writer *w, uint64_t field, const uint8_t *at, size_t size)
{
	cbor_put_uint(w, field);
	cbor_put_bytes(w, (struct bytes){ at, size });
}

static void put_number(struct writer *w, uint64_t field, uint64_t n)
{
	cbor_put_uint(w, field);
	cbor_put_uint(w, n);
}

static void put_version(struct writer *w)
{
	put_text(w, 4, "example.org");
	put_text(w, 5, "hello");
	put_text(w, 6, "1.0.0");
	put_bytes(w, 7, point, 32);
	put_number(w, 8, 12345);
}

static void put_store(struct writer *w)
{
	begin_entry(w, 2, 1);
	put_text(w, 3, "store.example.org/log");
	put_bytes(w, 11, point, 32);
}

static void put_publisher(struct writer *w)
{
	begin_entry(w, 2, 2);
	put_text(w, 4, "example.org");
	put_text(w, 13, "none");
}

static void put_key(struct writer *w)
{
	begin_entry(w, 2, 3);
	put_text(w, 4, "example.org");
	put_bytes(w, 10, point, 64);
}

static void put_publish(struct writer *w)
{
	begin_entry(w, 8, 5);
	put_version(w);
	put_bytes(w, 9, point, 32);
	put_bytes(w, 12, kid, sizeof(kid));
	put_number(w, 14, 1);
}

static void put_source(struct writer *w)
{
	begin_entry(w, 8, 10);
	put_version(w);
	put_bytes(w, 12, kid, sizeof(kid));
	put_text(w, 18, "key:0123456789abcdef");
	put_bytes(w, 20, point, 32);
}

/* A log whose entries follow, each with its size before it, up to the source of a version; and that entry by itself. */
static void seed_log(void)
{
	static void (*const puts[])(struct writer *w) = { put_store, put_publisher, put_key, put_publish, put_source };
	static uint8_t log[2048], entry[512];
	struct writer w = { .at = entry, .size = sizeof(entry) };
	size_t size = 0;

	for (size_t i = 0; i < sizeof(puts) / sizeof(*puts); i++) {
		w = (struct writer){ .at = entry, .size = sizeof(entry) };
		puts[i](&w);
		struct bytes one = writer_bytes(&w);
		log[size++] = (uint8_t)(one.size >> 8);
		log[size++] = (uint8_t)one.size;
		memcpy(log + size, one.at, one.size);
		size += one.size;
	}
	seed_keep("fuzz_leaf", "source", writer_bytes(&w));
	seed_keep("fuzz_leaf", "log", (struct bytes){ log, size });
}

void seed_store(void)
{
	seed_log();
	seed_keep("fuzz_claim", "claim", BYTES_LITERAL("# A claim of a name space (ms publish).\n# store: store.example.org\n# at: https://store.example.org\n# vendor: example.org\n# nonce: " BLOCK16 "\n" PEM
						       "# signature: " BLOCK16 BLOCK16 BLOCK16 BLOCK16 BLOCK16 BLOCK16 "\n"));
	seed_keep("fuzz_domainproof", "proof", BYTES_LITERAL("claim\n-----BEGIN SIGNATURE-----\nAQIDBAUGBwgJCgsMDQ4PEA==\n-----END SIGNATURE-----\n" CERTIFICATE));
	seed_keep("fuzz_storeindex", "line", BYTES_LITERAL("{\"name\":\"example.org/hello\",\"version\":\"1.0.0\",\"package\":\"" ZERO16 ZERO16 "\",\"size\":1,\"abi\":\"1\",\"license\":\"MIT\""
							   ",\"state\":\"live\",\"changed\":7}\n"));
}
