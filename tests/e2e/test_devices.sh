#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Whose a product's devices are: overlays of drivers' packages and of the product, from the source to what a driver is told on the board.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# A driver that says what it was told of its line; with its overlays, if any, under `overlays`.
driver() {
	mkdir -p "$1/src"
	printf 'name: %s\nvendor: alpha.example\nversion: 1.0.0\nlicense: Apache-2.0\ntargets: [ v7em ]\nrequests:\n  devices: [ { name: %s, interrupts: 0 } ]\n' "$1" "$2" >"$1/ms.yaml"
	cat >"$1/src/main.c" <<-END
	#include <SysCall.h>
	#include <ms/device.h>
	#include <psa_manifest/$1.h>
	int main(void)
	{
		volatile void *registers = 0;
		int status = ms_device_map($3, &registers);
		LOG_INFO("%d at %lx, %u baud", status, (unsigned long)registers, (unsigned)ms_device_speed($3));
		return 0;
	}
	END
}

shelf() {
	shelf=$scratch/shelf
	mkdir "$shelf"
	cd "$shelf"
	driver speaker uart1 UART1_DEVICE
	printf '/ { compatible = "arm,mps2"; };\n&uart1 {\n\tcompatible = "arm,cmsdk-uart";\n\tcurrent-speed = <9600>;\n};\n' >speaker/uart1.dtso
	printf '/ { compatible = "nordic,nrf51"; };\n&uart0 { current-speed = <300>; };\n' >speaker/other.dtso
	echo 'overlays: [ uart1.dtso, other.dtso ]' >>speaker/ms.yaml
	ms -q package speaker -o speaker.msp >>log 2>&1
	driver plugged uart3 UART3_DEVICE
	ms -q package plugged -o plugged.msp >>log 2>&1
	cp -R speaker thief
	sed -i 's/^name: .*/name: thief/' thief/ms.yaml
	sed -i 's/speaker/thief/' thief/src/main.c
	printf '&dualtimer { status = "okay"; };\n' >thief/other.dtso
	ms -q package thief -o thief.msp >>log 2>&1
	ms key export >key.pem
	cd "$top"
}

# product PACKAGE DEVICE [OVERLAY]: granted and with that overlay, in $here/p.
product() {
	rm -rf "$here/p"
	mkdir "$here/p"
	cd "$here/p"
	ms -q product init --name door --vendor acme.example
	ms -q product add "$shelf/$1.msp" --trust "$shelf/key.pem" >"$here/log"
	ms -q product grant "$1" "$2" >"$here/log" 2>&1 || cat "$here/log"
	[ $# -lt 3 ] || overlay "$3"
}

overlay() {
	printf '%b' "$1" >board.overlay
	grep -q overlays product.yaml || sed -i 's/^board:/overlays: [ board.overlay ]\nboard:/' product.yaml
}

# tells TEXT: the driver does, on the board.
tells() {
	timeout 60 ms run --fast --timeout 30 --until baud >"$here/out"
	says "$here/out" "$1"
}

what_a_driver_brings_reaches_it_on_the_board() {
	ms inspect "$shelf/speaker.msp" >"$here/out"
	says "$here/out" overlays/uart1.dtbo
	product speaker uart1
	tells '0 at 40005000, 9600 baud'
	ms product tree >"$here/out"
	says "$here/out" 'uart1        okay      speaker'
	ms -v product tree >"$here/out"
	says "$here/out" 'ms,owner = "speaker"'
	says "$here/out" 'current-speed = <0x2580>'
}

the_product_has_the_last_word() {
	product speaker uart1 '&uart1 { current-speed = <19200>; };\n'
	tells '0 at 40005000, 19200 baud'
}

what_the_board_has_as_disabled_is_enabled_by_the_product() {
	product plugged uart3
	fails 8 ms product check
	says "$here/out" "'plugged' is granted 'uart3', which is disabled on mps2-an386 [MS17"
	overlay '&uart3 { status = "okay"; };\n'
	ms -q product check >"$here/out"
	tells '0 at 40007000, 0 baud'
}

a_package_speaks_of_its_own_devices() {
	product thief uart1
	fails 7 ms product check
	says "$here/out" "is about '/soc/timer@40002000', which that service does not ask for [MS17"
}

a_bad_overlay_changes_neither_product_nor_lock() {
	product speaker uart1
	cp product.yaml product.lock "$here"
	for bad in '&uart1 { status = okay; };' '&uart1 { reg = <0 0>; };' '&uart2 { status = "okay"; };' '&uart9 { };' '#include <x>'; do
		cp "$here/product.yaml" product.yaml
		overlay "$bad\n"
		cp product.yaml "$here/with"
		ms product check >"$here/out" 2>&1 && { echo "taken: $bad"; return 1; }
		says "$here/out" 'board.overlay:1:'
		ms product build >"$here/out" 2>&1 && { echo "built: $bad"; return 1; }
		cmp product.yaml "$here/with"
		cmp product.lock "$here/product.lock"
		[ ! -e out/product ]
	done
}

the_tree_is_signed_for_with_the_rest() {
	product speaker uart1
	ms -q product build >"$here/out"
	dtc -q -I dtb -O dts out/product/door.dtb >"$here/tree"
	says "$here/tree" 'ms,owner = "speaker"'
	ms -q product verify >"$here/out"
	says "$here/out" 'door.dtb: SHA-256'
	printf 'x' >>out/product/door.dtb
	fails 7 ms product verify
	says "$here/out" "door.dtb' is not the file of this evidence"
}

shelf
run what_a_driver_brings_reaches_it_on_the_board the_product_has_the_last_word what_the_board_has_as_disabled_is_enabled_by_the_product \
	a_package_speaks_of_its_own_devices a_bad_overlay_changes_neither_product_nor_lock the_tree_is_signed_for_with_the_rest
