# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034 # who sources this uses them
# Sourced by tests that are shell scripts, which Ninja runs from the top of the
# tree.  A test is a function whose name says what holds; it fails where a
# command fails.  It runs in a subshell, with a folder of its own, $here.

top=$PWD
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# skip WHY: this computer cannot show what the test is about.
skip() {
	echo "$1" >"$here/skipped"
	exit 0
}

# run FUNCTION...: all of them, and cmocka's lines about it; with HASTY=1 none after the first that failed.
run() {
	passed=0 failed=0
	for name in "$@"; do
		here=$scratch/$name
		mkdir "$here"
		echo "[ RUN      ] $name"
		set +e
		( set -e; "$name" ) >"$scratch/said" 2>&1
		status=$?
		set -e
		if [ -e "$here/skipped" ]; then
			echo "[  SKIPPED ] $name: $(cat "$here/skipped")"
		elif [ "$status" -eq 0 ]; then
			passed=$((passed + 1))
			echo "[       OK ] $name"
		else
			failed=$((failed + 1))
			cat "$scratch/said"
			echo "[  FAILED  ] $name"
			[ -z "${HASTY:-}" ] || break
		fi
	done
	echo "[  PASSED  ] $passed test(s)."
	[ "$failed" -eq 0 ] || { echo "[  FAILED  ] $failed test(s)."; exit 1; }
}

# fails STATUS COMMAND...: it ends with that status; what it says on either stream is in $here/out.
fails() {
	want=$1
	shift
	got=0
	"$@" >"$here/out" 2>&1 || got=$?
	[ "$got" -eq "$want" ] || { cat "$here/out"; echo "status $got, not $want: $*"; return 1; }
}

# says FILE TEXT: the text is somewhere in the file.
says() {
	grep -qF -- "$2" "$1" || { cat "$1"; echo "not said: $2"; return 1; }
}

# processes TEXT: the numbers of those whose command line holds it, but for this shell's own.
processes() {
	for each in /proc/[0-9]*; do
		[ "${each#/proc/}" != $$ ] || continue
		if tr '\0' ' ' 2>/dev/null <"$each/cmdline" | grep -qF -- "$1"; then echo "${each#/proc/}"; fi
	done
}

# same A B, with both shown when they are not.
same() {
	[ "$1" = "$2" ] || { printf '%s\n  is not\n%s\n' "$1" "$2"; return 1; }
}
