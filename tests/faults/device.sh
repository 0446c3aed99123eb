#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced by the tests of this folder: a device of two services that each log a line, the first of the higher priority.
# $MS: the staged ms; $BOARD.
ms=$PWD/$MS
export MS_HOME="$scratch/home"
dtb=$(dirname "$MS")/../lib/ms-sdk/boards/$BOARD/board.dtb
key=$MS_HOME/config/keys/integrator.pem

make_device() {
	mkdir "$here/product"
	for name in first second; do
		mkdir -p "$here/product/$name/src"
		printf '%s\n' "name: $name" 'vendor: faults.example' 'version: 1.0.0' 'license: Apache-2.0' \
			'targets: [ v7em ]' 'memory: { stack: 1 KiB, heap: 0 }' >"$here/product/$name/ms.yaml"
		printf '#include <SysCall.h>\nint main(void)\n{\n\tms_log(MS_LOG_INFO, "%s runs", sizeof("%s runs") - 1);\n\treturn 0;\n}\n' "$name" "$name" >"$here/product/$name/src/main.c"
	done
	printf '%s\n' 'name: faults' 'vendor: faults.example' 'services:' \
		'  - { path: first, priority: 9 }' '  - { path: second }' >"$here/product/product.yaml"
	"$ms" -C "$here/product" run --board "$BOARD" --fast --timeout 60 --until 'all services'
	device=$here/product/out/run/$BOARD.bin
}
