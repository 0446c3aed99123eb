#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# examples/09-cpp does what its README says; and what of C++ a service does not have is refused by name.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/examples/example.sh

it_runs_on_boards() {
	example 09-cpp
	for board in mps2-an386 mps2-an505; do
		timeout 60 ms run --board "$board" --fast --until "ended with status" >"$here/out"
		in_order "$here/out" "room: 18.5" "corrected: 18.7" "room: 19.5" "heating is off" "thermostat ended with status 0"
	done
}

its_tests_pass_here_and_on_a_board() {
	example 09-cpp
	ms test >"$here/out"
	says "$here/out" "3 tests: 3 passed"
	timeout 120 ms test --on mps2-an385 >"$here/out"
	says "$here/out" "3 tests: 3 passed"
	packs .
}

# cxx TEXT: a service whose source is this line.
cxx() {
	project "$here/cxx" cxx </dev/null
	rm "$here/cxx/src/main.c"
	printf '%s\n' "$1" >"$here/cxx/src/main.cpp"
	echo 'sources: [ src/*.cpp ]' >>"$here/cxx/ms.yaml"
}

# refused TEXT FIX: it does not build, and this is what to do.
refused() {
	cxx "$1"
	fails 3 ms -C "$here/cxx" build
	says "$here/out" "$2"
	rm -r "$here/cxx"
}

what_is_not_there_is_refused_by_name() {
	refused 'int main() { throw 1; }' "there is nobody to throw to: return what went wrong"
	refused 'struct A { virtual ~A() { } }; struct B : A { }; A *a; int main() { return dynamic_cast<B *>(a) != nullptr; }' "C++ has no RTTI here: a virtual function tells what an object is"
	refused 'int now(); struct A { A() : n(now()) { } int n; }; int now() { return 4; } A &one() { static A a; return a; } int main() { return one().n; }' \
		"is not safe for threads here: make it constexpr, or an object of the file"
	refused '#include <vector>
int main() { }' "there is no C++ library"
	cxx 'int main() { }'
	echo 'cflags: [ -fexceptions ]' >>"$here/cxx/ms.yaml"
	fails 3 ms -C "$here/cxx" build
	says "$here/out" "the flag '-fexceptions' is not the project's to choose"
}

# new is malloc; what it cannot give ends the service.
new_takes_of_the_heap_that_was_granted() {
	cxx '#include <SysCall.h>
struct Big { char room[400]; }; int main() { Big *b = new Big; LOG_INFO("one"); delete b; for (;;) { b = new Big; LOG_INFO("more %p", static_cast<void *>(b)); } }'
	timeout 60 ms -C "$here/cxx" run --fast --until "restart 1" >"$here/out"
	in_order "$here/out" "one" "more" "cxx" "fault"
}

run it_runs_on_boards its_tests_pass_here_and_on_a_board what_is_not_there_is_refused_by_name new_takes_of_the_heap_that_was_granted
