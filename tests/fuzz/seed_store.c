/* SPDX-License-Identifier: Apache-2.0 */
/* What a store reads of others, and of itself after a crash. */
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

void seed_store(void)
{
	seed_keep("fuzz_claim", "claim", BYTES_LITERAL("# A claim of a name space (ms publish).\n# store: store.example.org\n# at: https://store.example.org\n# vendor: example.org\n# nonce: " BLOCK16 "\n" PEM
						       "# signature: " BLOCK16 BLOCK16 BLOCK16 BLOCK16 BLOCK16 BLOCK16 "\n"));
	seed_keep("fuzz_domainproof", "proof", BYTES_LITERAL("claim\n-----BEGIN SIGNATURE-----\nAQIDBAUGBwgJCgsMDQ4PEA==\n-----END SIGNATURE-----\n" CERTIFICATE));
	seed_keep("fuzz_storeindex", "line", BYTES_LITERAL("{\"name\":\"example.org/hello\",\"version\":\"1.0.0\",\"package\":\"" ZERO16 ZERO16 "\",\"size\":1,\"abi\":\"1\",\"license\":\"MIT\""
							   ",\"state\":\"live\",\"changed\":7}\n"));
}
