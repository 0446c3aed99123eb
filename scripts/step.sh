# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced by install.sh.  A step is a function: one line for the person with
# the time it took, everything its tools say into the log.

state=$PWD/out
log=$state/install.log

# refuse SENTENCE [FIX]: end the step; the person reads these words instead of the log.
refuse() {
	printf '%s\n' "$@" >"$state"/install.why
	exit 1
}

# warn SENTENCE: shown under the step's line, which does not fail.
warn() {
	printf '        warning: %s\n' "$1" >>"$state"/install.warnings
}

step_clock() {
	date +%s%N
}

step_line() {
	awk -v ns="$1" -v text="$2" 'BEGIN { printf "%6.1f s %s\n", ns / 1e9, text }'
}

# What to do about a failure whose words are a tool's own.
step_advice() {
	if grep -Eq 'No space left on device|Wrote only|Disk quota exceeded' "$log"; then
		echo "the disk is full: free some space and run this again"
	elif grep -Eq 'Temporary failure|Could not (resolve|connect)|Unable to connect|Network is unreachable|Unable to fetch' "$log"; then
		echo "no network: connect, or give the files with --sources DIR, and run this again"
	elif grep -q 'Could not get lock' "$log"; then
		echo "another program is installing packages: wait for it and run this again"
	else
		echo "run this again; if it fails in the same way, report it with out/install.log"
	fi
}

step_failed() {
	step_line "$(($(step_clock) - $2))" "failed: $1"
	if [ -s "$state"/install.why ]; then
		sed 's/^/         /' "$state"/install.why
	else
		echo "         last lines of out/install.log:"
		tail -n 8 "$log" | cut -c1-150 | sed 's/^/         | /'
		echo "         $(step_advice)"
	fi
	exit 1
}

# step TEXT FUNCTION [ARGUMENT...].  The function may put a remark for its line in $state/install.note.
step() {
	step_text=$1
	shift
	rm -f "$state"/install.why "$state"/install.warnings "$state"/install.note
	[ ! -t 1 ] || printf '     ... %s\r' "$step_text"
	step_start=$(step_clock)
	echo "== $step_text" >>"$log" || die "cannot write '$log': is the disk full?"

	# Not in a condition, where the shell would go on after a failing command.
	set +e
	( set -e; "$@" ) >>"$log" 2>&1
	step_status=$?
	set -e

	[ "$step_status" -eq 0 ] || step_failed "$step_text" "$step_start" >&2
	[ ! -s "$state"/install.note ] || step_text="$step_text: $(cat "$state"/install.note)"
	step_line "$(($(step_clock) - step_start))" "$step_text"
	[ ! -s "$state"/install.warnings ] || cat "$state"/install.warnings
}
