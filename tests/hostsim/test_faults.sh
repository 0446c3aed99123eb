#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2164 # a test ends where a command fails
# ms test --faults: each site fails once, each way not to handle it has its name and its place, and what is said does it again.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

keeper=$scratch/keeper
cp -R "$top/tests/hostsim/faults" "$keeper"
(cd "$keeper" && ms test --list >"$scratch/first" 2>&1) || { cat "$scratch/first"; exit 1; }

# sweep STATUS TEST TEXT...: the sites of this test alone; these texts are said.
sweep() {
	status=$1 name=$2
	shift 2
	cd "$keeper"
	fails "$status" ms test --faults --filter "test_keeper/$name"
	for text in "$@"; do
		says "$here/out" "$text"
	done
}

# again STATUS TEXT...: the command that was printed for the one site.
again() {
	status=$1
	shift
	command=$(sed -n 's/^ *again: \(ms test .* --fault [0-9]*\)$/\1/p' "$here/out")
	fails "$status" sh -c "$command"
	for text in "$@"; do
		says "$here/out" "$text"
	done
}

line() {
	grep -nF -- "$1" "$keeper/src/keeper.c" | sed -n "${2:-1}s/:.*//p"
}

what_is_handled_passes() {
	sweep 0 handles "passed    handles" "2 sites: 2 handled"
	sweep 0 main_is_well "2 sites: 2 handled"
	sweep 0 has_none "0 sites"
}

a_failed_assertion_is_noticed() {
	sweep 0 notices "1 site: 1 noticed"
	lacks "$here/out" "again:"
	fails 0 ms test --faults --all-output --filter test_keeper/notices
	says "$here/out" "noticed: allocation of 'keeper' in keep_careful at src/keeper.c:$(line malloc 1)"
	again 4 "fails: noticed" "tests/test_keeper.c:"
}

a_crash_names_site_and_place() {
	sweep 4 crashes "2 sites: 1 handled, 1 crashed" \
		"crashed: allocation of 'keeper' in keep_careless at src/keeper.c:$(line malloc 2): Segmentation fault in keep_careless at src/keeper.c:$(line 'copy[0]')"
	again 4 "fails: crashed: Segmentation fault in keep_careless at src/keeper.c:"
}

a_leak_is_found() {
	sweep 4 leaks "2 sites: 1 handled, 1 leaked" "leaked: allocation of 'keeper' in keep_leaky at src/keeper.c:$(line calloc)" "bytes of the heap are not given back"
	again 4 "fails: leaked"
}

a_hang_is_ended() {
	sweep 4 hangs "1 site: 1 hung" "hung: allocation of 'keeper' in keep_stubborn" "is busy in keep_stubborn at src/keeper.c:"
	again 4 "fails: hung"
}

a_sanitizer_is_heard() {
	sweep 4 goes_wild "1 site: 1 found by a sanitizer" "stack-buffer-overflow in keep_wild src/keeper.c:$(line 'to[i] =')"
	again 4 "AddressSanitizer"
}

a_service_that_is_stopped() {
	sweep 4 main_is_stopped "1 site: 1 stopped" "'keeper' did: write to memory that is not its own in keep_careless at src/keeper.c:$(line 'copy[0]')"
	again 4 "fails: stopped"
}

# Nothing is said of sites of a test that fails without any.
a_test_that_fails_anyway() {
	sweep 4 fails_anyway "tests/test_keeper.c:"
	lacks "$here/out" "site"
}

# The same sites come to the same, however many at once.
jobs_change_nothing() {
	cd "$keeper"
	for jobs in 1 3; do
		fails 4 ms test --faults --jobs $jobs --filter 'test_keeper/[!h]*'
		sed 's/[0-9.]* s$//' "$here/out" >"$here/jobs$jobs"
	done
	cmp "$here/jobs1" "$here/jobs3"
}

sites_are_events() {
	cd "$keeper"
	fails 4 ms test --faults --json --filter test_keeper/crashes
	says "$here/out" '"type":"site"'
	says "$here/out" '"outcome":"crashed"'
	says "$here/out" '"site":"2"'
	says "$here/out" '"trace":"'
}

lists_that_are_none() {
	cd "$keeper"
	for list in 0 x "1," ",1" "1,,2" -1 99999999999999999999 1,2,3,4,5,6,7,8,9; do
		fails 2 ms test --fault "$list"
		says "$here/out" "is no list of sites"
	done
	fails 2 ms test --faults --schedules 2
	fails 2 ms test --faults --in-process
	fails 2 ms test --faults --on mps2-an505
	fails 2 ms test --fault 77 --filter test_keeper/handles
	says "$here/out" "there is no site 77: the test passes 2"
	says "$here/out" "no test has the site '77'"
}

run what_is_handled_passes a_failed_assertion_is_noticed a_crash_names_site_and_place a_leak_is_found a_hang_is_ended a_sanitizer_is_heard \
	a_service_that_is_stopped a_test_that_fails_anyway jobs_change_nothing sites_are_events lists_that_are_none
