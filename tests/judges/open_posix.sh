#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The Open POSIX Test Suite, from a checkout of the Linux Test Project: each test of what docs/posix.md claims, as a service in
# the simulation or on an emulated board.  A test passes when it returns 0.
#
#	OPEN_POSIX_TESTS=DIR PLATFORM=sim|BOARD sh tests/judges/open_posix.sh [PATTERN]
#
# open_posix.list names the functions, open_posix.expected each test that ends otherwise, how, since when and why.  What is there
# and passes fails the run, as what is not there and does not.  PATTERN: only tests whose names match it.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
PATH=$top/out/stage/bin:$PATH
suite=${OPEN_POSIX_TESTS:?names a checkout of the Linux Test Project}/testcases/open_posix_testsuite
platform=${PLATFORM:-sim}
work=$scratch/project
mkdir -p "$work/tests" "$work/src"
cp -r "$suite/include" "$suite/conformance/interfaces" "$work/src"
cp tests/judges/verdict.c "$work/tests/test_verdict.c"

# What another process, a file or a pipe is needed for is not looked at; memory is mapped of shared-memory objects only.
tests() {
	while read -r function; do
		beyond="fork|execl|execv|waitpid|pipe"
		case $function in shm_*) ;; *) beyond="$beyond|mmap|shm_open" ;; esac
		for file in "$work/src/interfaces/$function"/*.c; do
			[ -f "$file" ] || continue
			grep -qE "\\b($beyond)\\(" "$file" || echo "$function/$(basename "$file" .c)"
		done
	done <<-END
		$(grep -v '^#' tests/judges/open_posix.list)
	END
}

manifest() {
	printf 'name: judged\nvendor: open-posix.example\nversion: 1.0.0\nlicense: GPL-2.0-only\n'
	printf 'memory: { stack: 16 KiB, heap: 96 KiB }\ninclude-dirs: [ src/include ]\ndefines: [ test_main=main ]\ncflags: [ -w ]\n'
	printf 'sources: [ src/interfaces/%s.c ]\n' "$1"
}

in_simulation() {
	rm -f product.yaml tap.tap
	ms test --timeout 20 --report tap.tap >run.log 2>&1 || :
	if [ ! -f tap.tap ]; then echo refused; elif grep -q "^ok" tap.tap; then echo passed; else echo failed; fi
}

on_board() {
	printf 'name: judge\nvendor: open-posix.example\nboard: %s\nservices:\n  - { path: ., restart: never }\n' "$platform" >product.yaml
	ms build --board "$platform" >run.log 2>&1 || { echo refused; return; }
	ms run --fast --timeout 60 >run.log 2>&1 || :
	if grep -q 'judged ended with status 0' run.log; then echo passed; else echo failed; fi
}

passed=0 failed=0 other=0
for test in $(tests | grep -e "${1:-.}"); do
	cd "$work"
	manifest "$test" >ms.yaml
	got=$(if [ "$platform" = sim ]; then in_simulation; else on_board; fi)
	cd "$top"
	want=$(awk -v name="$test" '$1 == name { print $2; found = 1; exit } END { if (!found) print "passed" }' tests/judges/open_posix.expected)
	echo "verdict open-posix $platform $test $got"
	if [ "$got" != "$want" ]; then
		tail -n 6 "$work/run.log"
		echo "[  FAILED  ] $test: $got, expected $want"
		failed=$((failed + 1))
	elif [ "$got" = passed ]; then
		passed=$((passed + 1))
	else
		other=$((other + 1))
	fi
done
echo "[  PASSED  ] $((passed + other)) test(s)."
echo "$passed passed, $other ended otherwise as expected, $failed not as expected"
[ "$failed" -eq 0 ]
