/* SPDX-License-Identifier: Apache-2.0 */
/* What rigs and their clients say, and their files. */
#include "seeds.h"

void seed_rig(void)
{
	static const char log[] = "{\"n\":0,\"channel\":\"console\",\"text\":\"0.000001 hello info: Hello\"}\n{\"beat\":true}\n"
				  "{\"n\":1,\"end\":\"ended\",\"status\":0,\"digest\":\"0\",\"why\":\"\",\"fix\":\"\"}\n";
	/* All that a log of no lines has is its end. */
	static const char none[] = "{\"n\":0,\"end\":\"stopped\",\"status\":143,\"digest\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"why\":\"\",\"fix\":\"\"}\n";
	static const char config[] = "listen: 127.0.0.1:0\nlease: 2 s\nusers: [ { name: ann, token: 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' } ]\n"
				     "boards:\n  - { name: emu, board: mps2-an386 }\n  - name: disco\n    board: netduinoplus2\n    way: openocd\n    probe: stlink\n    console: /dev/ttyACM0\n"
				     "    safe: [ { at: 0x08000000, size: 512 KiB } ]\n  - { name: own, board: mps2-an386, way: command, command: [ drive, '{image}' ] }\n";
	static const char remote[] = "url: 'https://127.0.0.1:7443'\npin: 'sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='\n"
				     "token: 'msr_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'\n";

	seed_keep("fuzz_rig_log", "cut", BYTES_LITERAL(log));
	seed_keep("fuzz_rig_log", "whole", BYTES_LITERAL(none));
	seed_keep("fuzz_rig_config", "config", BYTES_LITERAL(config));
	seed_keep("fuzz_rig_config", "remote", BYTES_LITERAL(remote));
	seed_keep("fuzz_request", "path", BYTES_LITERAL("PUT /rig/v1/boards/emu/lease"));
	seed_keep("fuzz_request", "tile", BYTES_LITERAL("GET /t/entries/x001/067.p/3"));
	seed_keep("fuzz_request", "token", BYTES_LITERAL("Bearer msr_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"));
}
