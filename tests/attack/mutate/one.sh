#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# one.sh FILE NUMBER: core or format with one check disabled: which of its tests on the PC fails first?  $work/FILE.NUMBER.verdict says.
# $MUTATE: the program; $work: where test_mutation.sh has put the objects of the subject and its tests; $TESTS: their names;
# $CC, $FLAGS; $VERIFIER, $LIBRARIES.
set -eu
file=$1 number=$2
base=$(basename "$file" .c)
mine=$work/$base.$number
mkdir "$mine"

verdict() {
	printf '%s\n' "$1" >"$mine.verdict"
	rm -r "$mine"
	exit 0
}

# link TEST: with the changed file in the place of core's own.
link() {
	first='' rest=''
	[ "$1" != boot ] || first=$mine/boot.o rest="$VERIFIER $LIBRARIES out/deps/host/mbedtls/lib/libmbedcrypto.a -lcrypto -ljansson"
	# shellcheck disable=SC2086 # flags and objects are words
	$CC $FLAGS "$work/test_$1.o" $first "$mine/subject.a" $rest $LIBRARIES -lcmocka -o "$mine/$1"
}

"$MUTATE" "$file" "$number" >"$mine/$base.c"
# shellcheck disable=SC2086
$CC $FLAGS -w -c "$mine/$base.c" -o "$mine/$base.o" 2>"$mine/said" || verdict 'does not compile'
cp "$work/subject.a" "$mine/subject.a"
[ "$base" = boot ] || ar r "$mine/subject.a" "$mine/$base.o"

# The one of its own name first, then those whose names begin alike.
own=${base#sys_}
tests=$(for test in $TESTS; do
	case $test in "$own") echo 1 ;; "${own%%_*}"*) echo 2 ;; *) echo 3 ;; esac
done | paste -d ' ' - "$work/tests" | sort -s -n -k 1,1 | cut -d ' ' -f 2)
[ "$base" != boot ] || tests=boot
# Bounded by the time of the processor, so that a busy computer kills nothing; a program ends with its first failure.
for test in $tests; do
	link "$test" 2>"$mine/said" || verdict "does not link: $(head -n 1 "$mine/said")"
	( ulimit -t 60; exec timeout -k 1 600 "$mine/$test" ) 2>&1 | awk '{ print } /^\[  FAILED/ { exit } /^\[  PASSED/ { passed = 1 } END { exit !passed }' >"$mine/said" ||
		verdict "killed by test_$test: $(sed -n 's/^\[  FAILED  \] \([a-z_]*[a-z]\)$/\1/p' "$mine/said" | head -n 1)"
done
verdict survived
