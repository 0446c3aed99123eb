# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What becomes of a provider and its client when the header changes: old with new, and the reverse.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/api/adder.sh

# The client was built with the header as it was.
a_changed_header_wants_a_version() {
	pair
	ms -q package caller >/dev/null
	both_run adder caller/out/caller-1.0.0.msp
	sed -i 's/int32_t a, int32_t b/int32_t a, int64_t b/' adder/include/adder.h adder/src/adder.c
	fails 8 ms -q run --timeout 5 adder caller/out/caller-1.0.0.msp
	says "$here/out" "by another header than 'adder' has, and both say version 1"
	sed -i 's/version: 1, conn/version: 2, conn/' adder/ms.yaml
	fails 8 ms -q run --timeout 5 adder caller/out/caller-1.0.0.msp
	says "$here/out" "in version 1, and 'adder' provides version 2"
	ms -q build caller >/dev/null
	both_run adder caller
}

comments_and_names_are_no_change() {
	pair
	ms -q package caller >/dev/null
	sed -i 's/Adds numbers/Adds two numbers/; s/int32_t a, int32_t b/int32_t first, int32_t second/' adder/include/adder.h
	both_run adder caller/out/caller-1.0.0.msp
}

# grown: the adder has one more function, as version 2 that serves older clients, too.
grown() {
	header 'int32_t a, int32_t b, int32_t *sum' 'psa_status_t adder_clear(void);' >adder/include/adder.h
	echo 'psa_status_t adder_clear(void) { return PSA_SUCCESS; }' >>adder/src/adder.c
	sed -i 's/version: 1, conn/version: 2, version-policy: relaxed, conn/' adder/ms.yaml
}

an_old_client_calls_a_new_server() {
	pair
	ms -q package caller >/dev/null
	grown
	both_run adder caller/out/caller-1.0.0.msp
}

# with_client NAME ASSERTION: a test of the adder with a client that has a header of its own.
with_client() {
	ms -q package adder >/dev/null
	ms -q new "$1" --uses adder/out/adder-1.0.0.msp >/dev/null
	cp caller/src/main.c "$1/src"
	sed -i "s|tests/client|tests/client, ../$1|" adder/ms.yaml
	test_program adder/tests/test_client.c calls <<-END
		sim_start(sim, "adder");
		sim_run(sim, "$1", 1000);
		$2;
	END
}

on_the_pc_it_does_so_too() {
	pair
	with_client old 'assert_log(sim, "old", "adder_add says 0: 42")'
	grown
	ms test --filter test_client adder >said
	says said "passed    calls"
}

on_the_pc_a_new_client_is_stopped() {
	pair
	with_client new 'assert_string_equal(sim_fault(sim, "new")->cause, "breach of the message protocol")'
	sed -i 's/version: 1, conn/version: 2, conn/' new/ms.yaml
	ms test --filter test_client adder >said
	says said "passed    calls"
}

a_new_client_is_kept_from_an_old_server() {
	pair
	ms -q package adder >/dev/null
	sed -i 's/version: 1, conn/version: 2, version-policy: relaxed, conn/' adder/ms.yaml
	fails 8 ms -q run --timeout 5 adder/out/adder-1.0.0.msp caller
	says "$here/out" "in version 2"
}

what_cannot_cross_stops_the_build() {
	pair
	sed -i 's/int32_t \*sum)/int32_t *sum, ...)/' adder/include/adder.h
	fails 3 ms build adder
	says "$here/out" "adder/include/adder.h:5:14: adder_add cannot cross"
	fails 3 ms new other --interface adder/include/adder.h
	[ ! -e other ]
}

a_build_without_changes_does_nothing() {
	pair
	ms -q build adder >/dev/null
	ms --json build adder >"$here/said"
	says "$here/said" '"steps":0'
	touch adder/include/adder.h
	before=$(sha256sum <adder/out/v7em/adder.img)
	ms -q build adder >/dev/null
	same "$(sha256sum <adder/out/v7em/adder.img)" "$before"
}

run a_changed_header_wants_a_version comments_and_names_are_no_change an_old_client_calls_a_new_server on_the_pc_it_does_so_too \
	a_new_client_is_kept_from_an_old_server on_the_pc_a_new_client_is_stopped \
	what_cannot_cross_stops_the_build a_build_without_changes_does_nothing
