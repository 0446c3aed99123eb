/* SPDX-License-Identifier: Apache-2.0 */
#include "seeds.h"

static const char project[] =
	"# all that a service can say\n"
	"name: door-lock\nvendor: firm.example\nversion: 2.3.4+5\nsecurity-counter: 0x7\nlicense: MIT OR (Apache-2.0 AND Zlib)\n"
	"sdk: \">=0.1 <0.2\"\ntargets: [ v8m, v7em-fp, v7em ]\nmemory: { stack: 2 KiB, heap: 64 KiB }\nlibc: picolibc\n"
	"sources:\n  - src/*.c\n  - port/a.S\ninclude-dirs: [ api ]\ndefines: [ A, 'B=\"x\"' ]\ncflags: [ -Wconversion ]\n"
	"libraries: [ mbedcrypto ]\nc-std: c11\nrequests: { fpu: true }\n";

static const char refused[] =
	"name: hello\nvendor: example.org\nversion: 1.0.0\nlicense: MIT\n"
	"provides:\n  - { name: hello, sid: 0x48000001, version: 1, connections: true }\n"
	"requests: { ipc: [ example.org/aes ], devices: [ uart1 ], storage: 8 KiB, crypto: [ aes-gcm ] }\npie: false\n";

static const char talking[] =
	"name: hello\nvendor: example.org\nversion: 1.0.0\nlicense: MIT\ntest-with: [ ../aes ]\n"
	"provides:\n  - { name: hello, sid: 0x48000001, version: 1, connections: true }\n  - { name: sum, sid: 7, version: 2, version-policy: relaxed, connections: false }\n"
	"requests:\n  ipc: [ example.org/aes, { name: clock, sid: 8, version: 1, weak: true }, { from: ../led } ]\n  notify: [ example.org/client ]\n";

static const char partition[] =
	"{ \"psa_framework_version\": 1.1, \"name\": \"P\", \"type\": \"PSA-ROT\", \"priority\": \"HIGH\", \"model\": \"IPC\",\n"
	"\"entry_point\": \"run\", \"stack_size\": \"0x400\", \"heap_size\": 8, \"services\": [ { \"name\": \"S\", \"sid\": \"0xFB01\", \"non_secure_clients\": true,\n"
	"\"connection_based\": false, \"stateless_handle\": \"auto\", \"version\": 2, \"version_policy\": \"RELAXED\" } ], \"dependencies\": [ \"A\" ], \"weak_dependencies\": [ \"B\" ] }\n";

static const char product[] =
	"name: door\nvendor: example.org\nboard: mps2-an386\nservices:\n  - path: ../hello\n"
	"  - { package: aes-1.0.0.msp, priority: 20, ceiling: 20, quantum: 1 s, restart: never, restart-limit: 0, backoff: 50 ms }\n";

static const char odd[] = "%YAML 1.1\n--- !!map\n&a name: *a\n? [ x, 'y', \"\\u00e4\" ]\n: |\n  two\n  lines\n<<: {}\n...\n---\n";

void seed_schema(void)
{
	seed_keep("fuzz_schema", "project", BYTES_LITERAL(project));
	seed_keep("fuzz_schema", "talking", BYTES_LITERAL(talking));
	seed_keep("fuzz_schema", "partition", BYTES_LITERAL(partition));
	seed_keep("fuzz_schema", "refused", BYTES_LITERAL(refused));
	seed_keep("fuzz_schema", "product", BYTES_LITERAL(product));
	seed_keep("fuzz_schema", "odd", BYTES_LITERAL(odd));
}
