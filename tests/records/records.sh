# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced by tests that let the recorder run on an emulated board: $BOARD; $ms, or $MS; it lies in $here/records or another folder.

# prepare_records FOLDER: the services; with FPU=1 the recorder has the grant, and uses it.
prepare_records() {
	mkdir "$here/$1"
	cp -r tests/records/recorder "$here/$1"
	cp runtime/causes.def "$here/$1/recorder/src"
	[ -z "${FPU:-}" ] || printf '%s\n' 'requests:' '  fpu: true' | sed -i 's/^targets:.*/targets: [ v7em-fp, v8m-fp ]/; $r /dev/stdin' "$here/$1/recorder/ms.yaml"
	printf '%s\n' 'name: records' 'vendor: records.example' 'services:' '  - { path: recorder, restart-limit: 0, backoff: 0 ms }' >"$here/$1/product.yaml"
}

# records_are_right FOLDER: each is what was wanted; what the console said is in $here/log, what is wrong in $here/verdict.  $HEARD: a
# program that ends what is silent (tests/attack/mutate/heard.c).
records_are_right() {
	rm -f "$here/$1/out/run/crashes.log"
	timeout -k 5 60 ${HEARD:+"$HEARD" 6} "${ms:-$MS}" -C "$here/$1" run --board "$BOARD" --fast --timeout 20 --until 'all told' 2>&1 |
		awk '{ print } / want / { wants++ } / fault  / && ++faults > wants { exit }' >"$here/log" || true
	grep -q ' want ' "$here/log" || { echo 'it does not start' >"$here/verdict"; return 1; }
	[ -e "$here/$1/out/run/crashes.log" ] || { echo 'no records' >"$here/verdict"; return 1; }
	awk -f tests/records/judge.awk "$here/$1/out/run/crashes.log" "$here/log" >"$here/verdict"
}
