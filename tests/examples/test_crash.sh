#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# examples/02-crash does what its README says: four deaths, each with its place, and a neighbour that counts on.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/examples/example.sh

mistakes=crasher/src/mistakes.c

each_death_is_told_with_its_place() {
	example 02-crash
	timeout 60 ms run --fast --until "ended with status 0" >"$here/out"
	in_order "$here/out" \
		"crasher   info     run 1: write through a null pointer" \
		"crasher   fault    write to memory that is not its own at 0x0000000c" \
		"in calibrate_pressure at $(line_of $mistakes 'found->offset = 3')" \
		"crasher restart 1 in 100 ms" \
		"run 2: recursion without end" \
		"crasher   fault    stack overflow" \
		"in depth at $mistakes:" \
		"crasher restart 2 in 200 ms" \
		"run 3: jump into data" \
		"crasher   fault    execution outside its text at 0x2" \
		"called from run_message at $mistakes:" \
		"crasher restart 3 in 400 ms" \
		"run 4: failed assertion" \
		"assertion \"charge_percent <= 100\" failed: file \"src/mistakes.c\", line $(line_of $mistakes 'assert(charge' | cut -d: -f2), function: report_charge" \
		"crasher   fault    abort" \
		"in abort at " \
		"crasher restart 4 in 800 ms" \
		"run 5: no mistake left" \
		"crasher ended with status 0"
	lacks "$here/out" "still alive"
	ms crash >"$here/crash"
	in_order "$here/crash" "in calibrate_pressure at " "in depth at " "called from run_message at " "in abort at "
	same "$(grep -c '  fault  ' "$here/crash")" 4
}

# It leaves out no number, and none comes late, whatever happens next door.
the_neighbour_never_stops() {
	example 02-crash
	timeout 60 ms run --fast --until "ended with status 0" >"$here/out"
	awk '
		$2 == "counter" {
			if ($4 != ++count) { print "after " count - 1 " came " $4; exit 1 }
			if (count > 1 && ($1 - before < 0.099 || $1 - before > 0.101)) { print "late: " $0; exit 1 }
			before = $1
		}
		END { if (count < 14) { print "it counted to " count; exit 1 } }' "$here/out"
}

assertions_stay_in_release_builds() {
	example 02-crash
	timeout 60 ms run --fast --release --until "ended with status 0" >"$here/out"
	in_order "$here/out" "run 4: failed assertion" "crasher   fault    abort" "run 5: no mistake left"
}

what_the_readme_suggests_works() {
	example 02-crash
	sed -i 's/restart: failure .*/restart: never/' product.yaml
	timeout 60 ms run --timeout 8 >"$here/out"
	says "$here/out" "run 1: write through a null pointer"
	lacks "$here/out" "restart 1"
	lacks "$here/out" "run 2"
	in_order "$here/out" "fault" "counter   info     1" "counter   info     9"
}

its_tests_pass() {
	example 02-crash
	ms test crasher >"$here/out"
	says "$here/out" "5 tests: 5 passed"
	ms test counter >"$here/out"
	says "$here/out" "1 test: 1 passed"
}

both_make_packages() {
	example 02-crash
	packs crasher
	packs counter
}

run each_death_is_told_with_its_place the_neighbour_never_stops assertions_stay_in_release_builds \
	what_the_readme_suggests_works its_tests_pass both_make_packages
