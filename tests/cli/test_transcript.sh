# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Run the commands of a transcript and compare what they do with what it says:
#
#	"# "	a sentence about what follows
#	"$ "	a command
#	"| "	a line of its standard output
#	"! "	a line of its standard error
#	"? "	its exit status, if that is not 0
#
#	sh tests/cli/test_transcript.sh MS JSONL TRANSCRIPT
#
# The test's folder is written $T, the version $V.  UPDATE=1 in the environment
# accepts what is new: read the difference before it is committed.
set -eu
. tests/shell.sh
. tests/cli/desk.sh
ms=$1 jsonl=$2 expected=$top/$3

plain() {
	sed -e "s|$T|\$T|g" -e "s|$version|\$V|g" -e "s/^/$1/" -e 's/ $//' "$2"
}

# One command, and what came of it.
perform() {
	printf '$ %s\n' "$1"
	set +e
	eval "$1" >"$here/out" 2>"$here/err" 3<&-
	status=$?
	set -e
	plain '| ' "$here/out"
	plain '! ' "$here/err"
	[ "$status" -eq 0 ] || echo "? $status"
}

every_command_does_as_written() {
	desk "$ms" "$jsonl"
	version=$(cat "$top/VERSION")
	while IFS= read -r line <&3; do
		case $line in
		'$ '*) perform "${line#??}" ;;
		'| '* | '|' | '! '* | '!' | '? '*) ;;
		*) printf '%s\n' "$line" ;;
		esac
	done 3<"$expected" >"$here/actual"

	if [ -n "${UPDATE:-}" ]; then
		cp "$here/actual" "$expected"
	fi
	diff -u "$expected" "$here/actual"
}

run every_command_does_as_written
