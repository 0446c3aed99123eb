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
	ms -q product add "$scratch/parcels"/*.msp --trust "$scratch/parcels/crypto.example.pem" --trust "$scratch/parcels/example.org.pem" --trust "$scratch/parcels/meter.example.pem" >"$here/out"
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
run five_commands_give_a_product_that_boots_on_a_cortex_m4 the_same_packages_give_one_for_a_cortex_m33 each_key_counts_for_its_role \
	a_changed_image_does_not_start its_tests_pass both_have_the_same_headers
