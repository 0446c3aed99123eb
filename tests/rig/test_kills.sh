# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Whoever is killed, whenever: the board is never driven twice, and free again.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/rig/rig.sh
. tests/rig/kills.sh

no_kill_drives_a_board_twice_or_loses_it() {
	trap 'drop_link; end_agent' EXIT
	kill_rounds "${KILLS:-24}" "${SEED:-7}"
	same "$(wc -l <"$here/rounds")" "${KILLS:-24}"
	lacks "$here/log" TWICE
	[ "$(grep -c begin "$here/log")" -ge 8 ]	# runs there were
	cut -d' ' -f1 "$here/rounds" | sort | uniq -c
	# How long it took until it was free is for bench/rig.sh to say: here other programs would decide.  test_lease.c has the rule.
}

# What the rounds wait for may never come: they end and say so.
a_line_that_does_not_begin_is_named() {
	echo 'https://127.0.0.1:1, whose pin is none' >"$here/agent"
	fakes=$here/nowhere
	if draw_link -1 >"$here/out" 2>&1; then return 1; fi
	says "$here/out" 'there is no line to the agent'
}

a_client_that_ended_is_not_waited_for() {
	: >"$here/log"
	true &
	driven 1 $!
	printf 'begin\n' >"$here/log"
	driven 1 $$
}

run a_line_that_does_not_begin_is_named a_client_that_ended_is_not_waited_for no_kill_drives_a_board_twice_or_loses_it
