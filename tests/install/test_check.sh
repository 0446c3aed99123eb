# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# How tests are run and counted: a test that fails, hangs or is not built is never a pass.
set -eu
. tests/shell.sh

# A project of three tests under the real rules: good.sh, other.sh, which needs a file that is made, and every.sh,
# which runs each time.
sandbox() {
	mkdir "$here/ninja"
	cp -R "$top/scripts" "$here"
	cp "$top/ninja/rules.ninja" "$here/ninja"
	cat >"$here/build.ninja" <<-'END'
	builddir = out
	env =
	include ninja/rules.ninja
	rule make
	  command = sh $in && touch $out
	build always: phony
	build out/made: make make.sh
	build out/tests/good.log: script-test good.sh
	build out/tests/other.log: script-test other.sh | out/made
	  limit = 60
	build out/tests/every.log: script-test every.sh | always
	  description = something else
	build tests: phony out/tests/good.log out/tests/other.log out/tests/every.log
	build out/check-all: tally tests | always
	build check-all: phony out/check-all
	END
	cd "$here"
	echo 'echo "[  PASSED  ] 3 test(s)."' >good.sh
	echo 'echo "[  PASSED  ] 2 test(s)."' >other.sh
	echo 'echo "[  PASSED  ] 10 test(s)."' >every.sh
	echo true >make.sh
}

# check STATUS LINE: run all, which ends with that status and on that line.
check() {
	got=0
	sh scripts/check.sh >said 2>&1 || got=$?
	same "$got $(tail -n 1 said)" "$1 $2"
	# What the test changes next is newer than what was made here, by the clock of files too.
	touch before
	until touch after && [ -n "$(find after -newer before)" ]; do :; done
}

all_green_ends_on_the_sum() {
	sandbox
	check 0 '15 passed, 0 failed'
	check 0 '15 passed, 0 failed'
}

parts_that_fail_are_counted_and_shown() {
	sandbox
	check 0 '15 passed, 0 failed'
	printf 'echo it is here\necho "[  PASSED  ] 1 test(s)."\necho "[  FAILED  ] 2 test(s)."\nexit 1\n' >other.sh
	check 1 '14 passed, 2 failed'
	says said 'it is here'
	check 1 '14 passed, 2 failed'
}

a_test_that_dies_without_a_word_counts_as_one() {
	sandbox
	echo 'kill -SEGV $$' >other.sh
	check 1 '13 passed, 1 failed'
	says said 'exit status 139'
}

a_test_that_hangs_is_stopped() {
	sandbox
	echo 'sleep 60' >other.sh
	sed -i 's/limit = 60/limit = 2/' build.ninja
	check 1 '13 passed, 1 failed'
	says said 'stopped after 2 seconds'
}

a_pass_of_before_does_not_count_for_what_cannot_be_built_now() {
	sandbox
	check 0 '15 passed, 0 failed'
	echo false >make.sh
	check 1 '13 passed, 1 failed'
}

a_failure_of_before_does_not_count_twice() {
	sandbox
	printf 'echo "[  PASSED  ] 1 test(s)."\necho "[  FAILED  ] 2 test(s)."\nexit 1\n' >other.sh
	check 1 '14 passed, 2 failed'
	echo false >make.sh
	check 1 '13 passed, 1 failed'
	echo true >make.sh
	echo 'echo "[  PASSED  ] 2 test(s)."' >other.sh
	check 0 '15 passed, 0 failed'
}

a_broken_build_file_is_no_pass() {
	sandbox
	echo 'build' >>build.ninja
	check 1 '0 passed, 1 failed'
}

run all_green_ends_on_the_sum parts_that_fail_are_counted_and_shown \
	a_test_that_dies_without_a_word_counts_as_one a_test_that_hangs_is_stopped \
	a_pass_of_before_does_not_count_for_what_cannot_be_built_now \
	a_failure_of_before_does_not_count_twice a_broken_build_file_is_no_pass
