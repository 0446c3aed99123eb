#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The demonstration of install.sh --demo says what tests/e2e/demo.transcript
# holds, where times, sizes and keys are masked.  To take a new one:
#   UPDATE=1 sh tests/e2e/test_demo.sh
set -eu
. tests/shell.sh

# Seventy lines of at most 104 columns; install.sh adds its own steps, at most eight.
the_demonstration_is_the_transcript_and_stays_short() {
	sh scripts/demo.sh >"$here/out" 2>&1 || { cat "$here/out"; return 1; }
	sed -E -f tests/e2e/demo.sed "$here/out" >"$here/masked"
	[ -z "${UPDATE-}" ] || cp "$here/masked" tests/e2e/demo.transcript
	diff -u tests/e2e/demo.transcript "$here/masked"
	[ "$(wc -l <"$here/out")" -le 70 ] || { wc -l "$here/out"; return 1; }
	same "$(awk 'length > 104' "$here/out")" ""
}

run the_demonstration_is_the_transcript_and_stays_short
