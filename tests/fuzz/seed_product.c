/* SPDX-License-Identifier: Apache-2.0 */
/* Bills of materials, linkers' maps and lock files. */
#include "seeds.h"

void seed_product(void)
{
	seed_keep("fuzz_sbom", "document", BYTES_LITERAL(
		"{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"serialNumber\":\"urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79\",\"version\":1,"
		"\"metadata\":{\"component\":{\"type\":\"firmware\",\"bom-ref\":\"service\",\"group\":\"example.org\",\"name\":\"hello\",\"version\":\"1.0.0\","
		"\"cpe\":\"cpe:2.3:a:example.org:hello:1.0.0:*:*:*:*:*:*:*\",\"purl\":\"pkg:generic/example.org/hello@1.0.0\","
		"\"licenses\":[{\"expression\":\"Apache-2.0\"}],\"components\":[{\"type\":\"file\",\"bom-ref\":\"f\",\"name\":\"a.c\","
		"\"hashes\":[{\"alg\":\"MD5\",\"content\":\"00112233445566778899aabbccddeeff\"}]}]}},"
		"\"components\":[{\"type\":\"library\",\"bom-ref\":\"l\",\"name\":\"libc\",\"licenses\":[{\"license\":{\"id\":\"MIT\"}}]}],"
		"\"dependencies\":[{\"ref\":\"service\",\"dependsOn\":[\"l\"]},{\"ref\":\"l\",\"dependsOn\":[]}],"
		"\"compositions\":[{\"aggregate\":\"complete\",\"assemblies\":[\"service\"],\"dependencies\":[\"service\"]}]}"));
	seed_keep("fuzz_sbom", "cpe", BYTES_LITERAL("cpe:2.3:a:arm:mbed\\+tls:3.6.?:*:-:*:*:*:*:*"));
	seed_keep("fuzz_sbom", "purl", BYTES_LITERAL("pkg:github/a/b%20c@1.0?checksum=sha256:ab,sha1:cd&vcs_url=x#src/lib"));
	seed_keep("fuzz_linkmap", "map", BYTES_LITERAL(
		"Discarded input sections\n .text 0x00000000 0x8 a.o\nLinker script and memory map\n\nLOAD a.o\n"
		".text 0x20000000 0x100\n *(.text)\n .text.main     0x20000000       0x24 out/main.o\n"
		" .text.a_long_name\n                0x20000024       0x10 libc.a(printf.o)\n *fill* 0x20000034 0xc\n COMMON 0xa0000000 0x10 b.o\n"));
	seed_keep("fuzz_linkmap", "deps", BYTES_LITERAL("a.o: #deps 2, deps mtime 1 (VALID)\n    src/a.c\n    /sdk/include/a.h\n\nb.o: #deps 0, deps mtime 1 (STALE)\n"));
	seed_keep("fuzz_object", "library", BYTES_LITERAL(
		"!<arch>\n//                                              18        `\nrotation_of_all.o/\n"
		"/0              0           0     0     644     6         `\n\x7f" "ELF\1\1rot.o/          0           0     0     644     4         `\nBC\xc0\xde"));
	seed_keep("fuzz_object", "attributes", BYTES_LITERAL(
		"A\x1e\0\0\0aeabi\0\1\x14\0\0\0\5m4\0\6\x0d\7M\x0e\1\x12\4\x1a\1\x1c\1C2.09\0"));
	seed_keep("fuzz_lock", "lines", BYTES_LITERAL(
		"ms.lock 1\n# by hand\nfile example.org/adder 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef include/adder.h\n"
		"interface example.org/adder 1.0.0 0x4ae53c11 1 stateless adder\n"
		"package example.org/aes 1.0.0+2 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef aes 1.msp\n"));
	seed_keep("fuzz_intel_hex", "lines", BYTES_LITERAL(":020000040800F2\n:10FFF000214601360121470136007EFE09D2190152\n:020000040801F1\n:0100000000FF\n:00000001FF\n"));
	seed_keep("fuzz_product_edit", "lines", BYTES_LITERAL(
		"name: door\nvendor: acme.example\nservices:\n  - path: a  # one\n    grants: { ipc: [ b ] }\n  - package: c.msp\n    grants:\n      devices:\n        - uart0\n"));
	seed_keep("fuzz_product_edit", "parameters", BYTES_LITERAL(
		"name: door\nvendor: acme.example\nservices:\n- package: a.msp\n  parameters: [ { name: key, file: ../k }, { name: n, value: \"3\" } ]  # two\n  denies: [ x ]\n"
		"- package: b.msp\n  parameters:\n  - name: key\n    file: k\n"));
	seed_keep("fuzz_product_edit", "comments", BYTES_LITERAL(
		"name: door\nvendor: acme.example\nservices: [ { path: a, denies: [ # none yet\n ], grants: { devices: [ # nor these\n ] }, parameters: [ # nor this\n ] } ]\n"));
	seed_keep("fuzz_product_edit", "brackets", BYTES_LITERAL("{ name: door, vendor: acme.example, services: [ { path: a, grants: { } } ] }\n"));
}
