#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# examples/08-product does what its README says: packages of three vendors become a signed product for two processors.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/examples/example.sh

# The parcels of the three vendors are made once; what follows uses nothing else of theirs.
vendors() {
	here=$scratch/vendors
	mkdir "$here"
	example 08-product
	sh vendors.sh >"$here/out" 2>&1
	same "$(find people -name '*.pem' -path '*/keys/*' | wc -l)" 3
	cp -R parcels "$scratch/parcels"
	cd "$top"
	rm -rf "$here" "$scratch/services"
}

# five_commands BOARD: from an empty folder to out/product.
five_commands() {
	mkdir "$here/station"
	cd "$here/station"
	ms -q product init --board "$1" --vendor acme.example
	printf %s 'an example, and no secret at all' >"$here/cipher.key"
	ms -q product add "$scratch/parcels/uart-cmsdk.msp" "$scratch/parcels/meter.msp" "$scratch/parcels/cipher.msp" --trust "$scratch/parcels/crypto.example.pem" --trust "$scratch/parcels/example.org.pem" --trust "$scratch/parcels/meter.example.pem" >"$here/out"
	ms product parameter cipher key --file ../cipher.key >"$here/out"
	ms -q product grant meter --all >"$here/out"
	ms -q product grant uart-cmsdk uart1 >"$here/out"
	ms -q product build >"$here/out"
}

# boots MACHINE BASE: the emulator itself, with the device image at the base of flash; the log is in $here/console, the UART's bytes in $here/wire.
boots() {
	timeout 100 qemu-system-arm -M "$1" -nodefaults -nic none -display none -monitor none -icount shift=5,sleep=off -serial "file:$here/console" -serial "file:$here/wire" \
		-device "loader,file=out/product/station.bin,addr=$2,force-raw=on" </dev/null >"$here/qemu" 2>&1 &
	qemu=$!
	soon grep -qa 'meter ended' "$here/console" || { cat "$here/qemu" "$here/console"; return 1; }
	kill "$qemu"
	wait "$qemu" || :
	says "$here/console" 'meter ended with status 0'
	lacks "$here/console" 'error'
	same "$(grep -c 'sealed and sent' "$here/console")" 3
}

# Each line by another implementation: GCM's text is CTR's from the second block on.
opens() {
	digits=$(printf %s "$2" | od -An -v -tx1 | tr -d ' \n')
	while IFS=: read -r nonce sealed; do
		printf %s "${sealed%????????????????????????????????}" | sed 's/../&\n/g' | while read -r byte; do [ -z "$byte" ] || printf %b "\\0$(printf %03o "0x$byte")"; done |
			openssl enc -d -aes-128-ctr -K "${digits#????????????????????????????????}" -iv "${nonce}00000002"
		echo
	done <"$1"
}

# What was said in the log is what the wire carries, for who has the key.
carries() {
	opens "$here/wire" 'an example, and no secret at all' >"$here/opened"
	sed -n 's/.*\(telegram .*\), sealed and sent.*/\1/p' "$here/console" >"$here/logged"
	same "$(wc -l <"$here/logged")" 3
	diff "$here/logged" "$here/opened"
	lacks "$here/wire" telegram
}

five_commands_give_a_product_that_boots_on_a_cortex_m4() {
	five_commands mps2-an386
	ms product verify >"$here/out"
	says "$here/out" 'station: good, 3 services for mps2-an386'
	boots mps2-an386 0x0
	carries
}

# Its package says which chip it is for, and the speed: that is in the tree that is signed, until the product says another; on another chip it is refused.
the_driver_brings_its_overlay() {
	five_commands mps2-an386
	ms inspect "$scratch/parcels/uart-cmsdk.msp" >"$here/out"
	says "$here/out" overlays/uart1.dtbo
	dtc -q -I dtb -O dts out/product/station.dtb >"$here/tree"
	awk '/@[0-9a-f]* {$/ { node = "" } { node = node $0 } /ms,owner = "uart-cmsdk"/ { mine = 1 } /};/ { if (mine) print node; mine = 0 }' "$here/tree" >"$here/mine"
	says "$here/mine" '@40005000 {'
	says "$here/mine" 'current-speed = <0x1c200>'
	printf '&uart1 { current-speed = <9600>; };\n' >line.overlay
	sed -i 's/^board:/overlays: [ line.overlay ]\nboard:/' product.yaml
	ms -v product tree >"$here/out"
	says "$here/out" 'current-speed = <0x2580>'
	printf '&uart1 { compatible = "st,stm32-usart"; };\n' >line.overlay
	fails 8 ms product check
	says "$here/out" 'line.overlay:1:'
}

the_same_packages_give_one_for_a_cortex_m33() {
	five_commands mps2-an505
	boots mps2-an505 0x10000000
	carries
	for each in "$scratch/parcels"/*.msp; do
		hash=$(sha256sum <"$each")
		says product.lock "${hash%% *}"
	done
}

# Keys of three roles' owners: a vendor's signs for that vendor, the integrator's the table, and neither the other's.
each_key_counts_for_its_role() {
	five_commands mps2-an386
	same "$(find trust -name '*.pem' | wc -l)" 3
	mkdir "$here/other"
	cd "$here/other"
	ms -q product init --vendor acme.example
	fails 7 ms product add "$scratch/parcels/meter.msp" --trust "$scratch/parcels/example.org.pem"
	says "$here/out" 'no key that signed it is trusted here'
	# Several keys at once bring no second one in for a vendor.
	ms -q product add "$scratch/parcels/meter.msp" --trust "$scratch/parcels/meter.example.pem" >"$here/out"
	cp -R "$top/examples/08-product/meter" "$here/meter"
	MS_HOME=$here/stranger ms -q package "$here/meter" -o "$here/forged.msp" >"$here/out"
	MS_HOME=$here/stranger ms key export >"$here/stranger.pem"
	fails 7 ms product add "$here/forged.msp" "$scratch/parcels/cipher.msp" --trust "$here/stranger.pem" --trust "$scratch/parcels/crypto.example.pem"
	says "$here/out" 'the product trusts the key'
}

# One byte of the first service in flash: tool and board refuse it.
a_changed_image_does_not_start() {
	five_commands mps2-an386
	printf '\252' | dd of=out/product/station.bin bs=1 seek=$((0x40000 + 100)) conv=notrunc 2>/dev/null
	fails 7 ms verify out/product/station.bin
	timeout 100 qemu-system-arm -M mps2-an386 -nodefaults -nic none -display none -monitor none -icount shift=5,sleep=off -serial "file:$here/console" \
		-device loader,file=out/product/station.bin,addr=0x0,force-raw=on </dev/null >"$here/qemu" 2>&1 &
	qemu=$!
	soon grep -qa 'is not what the table says' "$here/console"
	kill "$qemu"
	wait "$qemu" || :
}

# refuses NAME LINE SENTENCE: what the product gives in that line instead.
refuses() {
	sed '/parameters:/d' product.yaml >"$here/$1.yaml"
	[ -z "$2" ] || echo "    $2" >>"$here/$1.yaml"
	cp product.yaml "$here/good.yaml"
	cp "$here/$1.yaml" product.yaml
	fails 8 ms product check
	says "$here/out" "$3"
	says "$here/out" 'product.yaml:'
	lacks "$here/out" 'no secret'
	cp "$here/good.yaml" product.yaml
}

parameters_that_do_not_fit_are_refused_by_name() {
	five_commands mps2-an386
	refuses missing '' "'cipher' needs the parameter 'key' (bytes, 32 bytes at most), and the product gives none [MS"
	refuses unknown 'parameters: [ { name: kye, file: ../cipher.key } ]' "'cipher' asks for no parameter 'kye'"
	says "$here/out" "did you mean 'key'?"
	printf %s 'an example, and no secret at all!' >"$here/large.key"
	refuses large 'parameters: [ { name: key, file: ../large.key } ]' "the parameter 'key' of 'cipher' has 33 bytes, and the service takes 32 at most"
	refuses twice 'parameters: [ { name: key, value: a }, { name: key, value: b } ]' "the parameter 'key' of 'cipher' is given twice"
	refuses both 'parameters: [ { name: key, value: a, file: ../cipher.key } ]' "has both 'file' and 'value'"
	sed '/parameters:/d' product.yaml >"$here/elsewhere.yaml"
	sed 's|^\(  - package: .*meter.*\)|\1\n    parameters: [ { name: key, file: ../cipher.key } ]|' "$here/elsewhere.yaml" >product.yaml
	fails 8 ms product check
	says "$here/out" "'meter' asks for no parameter 'key'"
}

# given FOLDER: product.yaml of that folder, and what lies in secrets/.
given() {
	{ cat "$1/product.yaml"; find "$1/secrets" -type f -exec sha256sum {} + | sort; } 2>/dev/null
}

# From a file or from standard input, replaced and taken out again: the file stays what it was but for that, comments and all, and no value is in it or on the screen.
a_parameter_is_given_by_a_command_and_taken_back() {
	five_commands mps2-an386
	sed -i 's|^    parameters:.*||; s|^services:|services:   # three of them|' product.yaml
	cp product.yaml "$here/without.yaml"
	fails 8 ms product check
	says "$here/out" 'fix: ms product parameter cipher key --file FILE'
	ms product parameter cipher key --file ../cipher.key >"$here/out"
	says "$here/out" "cipher gets key (bytes) from '../cipher.key'"
	sed '/parameters: \[ { name: key, file: ..\/cipher.key } \]/d' product.yaml | cmp - "$here/without.yaml"
	ms product check >"$here/out"
	says "$here/out" '  gets key (bytes)'
	ms product explain cipher >"$here/out"
	says "$here/out" "asks for the parameter key: bytes, 32 bytes at most; given in product.yaml:$(grep -n 'parameters:' product.yaml | cut -d: -f1)"
	printf %s 'a secret that nobody shall read' | ms product parameter cipher key --stdin >"$here/out"
	same "$(stat -c %a secrets/cipher.key)" 600
	says "$here/out" "from 'secrets/cipher.key'"
	printf %s another | fails 3 ms product parameter cipher key --stdin
	says "$here/out" '--replace'
	printf %s another | ms product parameter cipher key --stdin --replace --dry-run >"$here/out" 2>&1
	says "$here/out" 'nothing was changed: --dry-run'
	same "$(cat secrets/cipher.key)" 'a secret that nobody shall read'
	printf %s 'another, that nobody shall read' | ms product parameter cipher key --stdin --replace >"$here/out"
	same "$(cat secrets/cipher.key)" 'another, that nobody shall read'
	git init -q . && git add . && same "$(git ls-files | grep -c secrets)" 0
	ms -v product build >"$here/out" 2>&1
	says out/product/station.bin 'another, that nobody shall read'
	lacks "$here/out" 'nobody shall read'
	lacks product.yaml 'nobody shall read'
	ms product parameter cipher key --remove >"$here/out" 2>&1
	says "$here/out" "'secrets/cipher.key' stays where it is"
	sed '/parameters: \[\]/d; s/ *parameters: \[ *\]//' product.yaml | grep -v '^$' >"$here/after"
	grep -v '^$' "$here/without.yaml" | cmp - "$here/after"
}

# Whatever is refused, and in the middle of it: product.yaml, the lock and secrets/ are as before.
what_is_refused_leaves_no_trace() {
	five_commands mps2-an386
	given . >"$here/before"
	printf %033d 0 >"$here/large"
	fails 8 ms product parameter cipher key --file "$here/large"
	says "$here/out" "has 33 bytes, and the service takes 32 at most"
	lacks "$here/out" 000000
	printf %033d 0 | fails 8 ms product parameter cipher key --stdin
	fails 8 ms product parameter cipher kye --file ../cipher.key
	says "$here/out" "did you mean 'key'?"
	fails 8 ms product parameter meter key --file ../cipher.key
	fails 2 ms product parameter ciphr key --file ../cipher.key
	fails 2 ms product parameter cipher key
	fails 2 ms product parameter cipher key --file ../cipher.key --remove
	says "$here/out" 'a value is never on a command line'
	fails 1 ms product parameter cipher key --file no-such-file
	given . >"$here/after"
	cmp "$here/before" "$here/after"
	sed -i 's|^    parameters:.*|    parameters: [ { name: key, value: written } ]|' product.yaml
	given . >"$here/before"
	fails 3 ms product parameter cipher key --file ../cipher.key
	says "$here/out" 'take it out first: ms product parameter cipher key --remove'
	printf %s x | fails 3 ms product parameter cipher key --stdin
	sed -i 's|^    parameters:.*|    parameters: [ { name: key, file: written }, { name: kye, file: gone } ]  # mine|' product.yaml
	ms -q product parameter cipher kye --remove >"$here/out"
	says product.yaml '    parameters: [ { name: key, file: written } ]  # mine'
}

# Which are given stands in the evidence, by whom and to whom; that one has another content is noticed, and what it is is not said.
the_evidence_names_parameters_and_diff_notices_them() {
	five_commands mps2-an386
	tr -d '\n ' <out/product/evidence.json >"$here/evidence"
	says "$here/evidence" '"parameters":[{"name":"key","type":"bytes","room":32,"optional":false,"given_as":"file","given_by":"acme.example"}]'
	cp -R out/product "$here/old"
	printf %s 'a second one, and no secret too.' >"$here/cipher.key"
	ms -q product build >"$here/out"
	fails 1 ms product diff "$here/old" out/product/evidence.json
	says "$here/out" '~ cipher: a parameter has another content'
	lacks "$here/out" secret
	same "$(grep -c '^+' "$here/out" || true)" 0
	sed -i 's|{ name: key, file: ../cipher.key }|{ name: key, value: short }|' product.yaml
	ms -q product build >"$here/out"
	fails 1 ms product diff "$here/old" .
	says "$here/out" '~ cipher: parameter key, given as a file -> given as a value'
	lacks "$here/out" short
}

# The key is in the device image, where its service is, and in nothing that is said of the product.
no_parameter_is_told() {
	five_commands mps2-an386
	{
		ms -v product check
		ms --json product check
		ms -v product build
		ms -v product verify
		ms --json product explain cipher
		ms product diff . .
		ms inspect out/product/station.bin
		ms --json inspect out/product/station.bin
		ms run --fast --timeout 20 --until 'meter ended'
		cat out/product/evidence.json out/product/*.cdx.json out/product/*.spdx.json product.lock product.yaml
	} >"$here/said" 2>&1
	says out/product/station.bin 'no secret at all'
	lacks "$here/said" 'no secret'
	lacks "$here/said" "$(printf %s 'an example, and no secret at all' | od -An -v -tx1 | tr -d ' \n')"
	lacks "$here/said" "$(printf %s 'an example, and no secret at all' | sha256sum | cut -c1-16)"
	grep -q 'sealed and sent' "$here/said"
	# The same product gives the same bytes, salt and all; another key other ones.
	cp -R out/product "$here/first"
	rm -rf out
	ms -q product build >"$here/out"
	cmp out/product/station.bin "$here/first/station.bin"
}

# A service of somebody else reads where the key is, and is stopped; its owner goes on.
another_service_cannot_read_it() {
	five_commands mps2-an386
	at=$(grep -abo 'an example, and no secret at all' out/product/station.bin | head -n 1 | cut -d: -f1)
	[ "$at" -gt 262144 ]
	mkdir -p "$here/thief/src"
	printf '%s\n' 'name: thief' 'vendor: thief.example' 'version: 1.0.0' 'license: Apache-2.0' 'memory: { stack: 1 KiB }' >"$here/thief/ms.yaml"
	printf '#include <SysCall.h>\nint main(void)\n{\n\tLOG_INFO("the first byte is %%d", *(volatile unsigned char *)0x%xU);\n\treturn 0;\n}\n' "$at" >"$here/thief/src/main.c"
	MS_HOME=$here/thief.home ms -q package "$here/thief" -o "$here/thief.msp" >"$here/out"
	MS_HOME=$here/thief.home ms key export >"$here/thief.pem"
	ms -q product add "$here/thief.msp" --trust "$here/thief.pem" >"$here/out"
	ms -q product build >"$here/out"
	# It took the last place: the key is where it was.
	same "$(grep -abo 'an example, and no secret at all' out/product/station.bin | cut -d: -f1)" "$at"
	timeout 60 ms run --fast --timeout 30 --until 'meter ended' >"$here/said" 2>&1
	says "$here/said" 'thief       fault    read of memory that is not its own'
	lacks "$here/said" 'the first byte is'
	says "$here/said" 'telegram 3'
}

its_tests_pass() {
	example 08-product
	ms test cipher >"$here/out"
	says "$here/out" '6 tests: 6 passed'
	ms test meter >"$here/out"
	says "$here/out" '5 tests: 5 passed'
}

both_have_the_same_headers() {
	cmp examples/08-product/cipher/include/cipher.h examples/08-product/meter/include/cipher.h
	cmp services/uart/include/uart.h examples/08-product/meter/include/uart.h
}

vendors
run five_commands_give_a_product_that_boots_on_a_cortex_m4 the_driver_brings_its_overlay the_same_packages_give_one_for_a_cortex_m33 each_key_counts_for_its_role \
	a_changed_image_does_not_start parameters_that_do_not_fit_are_refused_by_name a_parameter_is_given_by_a_command_and_taken_back what_is_refused_leaves_no_trace \
	the_evidence_names_parameters_and_diff_notices_them no_parameter_is_told another_service_cannot_read_it its_tests_pass both_have_the_same_headers
