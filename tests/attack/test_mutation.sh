#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each check of core, or of the formats, is disabled in turn (tests/attack/mutate/mutate.c finds them in the text): a test on the PC
# must notice.  What survives stands in survivors.txt, with the reason why it cannot matter or what else notices.
# $SUBJECT: core or format; $MUTATE: the program; $JOBS: side by side (2); $FILES: only of these; $TABLE: where to leave the table;
# of core $VERIFIER: the runtime's verifier; $LIBRARIES: libbase and libformat.
. tests/shell.sh
work=$scratch/work
CC=gcc
FLAGS='-std=c17 -O1 -g -D_GNU_SOURCE -Isdk/include -Iformat'
VERIFIER=${VERIFIER:-} LIBRARIES=${LIBRARIES:-}
export work CC FLAGS MUTATE VERIFIER LIBRARIES

# Which sources, what of the tests is no test, and the names of those that are.
case $SUBJECT in
core)
	FLAGS="$FLAGS -DMS_VERSION=MUTANT_VERSION -include tests/attack/mutate/version.h -Iruntime -Iruntime/core -Itests/fakes -Itests/runtime -Ibase"
	sources=runtime/core helpers="tests/fakes/fake_port.c tests/runtime/talk.c"
	names=$(grep -l -e "services.h" -e "talk.h" -e "fake_port.h" tests/runtime/test_*.c | grep -v -e "_boot\.c$" -e "_trace")
	more=tests/runtime/test_boot.c ;;
format)
	FLAGS="$FLAGS -Itests/format"
	sources=format helpers='' names=$(ls tests/format/test_*.c) more='' ;;
esac

objects() {
	for file; do
		# shellcheck disable=SC2086
		$CC $FLAGS -w -c "$file" -o "$work/$(basename "$file" .c).o" || return 1
		echo "$work/$(basename "$file" .c).o"
	done
}

all_mutants() {
	mkdir "$work"
	# shellcheck disable=SC2046,SC2086
	{
		objects $names $more >/dev/null
		ar rcs "$work/subject.a" $(objects "$sources"/*.c $helpers | grep -v /boot.o)
	}
	echo "$names" | sed "s|.*test_||; s|\.c$||" >"$work/tests"
	TESTS=$(tr '\n' ' ' <"$work/tests")
	export TESTS
	for file in ${FILES:-"$sources"/*.c}; do
		"$MUTATE" "$file" | sed "s|^|$file	|"
	done >"$work/list"
	# Without a change: all tests, and boot's, which is by itself.
	echo "$(cut -f 1 "$work/list" | grep -v /boot.c | head -n 1) 0" >"$work/jobs"
	if grep -q /boot.c "$work/list"; then echo runtime/core/boot.c 0 >>"$work/jobs"; fi
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
	for file in ${FILES:-"$sources"/*.c}; do grep "^$file	" tests/attack/mutate/survivors.txt || true; done >"$work/survivors"
	awk -f tests/attack/mutate/verdicts.awk "$work/survivors" "$work/table"
	[ "$(wc -l <"$work/table")" -ge "${LEAST:-150}" ]
}

run each_disabled_check_is_noticed_or_its_survival_has_a_reason
