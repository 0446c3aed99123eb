#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each check of core is disabled in turn (tests/attack/mutate/mutate.c finds them in the text): a test of core on the PC
# must notice.  What survives stands in survivors.txt, with the reason why it cannot matter or what else notices.
# $MUTATE: the program; $VERIFIER: the runtime's verifier; $LIBRARIES: libbase and libformat; $JOBS: side by side (2).
. tests/shell.sh
work=$scratch/work
CC=gcc
FLAGS='-std=c17 -O1 -g -D_GNU_SOURCE -DMS_VERSION=MUTANT_VERSION -include tests/attack/mutate/version.h -Isdk/include -Iformat -Iruntime -Iruntime/core -Itests/fakes -Itests/runtime -Ibase'
export work CC FLAGS MUTATE VERIFIER LIBRARIES
survivors=tests/attack/mutate/survivors.txt

all_mutants() {
	mkdir "$work"
	for file in runtime/core/*.c tests/fakes/*.c tests/runtime/talk.c tests/runtime/test_*.c; do
		case $file in *cause_thumb* | *test_trace*) continue ;; esac
		# shellcheck disable=SC2086
		$CC $FLAGS -c "$file" -o "$work/$(basename "$file" .c).o"
	done
	TESTS=$(grep -l -e "services.h" -e "talk.h" -e "fake_port.h" tests/runtime/test_*.c | sed "s/.*test_//; s/\.c$//" | grep -v -e "^boot$" -e "^trace" | tr "\n" " ")
	export TESTS
	core=$(for file in runtime/core/*.c; do echo "$work/$(basename "$file" .c).o"; done | grep -v /boot.o)
	# shellcheck disable=SC2086
	ar rcs "$work/core.a" $core "$work/fake_port.o" "$work/talk.o"
	for file in ${FILES:-runtime/core/*.c}; do
		"$MUTATE" "$file" | sed "s|^|$file	|"
	done >"$work/list"
	echo runtime/core/thread.c 0 >"$work/jobs"	# without a change: all tests, and boot's, which is by itself
	case ${FILES:-boot} in *boot*) echo runtime/core/boot.c 0 >>"$work/jobs" ;; esac
	cut -f 1,2 "$work/list" >>"$work/jobs"
	<"$work/jobs" xargs -P "${JOBS:-2}" -n 2 sh tests/attack/mutate/one.sh
}

# The table: file, line, condition, what it becomes, verdict.
table() {
	while IFS='	' read -r file number line condition becomes; do
		printf '%s:%s\t%s\t%s\t%s\n' "$file" "$line" "$condition" "$becomes" \
			"$(cat "$work/$(basename "$file" .c).$number.verdict")"
	done <"$work/list"
}

each_disabled_check_is_noticed_or_its_survival_has_a_reason() {
	all_mutants
	for same in "$work"/*.0.verdict; do
		[ "$(cat "$same")" = survived ] || { echo "the tests fail without a change: $(cat "$same")"; return 1; }
	done
	table >"$work/table"
	[ -z "${TABLE:-}" ] || cp "$work/table" "$TABLE"
	awk -f tests/attack/mutate/verdicts.awk "$survivors" "$work/table"
	[ "$(wc -l <"$work/table")" -ge "${LEAST:-150}" ]
}

run each_disabled_check_is_noticed_or_its_survival_has_a_reason
