#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A failed assertion of the kernel's own, in a runtime that never confirms the services that it has added.
# $MS: the staged ms; $BOARD; $RUNTIME: that runtime's ELF file.
. tests/shell.sh
. tests/faults/device.sh

an_unconfirmed_service_never_starts_and_the_loop_of_resets_ends() {
	make_device
	cp -R "$(dirname "$MS")/../lib/ms-sdk" "$here/sdk"
	rm -f "$here/sdk/boards/$BOARD/runtime.elf"
	cp "$RUNTIME" "$here/sdk/boards/$BOARD/runtime.elf"
	MS_SDK=$here/sdk fails 5 timeout 100 "$ms" -C "$here/product" run --board "$BOARD" --fast --timeout 80
	says "$here/out" "assertion of the kernel, before the reset"
	says "$here/out" "in service_start at runtime/core/service.c"
	says "$here/out" "reset 8 in a row"
	says "$here/out" "reset too often: nothing runs"
	! grep -q 'info     first runs' "$here/out"
}

run an_unconfirmed_service_never_starts_and_the_loop_of_resets_ends
