# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Whoever is killed, whenever: the board is never driven twice, and free again within a lease.
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
	# A lease, and what a driver that will not end and a busy computer take besides.
	sort -n -k3 "$here/rounds" | tail -n 1
	[ "$(sort -n -k3 "$here/rounds" | tail -n 1 | cut -d' ' -f3)" -lt 8000 ]
}

run no_kill_drives_a_board_twice_or_loses_it
