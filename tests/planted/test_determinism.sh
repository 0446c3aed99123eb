#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The same seed is the same run, each time (hostsim/tracehash.h).  In the order of a device it is the same whatever compiles the service, and
# with or without protection of memory; in an order that a seed says, each time that the same program runs.
#
#	RUNS=1000 COMPILERS="gcc clang" LEVELS="-O0 -O2" sh tests/planted/test_determinism.sh
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

project=$scratch/threads
mkdir "$project" "$scratch/gcc" "$scratch/clang"
cp -R tests/planted/threads/ms.yaml tests/planted/threads/src tests/planted/common/* "$project"
# Its loop takes time, and how many blocks a loop has is the compiler's to say.
sed -i '/^BUG(inversion,/d' "$project/src/bugs.def"

# clang under the name that ms looks for, without words that it does not know.
cat >"$scratch/clang/gcc" <<'END'
#!/bin/sh
for word; do
	shift
	case $word in
	-dumpfullversion) word=-dumpversion ;;
	-falign-functions=* | -fstack-clash-protection | --param=tsan-*) continue ;;
	esac
	set -- "$@" "$word"
done
exec clang "$@"
END
chmod +x "$scratch/clang/gcc"

# build COMPILER LEVEL: from now on tests are compiled so.
build() {
	rm -rf "$project/out"
	sed -i '/^cflags/d' "$project/ms.yaml"
	echo "cflags: [ $2 ]" >>"$project/ms.yaml"
	PATH=$scratch/$1:$PATH
}

# each FUNCTION: with each compiler and level.
each() {
	for compiler in $COMPILERS; do
		for level in $LEVELS; do
			(set -e; build "$compiler" "$level"; "$1")
		done
	done
}

# traces OPTION...: a line for each test that ran.
traces() {
	ms -C "$project" test --all-output "$@" >"$here/out" 2>&1 || { cat "$here/out"; return 1; }
	grep -o 'trace [0-9a-f]\{16\}$' "$here/out"
}

compare_all_tests() {
	for how in "" --no-sanitize --no-protection; do
		[ "$compiler" = gcc ] || [ "$how" = "--no-protection" ] || continue
		# shellcheck disable=SC2046 # a word or none
		traces ${how:+"$how"} $([ "$compiler" = gcc ] || echo --no-sanitize) >"$here/traces"
		[ -e "$here/first" ] || cp "$here/traces" "$here/first"
		diff "$here/first" "$here/traces" || { echo "$compiler $level $how"; return 1; }
	done
}

the_order_of_a_device_does_not_depend_on_compiler_and_protection() {
	each compare_all_tests
	[ "$(wc -l <"$here/first")" -gt 40 ]
	[ "$(sort -u "$here/first" | wc -l)" -gt 10 ]
}

compare_all_runs() {
	: >"$here/seeds"
	for seed in 3 4; do
		for how in --no-sanitize "--no-sanitize --no-protection"; do
			# shellcheck disable=SC2086 # options are words
			traces $how --schedules 1 --seed $seed --repeat "$((RUNS / 2))" --filter "two_predicates_mended" >"$here/runs"
			same "$(wc -l <"$here/runs")" "$((RUNS / 2))"
			cat "$here/runs" >>"$here/seeds$seed"
		done
		same "$(sort -u "$here/seeds$seed" | wc -l)" 1
		cat "$here/seeds$seed" >>"$here/seeds"
		rm "$here/seeds$seed"
	done
	same "$(sort -u "$here/seeds" | wc -l)" 2
}

the_same_seed_is_the_same_run_each_time() {
	each compare_all_runs
}

run the_order_of_a_device_does_not_depend_on_compiler_and_protection the_same_seed_is_the_same_run_each_time
