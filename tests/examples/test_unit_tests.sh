#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# examples/06-unit-tests does what its README says: planted mistakes are found by the order of threads, and said in few words.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/examples/example.sh

hasty=test_orders/a_hasty_bank_comes_to_its_end
deaf=test_orders/a_deaf_reader_gets_its_letter
mended=test_orders/the_money_is_all_there_and_the_letter_arrives

its_tests_pass_in_the_order_of_a_quiet_device() {
	example 06-unit-tests
	ms test --filter 'test_[ot]*' >"$here/out"
	says "$here/out" "6 tests: 6 passed"
}

what_is_written_past_the_end_is_found_with_thread_and_line() {
	example 06-unit-tests
	fails 4 ms test
	says "$here/out" "8 tests: 7 passed, 1 failed"
	says "$here/out" "in thread 0 of 'wordy': AddressSanitizer: global-buffer-overflow in tell tests/services/wordy/main.c:10"
}

a_deadlock_is_found_with_where_each_thread_waits() {
	example 06-unit-tests
	fails 4 ms test --schedules 200 --filter $hasty
	says "$here/out" "'hasty' has not ended"
	[ "$(grep -c "of 'hasty' waits for another in transfer at tests/services/hasty/main.c:11" "$here/out")" = 2 ]
	says "$here/out" "so it never ends: a deadlock, or a wake-up that was lost"
}

a_lost_wakeup_is_found_with_where_the_thread_waits() {
	example 06-unit-tests
	fails 4 ms test --schedules 200 --filter $deaf
	says "$here/out" "thread 0 of 'deaf' waits for another in wait at tests/services/deaf/main.c:"
}

memory_that_is_taken_for_granted_is_found() {
	example 06-unit-tests
	fails 4 ms test --faults --filter '*/a_title_is_written'
	says "$here/out" "stopped: allocation of 'trusting' in owner_of at tests/services/trusting/main.c:9"
	says "$here/out" "--fault"
}

# What is said fails each time it is tried, in the same way to the byte but for how long it took, and has few choices.
a_failure_is_replayed_and_short() {
	example 06-unit-tests
	for name in $hasty $deaf; do
		fails 4 ms test --schedules 200 --filter "$name"
		again=$(sed -n 's/.*in this order of threads: //p' "$here/out")
		list=${again##* }
		[ "$(echo "$list" | tr , '\n' | wc -l)" -le 10 ]
		for round in 1 2 3 4 5; do
			fails 4 sh -c "$again --all-output"
			sed 's/[0-9.]* s$//' "$here/out" >"$here/round$round"
			cmp "$here/round1" "$here/round$round"
		done
		grep -q "trace [0-9a-f]\{16\}$" "$here/round1"
	done
}

# The same seed does the same, another something else.
a_seed_is_a_promise() {
	example 06-unit-tests
	for seed in 1 2 1; do
		ms test --all-output --schedules 1 --seed $seed --filter $mended >"$here/out"
		grep -o "trace .*" "$here/out" >>"$here/traces"
	done
	same "$(sed -n 1p "$here/traces")" "$(sed -n 3p "$here/traces")"
	[ "$(sed -n 1p "$here/traces")" != "$(sed -n 2p "$here/traces")" ]
}

# In the order of a quiet device the threads make the same calls at the same times, however the service is compiled.
the_compiler_changes_nothing_that_is_seen() {
	example 06-unit-tests
	for flags in -O0 -O2 -Os; do
		sed -i "/^cflags/d; \$a cflags: [ $flags ]" ms.yaml
		for sanitize in "" --no-sanitize; do
			ms test ${sanitize:+"$sanitize"} --filter 'test_orders/*' --all-output >"$here/out"
			grep -o "trace .*" "$here/out" >"$here/traces"
			same "$(sort -u "$here/traces" | wc -l)" 3
			[ -e "$here/first" ] || cp "$here/traces" "$here/first"
			cmp "$here/first" "$here/traces"
		done
	done
}

what_is_mended_passes_in_every_order_tried() {
	example 06-unit-tests
	ms test --schedules 300 --filter $mended >"$here/out"
	says "$here/out" "1 test: 1 passed"
}

# The mended parts are what makes the difference.
a_mistake_put_back_is_found() {
	example 06-unit-tests
	sed -i 's/first = from < to ? from : to, \*second = from < to ? to : from/first = from, *second = to/' src/account.c
	fails 4 ms test --schedules 200 --filter $mended
	says "$here/out" "thread 0 of 'bank' waits for another in main at src/main.c:"
}

a_list_that_is_none() {
	example 06-unit-tests
	fails 2 ms test --replay 12x1
	says "$here/out" "'12x1' is no order of threads"
	for list in 12 12: :1 12:0 2:1,1:1 "1:1," 99999999999999999999999:1,1; do
		fails 2 ms test --replay $list --filter $hasty
		says "$here/out" "'$list' is no order of threads"
	done
}

run its_tests_pass_in_the_order_of_a_quiet_device memory_that_is_taken_for_granted_is_found what_is_written_past_the_end_is_found_with_thread_and_line \
	a_deadlock_is_found_with_where_each_thread_waits \
	a_lost_wakeup_is_found_with_where_the_thread_waits a_failure_is_replayed_and_short a_seed_is_a_promise the_compiler_changes_nothing_that_is_seen \
	what_is_mended_passes_in_every_order_tried a_mistake_put_back_is_found a_list_that_is_none
