#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# examples/07-power-cut does what its README says: what is right survives each power cut, the planted mistake is found, and each cut can be had again.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/examples/example.sh

right=test_count/it_counts_past_the_end_of_a_page
hasty=test_count/a_hasty_one_counts_as_well
main=test_count/its_main_goes_on_after_a_reset

its_tests_pass_while_the_power_stays() {
	example 07-power-cut
	ms test >"$here/out"
	says "$here/out" "4 tests: 4 passed"
}

what_is_right_survives_each_cut() {
	example 07-power-cut
	ms test --power-cuts --filter $right >"$here/out"
	says "$here/out" "605 operations of flash, 3025 power cuts: all survived"
	ms test --power-cuts --filter $main >"$here/out"
	says "$here/out" "12 operations of flash, 60 power cuts: all survived"
}

# All that is lost lies between the erase of the full page and the last word of the new head.
a_planted_mistake_is_found() {
	example 07-power-cut
	fails 4 ms test --power-cuts --all-output --filter $hasty
	says "$here/out" "606 operations of flash, 3030 power cuts: 24 not survived"
	grep -o 'operation [0-9]*:' "$here/out" | sort -u >"$here/lost"
	printf 'operation %s:\n' 257 258 259 514 515 516 | cmp - "$here/lost"
	again=$(sed -n 's/^ *again: \(.*--power-cut [0-9.]*\)$/\1/p' "$here/out" | sed -n 1p)
	fails 4 sh -c "$again"
	says "$here/out" "tests/test_count.c:"
}

# A cut that is survived, one that is not there, and texts that are none.
one_cut() {
	example 07-power-cut
	ms test --power-cut 257.2 --filter $right >"$here/out"
	says "$here/out" "1 power cut: all survived"
	fails 2 ms test --power-cut 9999.1 --filter $right
	says "$here/out" "there is no operation 9999"
	for text in 0.1 1 1. .1 1.5 1.11 x.1 1,1 99999999999.1; do
		fails 2 ms test --power-cut $text
		says "$here/out" "is no power cut"
	done
	fails 2 ms test --power-cuts --faults
	fails 2 ms test --power-cuts --on microbit
}

# Flash that is used as flash cannot be used fails the test, and says why.
flash_is_as_hard_as_flash() {
	example 07-power-cut
	sed -i 's/\tif (!is_blank(p))/\tif (0)/' src/count.c
	fails 4 ms test --filter $right
	says "$here/out" "cannot set bits, which takes an erase"
	cd "$here" && rm -rf 07-power-cut
	example 07-power-cut
	sed -i 's/CONFIG, TO_PROGRAM/CONFIG, TO_READ/' src/flash.c
	fails 4 ms test --filter $right
	says "$here/out" "is programmed at 0x0, but CONFIG of 'nvmc' is 0"
}

# What --faults finds in it: no place where it does not cope.
it_copes_with_faults() {
	example 07-power-cut
	ms test --faults --filter $main >"$here/out"
	lacks "$here/out" "crashed"
}

run its_tests_pass_while_the_power_stays what_is_right_survives_each_cut a_planted_mistake_is_found one_cut flash_is_as_hard_as_flash it_copes_with_faults
