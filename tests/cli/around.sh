# SPDX-License-Identifier: Apache-2.0
# What a test of the command line stands on, to be sourced with $1 = the ms to
# test and $2 = the program jsonl: a folder of its own ($T, where it begins), a
# small SDK, nothing of the user's, and `ms` in PATH.
set -u
root=$PWD
T=$(mktemp -d "${TMPDIR:-/tmp}/ms-cli-XXXXXX") || exit 1
T=$(cd "$T" && pwd -P)
trap 'chmod -R u+rwx "$T"; rm -rf "$T"' EXIT

mkdir "$T/bin" "$T/sdk" "$T/work"
ln -s "$root/$1" "$T/bin/ms"
ln -s "$root/$2" "$T/bin/jsonl"
cp VERSION "$T/sdk/VERSION"
cp -R templates "$T/sdk/templates"
mkdir -p "$T/sdk/targets/v7em/lib" "$T/sdk/targets/v7em/picolibc/lib" "$T/sdk/boards/mps2-an386" "$T/sdk/boards/other"
touch "$T/sdk/targets/v7em/cflags" "$T/sdk/targets/v7em/lib/libms.a" "$T/sdk/targets/v7em/picolibc/lib/libc.a"
touch "$T/sdk/boards/mps2-an386/runtime.elf" "$T/sdk/boards/other/runtime.elf"

unset SOURCE_DATE_EPOCH NO_COLOR XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME
export PATH="$T/bin:$PATH" MS_SDK="$T/sdk" MS_HOME="$T/home" HOME="$T" LC_ALL=C
cd "$T/work" || exit 1

passed=0
failed=0

# check SENTENCE COMMAND...: a test with a sentence for a name.
check() {
	sentence=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf 'FAILED: %s: %s\n' "$sentence" "$*"
	fi
}

# The end of a test: what tally counts.
finish() {
	printf '[  PASSED  ] %d test(s).\n' "$passed"
	[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
	exit
}
