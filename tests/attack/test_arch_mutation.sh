#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each place of a processor's port is changed in turn (tests/attack/mutate, -p; in assembly language each instruction is left out), and the
# attacks are made on an emulated board with that runtime: something must notice.  What survives stands in arch_survivors.txt with its reason.
# What attack.sh says; $MUTATE, $HEARD: the programs; $FILES: of which sources; $ONLY: a pattern of lines of theirs; $JOBS at a time (2); $FIRST, $MORE: tests
# that are asked before the attacks, and when none notices; $BY_RECORDS: 1 where no attacks can be made; $TABLE: where to leave the table; $WORK: where to leave each verdict.
. tests/shell.sh
. tests/attack/attack.sh
. tests/records/records.sh
work=${WORK:-$scratch/work}
STEP=256 RUNS=12
export work STEP RUNS FILES MUTATE HEARD BOARD MS FACTS FIRST="${FIRST:-}" MORE="${MORE:-}"

# places FILE: "NUMBER LINE what is there, what it becomes", as mutate has them.
places() {
	case $1 in
	*.S) awk '/^([0-9a-z]+:)?\t[a-z]/ && !/\t(entry|function)[ \t]/ { sub(/^[^\t]*\t/, ""); gsub(/[ \t]+/, " "); sub(/ \/\*.*/, ""); printf "%d\t%d\t%s\tnop\n", ++n, NR, $0 }' "$1" ;;
	*) "$MUTATE" -p "$1" ;;
	esac
}

# For each job a folder with an SDK, whose runtime can be another, and the services, which are built once; with the FPU the rows that are about it.
prepare_jobs() {
	here=$work/0
	mkdir -p "$here"
	own_sdk
	MS_HOME=$here/home
	export MS_HOME
	if grep -q PORT_FPU=1 "$work/commands"; then
		( FPU=1 && prepare '"ATTACK_FROM=\"FPU registers a new thread finds\""' && attack 'kind|' && mv "$here/attack" "$here/fpu" && prepare_records records-fpu )
	fi
	[ -n "${BY_RECORDS:-}" ] || { prepare '' && attack 'kind|'; }
	prepare_records records
	for job in $(seq 1 $((${JOBS:-2} - 1))); do cp -a "$work/0" "$work/$job"; done
}

all_mutants() {
	mkdir -p "$work"
	ninja -t commands "out/boards/$BOARD/runtime.elf" >"$work/commands"
	( prepare_jobs )
	for file in $FILES; do places "$file" | sed "s|^|$file	|"; done | grep -e "${ONLY:-.}" >"$work/list"
	for file in $FILES; do SLOT=0 sh tests/attack/mutate/arch_one.sh "$file" 0 0; done
	[ "$(sort -u "$work"/*.0.verdict)" = survived ] || { echo "the tests fail without a change: $(cat "$work"/*.0.verdict)"; return 1; }
	cut -f 1-3 "$work/list" | xargs -P "${JOBS:-2}" -n 3 --process-slot-var=SLOT sh tests/attack/mutate/arch_one.sh
}

# The table: file, line, what is there (of a condition also what it becomes, as it can become either), what it becomes, verdict; but for
# what is no part of this board's runtime.
table() {
	while IFS='	' read -r file number line there becomes; do
		case $becomes in [01]) there="$there: $becomes" ;; esac
		printf '%s:%s\t%s\t%s\t%s\n' "$file" "$line" "$there" "$becomes" "$(cat "$work/$(basename "$file").$number.verdict")"
	done <"$work/list" | grep -v '	changes nothing$\|	does not compile$'
}

each_change_of_the_port_is_noticed_or_its_survival_has_a_reason() {
	all_mutants
	table >"$here/table"
	[ -z "${TABLE:-}" ] || cp "$here/table" "$TABLE"
	for file in $FILES; do grep "^$BOARD	$file	" tests/attack/mutate/arch_survivors.txt || true; done | cut -f 2- >"$here/survivors"
	awk -f tests/attack/mutate/verdicts.awk "$here/survivors" "$here/table"
	[ "$(wc -l <"$here/table")" -ge "${LEAST:-100}" ]
}

run each_change_of_the_port_is_noticed_or_its_survival_has_a_reason
