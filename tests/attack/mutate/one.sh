#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# one.sh FILE NUMBER: core with one check disabled: which of its tests on the PC fails first?  $work/FILE.NUMBER.verdict says.
# $MUTATE: the program; $work: where test_mutation.sh has put the objects of core and its tests; $CC, $FLAGS; $VERIFIER, $LIBRARIES.
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
	first='' rest='' boot=$work/boot.o
	[ "$base" != boot ] || boot=$mine/boot.o
	case $1 in
	message | model | priority | protocol | release) first=$work/talk.o ;;
	boot) first=$boot rest="$VERIFIER $LIBRARIES out/deps/host/mbedtls/lib/libmbedcrypto.a -ljansson" ;;
	esac
	# shellcheck disable=SC2086 # flags and objects are words
	$CC $FLAGS "$work/test_$1.o" $first "$mine/core.a" $rest $LIBRARIES -lcmocka -o "$mine/$1"
}

"$MUTATE" "$file" "$number" >"$mine/$base.c"
# shellcheck disable=SC2086
$CC $FLAGS -w -Iruntime/core -c "$mine/$base.c" -o "$mine/$base.o" 2>"$mine/said" || verdict 'does not compile'
cp "$work/core.a" "$mine/core.a"
[ "$base" = boot ] || ar r "$mine/core.a" "$mine/$base.o"

case $base in
boot) tests=boot ;;
clock | event | service | thread) tests="$base syscall message protocol priority thread service clock event release model" ;;
*message* | endpoint) tests='protocol message release priority syscall thread service event model' ;;
*) tests='syscall message protocol priority thread service clock event release model' ;;
esac
# Bounded by the time of the processor, so that a busy computer kills nothing.
for test in $tests; do
	link "$test" 2>"$mine/said" || verdict "does not link: $(head -n 1 "$mine/said")"
	( ulimit -t 30; exec timeout -k 1 400 "$mine/$test" ) >"$mine/said" 2>&1 ||
		verdict "killed by test_$test: $(sed -n 's/^\[  FAILED  \] \([a-z_]*[a-z]\)$/\1/p' "$mine/said" | head -n 1)"
done
verdict survived
