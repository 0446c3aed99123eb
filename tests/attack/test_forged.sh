#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A processor without memory protection: a service may do what it likes there, but to be resumed in a forged state costs the kernel nothing.
# $MS: the staged ms; $BOARD.
. tests/shell.sh
MS_HOME=$scratch/home
export MS_HOME

a_thread_that_is_resumed_in_the_state_of_a_handler_costs_the_kernel_nothing() {
	cp -r tests/attack/forger "$here/forger"
	printf '%s\n' 'name: forged' 'vendor: attack.example' 'services:' '  - { path: forger, restart-limit: 0, backoff: 0 ms }' >"$here/product.yaml"
	"$MS" -C "$here" run --board "$BOARD" --fast --timeout 60 --until 'run 500 begins' >"$here/log" 2>"$here/err" ||
		{ cat "$here/err"; tail -n 30 "$here/log"; return 1; }
	if grep -e 'goes on' -e 'kernel ' "$here/log"; then return 1; fi
}

run a_thread_that_is_resumed_in_the_state_of_a_handler_costs_the_kernel_nothing
