#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Tests that others wrote, each as a service: on the simulated device or an emulated board, which decides how it ended.
#
#	PLATFORM=sim|BOARD tests/judges/judge.sh FILE.suite
#
# A line of the file is `source NAME FOLDER` (the folder of the unpacked source that becomes the project's src/), `project LINE` (goes
# into each test's ms.yaml) or `test NAME [ SOURCE, ... ] [LINE]`.  A test passes when its main returns 0; 77 is "skipped",
# as its author has it.  What ends otherwise stands in expected.txt, with a reason and a date; what stands there and passes is a failure, too.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
PATH=$top/out/stage/bin:$PATH	# as it is installed: the sanitizers' ms is tested elsewhere
suite=$(basename "$1" .suite)
work=$scratch/project
awk '$1 == "project" { sub(/^project[[:space:]]*/, ""); print }' "$1" >"$scratch/common"
read -r name folder <<-END
	$(awk '$1 == "source" { print $2, $3 }' "$1")
END
mkdir -p "$work/tests"
cp -r "out/deps/src/$name/$folder" "$work/src"
chmod -R u+w "$work"
cp tests/judges/verdict.c "$work/tests/test_verdict.c"

manifest() {
	printf 'name: judged\nvendor: %s.example\nversion: 1.0.0\n' "$name"
	echo "sources: $1" | sed 's/\([[,] *\)\([a-zA-Z]\)/\1src\/\2/g'
	cat "$scratch/common"
	echo "$2"
}

# A board's verdict: how its first run ended.
on_board() {
	printf 'name: judge\nvendor: %s.example\nboard: %s\nservices:\n  - { path: ., restart: never }\n' "$name" "$PLATFORM" >product.yaml
	ms run --fast --timeout 120 >run.log 2>&1 || :
	awk '/runtime  judged ended with status/ { end = $NF == 0 ? "passed" : $NF == 77 ? "skipped" : "failed"; exit }
	     $2 == "judged" && $3 == "fault" { end = "fault"; exit }
	     END { print end ? end : "silent" }' run.log
}

on_sim() {
	rm -f product.yaml tap.tap
	ms test --timeout 120 --report tap.tap >run.log 2>&1 || :
	[ -f tap.tap ] || { echo refused; return; }
	awk '/last fault of/ { end = "fault" } /no verdict/ { end = "silent" }
	     FILENAME == "tap.tap" && !end { end = /^ok .*# SKIP/ ? "skipped" : /^ok / ? "passed" : /^not ok/ ? "failed" : "" }
	     END { print end ? end : "silent" }' run.log tap.tap
}

verdict() {
	cd "$work"
	manifest "$1" "${2# }" >ms.yaml
	targets=$([ "$PLATFORM" = sim ] || echo "--board $PLATFORM")
	rm -f run.log
	# shellcheck disable=SC2086 # nothing, or an option and its value
	if ! ms build $targets >build.log 2>&1; then
		echo refused
	elif [ "$PLATFORM" = sim ]; then
		on_sim
	else
		on_board
	fi
}

# What is expected of a test here, by the first line of expected.txt that speaks of it.
expected() {
	awk -v suite="$suite" -v name="$1" -v platform="$PLATFORM" '
		$1 == suite && $2 == name && ("," $3 ",") ~ ("(^|,)(all|" platform "),") { print $4; found = 1; exit }
		END { if (!found) print "passed" }' tests/judges/expected.txt
}

passed=0 failed=0
while read -r word test rest; do
	[ "$word" = test ] || continue
	sources=${rest%%]*}]
	got=$(verdict "$sources" "${rest#*]}")
	want=$(expected "$test")
	echo "[ RUN      ] $test"
	echo "verdict $suite $PLATFORM $test $got"
	if [ "$got" = "$want" ]; then
		passed=$((passed + 1))
		echo "[       OK ] $test"
	else
		failed=$((failed + 1))
		tail -n 8 "$work/build.log" "$work/run.log" 2>/dev/null || :
		echo "[  FAILED  ] $test: $got, expected $want"
	fi
done <"$1"
echo "[  PASSED  ] $passed test(s)."
[ "$failed" -eq 0 ] || { echo "[  FAILED  ] $failed test(s)."; exit 1; }
