#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2164 # a test ends where a command fails
# ms test: each option with each other does what both say, or is refused with a sentence that says what to leave out.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

options="filter timeout jobs list repeat until-fail shuffle report schedules replay faults fault power-cuts power-cut on
	in-process coverage fuzz watch gdb no-sanitize no-protection all-output"

either() {
	case " $one $other " in *" $1 "*) return 0 ;; esac
	return 1
}

# A project in which every option has something to do, once for each way in which it is built; boards have no such flash.
enter() {
	kind=
	for each in schedules replay coverage no-sanitize on fuzz; do
		either $each && kind=$kind-$each
	done
	cd "$scratch/all$kind" 2>/dev/null && return
	cp -R "$top/tests/hostsim/options" "$scratch/all$kind"
	cd "$scratch/all$kind"
	! either on || { rm tests/test_flash.c src/flash.[ch]; sed -i '/^requests/,$d' ms.yaml; }
}

# words OPTION: as it is typed, with what it needs and the other does not bring.
words() {
	case $1 in
	filter) either gdb || echo "--filter it_" ;;
	timeout) echo "--timeout 60" ;;
	jobs) echo "--jobs 2" ;;
	repeat) echo "--repeat 2" ;;
	until-fail) echo "--until-fail"; either repeat || either list || either fuzz || either gdb || either watch || echo "--repeat 2" ;;
	shuffle) echo "--shuffle 3" ;;
	report) echo "--report r.tap" ;;
	schedules) echo "--schedules 4" ;;
	replay) echo "--replay 10:1" ;;
	fault) echo "--fault 1" ;;
	power-cut) echo "--power-cut 1.2" ;;
	on) echo "--on mps2-an385" ;;
	fuzz) echo "--fuzz bytes --time 1" ;;
	gdb) echo "--gdb --filter test_flash/it_writes" ;;
	*) echo "--$1" ;;
	esac
}

# shows OPTION: what was printed shows that it was heeded.  (Of some nothing can be seen.)
shows() {
	case $1 in
	filter) lacks "$here/out" corpus ;;
	list) says "$here/out" "test_all/it_adds_in_threads" && lacks "$here/out" passed ;;
	repeat | until-fail) same "$(grep -c '^test_all$' "$here/out")" 2 ;;
	report) says r.tap "TAP version 14" ;;
	replay) either gdb || { says "$here/out" skipped && says "$here/out" "passed    it_adds_in_threads"; } ;;
	faults) says "$here/out" "5 sites: 5 handled" ;;
	fault) either gdb || says "$here/out" "fails: handled" ;;
	power-cuts) says "$here/out" "5 power cuts: all survived" ;;
	power-cut) either gdb || says "$here/out" "1 power cut: all survived" ;;
	on) says "$here/out" it_adds && lacks "$here/out" corpus ;;
	coverage) says "$here/out" "out/test/coverage/index.html" ;;
	fuzz) says "$here/out" " inputs, " ;;
	watch) says "$here/out" "waiting for a source" ;;
	gdb) says "$here/out" "Running 1 test(s)" ;;
	all-output) either gdb || either on || either faults || either fault || either power-cuts || either power-cut || says "$here/out" "trace " ;;
	esac
}

come_to_rest() {
	grep -q "waiting for a source" "$here/out" || gone "$pid"
}

# try WORD...: as a person would, to its end.
try() {
	got=0
	if either watch; then
		ms test "$@" >"$here/out" 2>&1 &
		pid=$!
		soon come_to_rest
		grep -q "waiting for a source" "$here/out" && kill -TERM "$pid"
		wait "$pid" || got=$?
		[ $got -ne 130 ] || got=0
	else
		printf 'run\nquit\n' | timeout 600 ms test "$@" >"$here/out" 2>&1 || got=$?
	fi
}

pair() {
	one=$1 other=$2
	enter
	rm -f r.tap
	# shellcheck disable=SC2046 # words
	try $(words "$one") $([ "$one" = "$other" ] || words "$other")
	if [ $got -eq 2 ] && [ "$one" != "$other" ]; then
		grep -qxE "ms test: --($one does not go with --$other|$other does not go with --$one): .*" "$here/out" &&
			grep -qxE "  fix: leave out --($one|$other), or --($one|$other)" "$here/out" && return
	fi
	[ $got -eq 0 ] && shows "$one" && shows "$other" && return
	cat "$here/out"
	echo "status $got: --$one and --$other"
	return 1
}

# With those that come after it, of which $ROWS may name some.
each_with_each() {
	bad=
	for first in ${ROWS:-$options}; do
		before=yes
		for second in $options; do
			[ "$first" != "$second" ] || before=
			[ "$before" ] || (set -e; pair "$first" "$second") || bad="$bad $first+$second"
		done
	done
	same "$bad" ""
	same "$(processes "$scratch/all")" ""
}

# refused OPTION...: as misuse, with both names.
refused() {
	fails 2 ms test "$@"
	says "$here/out" "does not go with"
	says "$here/out" "fix: leave out"
}

what_does_not_go_together() {
	one='' other=''
	enter
	refused --watch --list
	refused --watch --repeat 3
	refused --in-process --gdb
	refused --faults --schedules 3
	refused --faults --power-cuts
	refused --fuzz bytes --filter it_
	refused --fuzz bytes --faults
	refused --on mps2-an385 --watch
	refused --list --report r.tap
	fails 2 ms --json test --gdb
	says "$here/out" "--json does not go with --gdb"
	[ ! -e out ]
}

what_needs_another() {
	one='' other=''
	enter
	for words in "--strategy pct" "--seed 3" "--time 5" "--time 5 --seed 3 --strategy dfs" "--replay 5:1 --strategy pct"; do
		# shellcheck disable=SC2086 # words
		fails 2 ms test $words
		says "$here/out" "and needs --"
	done
}

values_that_are_none() {
	one='' other=''
	enter
	for words in "--fuzz" "--fuzz nosuch" "--time 0 --fuzz bytes" "--schedules 0" "--schedules -1" "--schedules 2 --seed 0" "--jobs 0" "--jobs 257" "--timeout 0" \
		"--timeout 1.5" "--repeat 0" "--shuffle x" "--report r.doc" "--on nosuch" "--schedules 2 --strategy pct:99" "--schedules 2 --strategy nosuch" \
		"--schedules 2 --strategy random:2" "--replay 5" "--replay 5:0" "--replay 9:1,5:1" "--fault 0" "--power-cut 3" "--power-cut 3.9" "--power-cut 0.1" "--filter zzz" \
		"--fault 99" "--replay 999999:1" "--power-cut 99.1" "--power-cuts --filter it_adds" "--gdb --filter zzz/zzz" "--gdb" "--nosuch" "one two"; do
		# shellcheck disable=SC2086 # words
		timeout 300 ms test $words </dev/null >"$here/out" 2>&1 && { cat "$here/out"; echo "no error: $words"; return 1; }
		same "$words: $(grep -c '^ms test: ' "$here/out")" "$words: 1"
		# shellcheck disable=SC2086
		fails 2 timeout 300 ms test $words </dev/null
	done
	fails 2 ms test --fault 99
	says "$here/out" "no test has the site '99'"
	fails 2 ms test --replay 999999:1
	says "$here/out" "no test has the order of threads '999999:1'"
	fails 2 ms test --power-cuts --filter it_adds
	says "$here/out" "fix: sim_power_cuts("
}

run what_does_not_go_together what_needs_another values_that_are_none each_with_each
