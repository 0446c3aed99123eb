#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What verbs print with --json is as the published schema says, and nothing more: docs/schema/output-1.json, judged by a validator of others.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/vboard/vboard.sh
. tests/store/shop.sh

# said WORD...: what ms prints with --json goes to the others' lines.
said() {
	ms --json "$@" >"$here/line" 2>"$here/err" </dev/null || :
	[ ! -s "$here/err" ] || { echo "ms --json $*: on stderr:"; cat "$here/err"; return 1; }
	cat "$here/line" >>"$here/lines"
}

# A service that is given the console and writes to it itself; somebody else's licence is missing.
talker() {
	project talker talker <<-'END'
	#include <SysCall.h>
	#include <ms/device.h>
	#include <ms/parameter.h>
	#include <psa_manifest/talker.h>

	int main(void)
	{
		char note[8];
		volatile void *registers;	// DATA, STATE (bit 0: full), CTRL, INTCLEAR, BAUDDIV

		ms_parameter_get("note", note, sizeof(note));
		if (ms_device_map(UART0_DEVICE, &registers) < 0)
			return 1;
		volatile uint32_t *uart = registers;

		uart[4] = 217;
		uart[2] = 1;
		for (const char *c = "by hand\n"; *c; c++) {
			while (uart[1] & 1)
				;
			uart[0] = (uint32_t)*c;
		}
		return 0;
	}
	END
	echo 'requests: { devices: [ { name: uart0, interrupts: 2 } ], parameters: [ { name: note, type: text, size: 8, optional: true } ] }' >>talker/ms.yaml
	mkdir give
	printf 'name: give\nvendor: example.org\nconsole: talker\nservices:\n  - path: ../talker\n    grants: { devices: [ uart0 ] }\n' >give/product.yaml
}

# Each verb in what it does most, and some of what goes wrong.
say_all() {
	said new hello && said new hello
	hello greeter && said build greeter && said build greeter --no-such-option
	echo 'memry: 1' >>greeter/ms.yaml && said build greeter
	crasher crasher && echo 'int x = y;' >>crasher/src/main.c && said build crasher && crasher crasher
	said test hello --list && said test hello --coverage && said test hello --faults && said test hello --on mps2-an386
	printf '#include <stddef.h>\n#include <stdint.h>\nint fuzz(const uint8_t *data, size_t size)\n{\n\treturn size && *data;\n}\n' >hello/tests/fuzz_bytes.c
	said test hello --fuzz bytes --time 1 && rm hello/tests/fuzz_bytes.c
	said run hello --fast --stats --profile && said -C crasher run --fast --trace trace.json --until 'restart 1' && said -C crasher crash
	echo 'no frame' >console.log && said crash console.log
	talker && said run give --fast --until 'by hand' && said package talker -o talker.msp
	said package hello -o hello.msp && said verify hello.msp && said verify --rebuild --source hello hello.msp && said package --source hello -o hello-source.msp && said verify hello-source.msp && said inspect hello-source.msp && said inspect hello.msp && said sign hello.msp
	mkdir -p st/log && echo x >st/log/checkpoint && said audit st && said key trust --store 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k' && said key list && said key untrust --store example.com/foo
	sed 's/hello/hellp/' hello.msp >flipped.msp && said verify flipped.msp hello.msp
	said inspect hello/out/v7em/hello.elf && said inspect hello/out/v7em/hello.img && said inspect hello/out/run/mps2-an386.bin
	said key list && said key show developer && said key export developer && said key new other && said key bogus
	ms key export other >other.pem && said key trust --vendor example.org other.pem && said key untrust other
	said key rotate other && said key revoke other --reason 'the test ends'
	said board list && said board show microbit && said board show nowhere
	ms size hello --json >size.json && said size hello && said size hello --stack --board mps2-an505 && sed -i 's/Hello/Hello again/' hello/src/*.c && said size hello --diff size.json && said size nowhere
	printf '#include <stdint.h>\nint32_t add_two(int32_t a, int32_t b);\n' >add.h && said api check add.h && said api bind add.h -o bound
	printf '#include <stdint.h>\nint64_t add_two(int32_t a, int32_t b);\nlong bad(void);\n' >new.h && said api check new.h
	mkdir changed && sed 's/int32_t b/int64_t b/' add.h >changed/add.h && said api diff add.h changed/add.h
	cp -R "$top/tests/services/owner" . && rm -rf owner/out && said size owner
	said inspect --sbom cyclonedx talker.msp && said inspect --sbom spdx talker.msp && said inspect --sbom spdx hello/ms.yaml
	said explain && said explain MS1105 && said explain --markdown && said explain 1
	said vendor hello && said lock hello
	mkdir made && said -C made product init --vendor acme.example && said -C made product add ../talker.msp --trust "$MS_HOME/config/keys/developer.pem" && said -C made product check
	said -C made product grant talker uart0 && said -C made product check && said -C made product check --profile psti && echo hi >note && said -C made product parameter talker note --file ../note && said -C made product parameter talker note --remove && said -C made product parameter talker none --file ../note && said -C made product tree && ms -q -C made product build >granted && cp -R made/out/product granted.product && said -C made product layout --svg made.svg && said -C made product explain talker && said -C made product revoke talker uart0 && said -C made product deny talker uart0 && said -C made product build && said -C made product verify && said -C made product diff ../granted.product . && said -C made product update ../talker.msp && said -C made product update ../talker.msp --downgrade && said -C made product remove talker --dry-run && said -C made product remove talker && said -C made product bogus
	said watch hello --fast --until 'all services have ended'
	said doctor && said completion bash && said help && said help test && said help product add && said help --manifest && said version && said frobnicate
	mkdir old && echo 'int main(void) { return system("ls"); }' >old/main.c && said new imported --import old
	head -c 100 /dev/zero >zero.bin && plug --slow 0 && said flash zero.bin --board netduinoplus2 --probe "remote:$here/probe"
	said flash hello --board netduinoplus2 --probe "remote:$here/probe" && sed -i 's/^version: .*/version: 1.1.0/' hello/ms.yaml && said flash hello --board netduinoplus2 --probe "remote:$here/probe" && unplug
	echo "print 1" >one.gdb && ms debug hello --commands one.gdb --json 2>/dev/null >>"$here/lines"
	mkfifo serial && said monitor serial --timeout 1 && said monitor nowhere
	said flash zero.bin --board netduinoplus2 --probe usb && said flash --show-config --board netduinoplus2 --probe cmsis-dap
	said rig token ann && said rig list unix:nobody
	ms rig serve --board mps2-an386 --socket rig.sock --state rig --json >>"$here/lines" 2>/dev/null &
	rig=$!
	soon ms rig list unix:rig.sock && said rig list unix:rig.sock
	kill "$rig" && wait "$rig"
	said store claim store.example https://store.example example.org 0123456789abcdef0123456789abcdef && said store check --dir shop
	said store administrator another --dir shop
	ASAN_OPTIONS=detect_leaks=0 ms store serve --dir shop --listen 127.0.0.1:0 --admins 2 --json >>"$here/lines" 2>/dev/null &
	shop=$!
	soon grep -q store_door "$here/lines"
	url=$(sed -n 's/.*"type":"store_door","url":"\([^"]*\)".*/\1/p' "$here/lines")
	said login && said publish hello.msp --store "$url" && said login "$url" --claim example.org && said login && said publish hello.msp --dry-run
	said publish hello.msp --stage && said publish hello.msp --approve && said publish hello.msp && said publish hello.msp --store ftp://x
	said publish --source hello --dry-run && said publish hello-source.msp && said publish hello-source.msp
	said token create --scope stage --label ci && said token list && said token revoke 000000000000
	ms -q key trust --store "$(sed 's/.*"key":"\([^"]*\)".*/\1/' shop/index/config.json)" && mkdir gate && said -C gate product init --vendor acme.example && said -C gate product frame
	said search hel --store "$url" --fits mps2-an386 && said search --store shop --limit 1 && said -C gate add example.org/hello --store "$url" --dry-run && said -C gate add example.org/hello --store "$url" && said -C gate install && said audit "$url"
	mkdir given && said -C given product init --vendor acme.example && said -C given add example.org/hello --source --store "$url" && rm -r given/packages && said -C given install --dry-run --store "$url" && said -C given install --store "$url"
	said yank example.org/hello 1.0.0 --reason broken && said yank example.org/hello 1.0.0 --undo --dry-run && said yank example.org/hello 1.0.0 --undo && said yank hello 1.0.0 --undo
	said store quarantine example.org/hello 1.0.0 --reason malware --store "$url" --token-file shop/admin-token --dry-run
	for administrator in shop/admin-token another; do
		said store quarantine example.org/hello 1.0.0 --reason malware --store "$url" --token-file "$administrator"
		said store status --store "$url" --token-file "$administrator"
	done
	for administrator in shop/admin-token another; do
		said store release example.org/hello 1.0.0 --store "$url" --token-file "$administrator"
	done
	said store approval example.org on --store "$url" && said store status --store "$url" --token-file shop/admin-token && said store drop 0 --store "$url" --token-file shop/admin-token
	end_shop
	echo lost >shop/blobs/sha256/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
	touch -d '2 days ago' shop/blobs/sha256/0123456789abcdef*
	said store sweep --dir shop --dry-run && said store sweep --dir shop
	said login --remove "$url" && said login --remove "$url"
	said store check --dir shop && said store rebuild --dir shop
	said store mirror shop mirrored --key "$(sed 's/.*"key":"\([^"]*\)".*/\1/' shop/index/config.json)" && said audit mirrored
	"$top/out/check/tests/fakes/liar" port shop slow blobs/ >asked &
	slow=$!
	soon [ -s port ]
	said audit "http://127.0.0.1:$(cat port)"
	kill "$slow" && { wait "$slow" || true; }
	for blob in shop/blobs/sha256/*; do
		echo x >>"$blob"
	done
	said store check --dir shop
	said clean hello && said clean hello
}

# The lines as one array, by a schema in which no member may stand that is not described.
validated() {
	sed 's/"unevaluatedProperties": true/"unevaluatedProperties": false/' "$top/docs/schema/output-1.json" >"$here/line.json"
	cat >"$here/array.json" <<-END
	{ "\$schema": "https://json-schema.org/draft/2020-12/schema", "type": "array", "items": { "\$ref": "file://$here/line.json" } }
	END
	{ echo '['; sed '$!s/$/,/' "$1"; echo ']'; } >"$here/array"
	/usr/bin/jsonschema -i "$here/array" "$here/array.json" >"$here/judged" 2>&1
}

each_line_is_as_the_schema_says() {
	cd "$here"
	say_all
	validated "$here/lines" || { cut -c 1-2000 "$here/judged"; return 1; }
}

# What is described and never said would be described without being looked at.
each_verb_and_each_type_is_among_them() {
	lines=$scratch/each_line_is_as_the_schema_says/lines
	sed -n '/, HIDDEN,/d; s/^VERB(\([a-z]*\),.*/\1/p' "$top/cli/verbs.def" | while read -r verb; do
		grep -q "\"type\":\"result\",\"verb\":\"$verb\",\"ok\":true" "$lines" || { echo "no success of $verb"; return 1; }
	done
	sed -n '/"enum": \["board"/,/\]/p' "$top/docs/schema/output-1.json" | grep -o '"[a-z_]*"' | grep -v '"enum"' | tr -d '"' | while read -r type; do
		grep -q "\"v\":1,\"type\":\"$type\"" "$lines" || { echo "no line of type $type"; return 1; }
	done
}

# A validator that took anything would see nothing.
what_is_wrong_is_refused() {
	for line in '{"v":2,"type":"warning","text":"x"}' '{"v":1,"type":"warning"}' '{"v":1,"type":"warning","text":"x","more":1}' '{"v":1,"type":"nonsense"}' \
		'{"v":1,"type":"result","verb":"new","ok":true,"exit":1,"error":null}' '{"v":1,"type":"result","verb":"clean","ok":true,"exit":0,"error":null,"folder":"x"}'; do
		echo "$line" >"$here/lines"
		! validated "$here/lines" || { echo "taken: $line"; return 1; }
	done
	echo '{"v":1,"type":"warning","text":"x"}' >"$here/lines"
	validated "$here/lines"
}

run each_line_is_as_the_schema_says
run each_verb_and_each_type_is_among_them
run what_is_wrong_is_refused
