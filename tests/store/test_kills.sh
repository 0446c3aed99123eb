# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# A store that is killed at random moments while four people publish, yank, quarantine, give sources, claim, revoke, make and end tokens at once (kills.c).  KILLS: how many; SEED: which.
# At which places a change can be killed, one by one: test_store_kills.sh.
set -eu
. tests/shell.sh

what_was_told_is_there_and_of_the_rest_all_or_nothing() {
	cd "$here"
	"$top/out/check/tests/store/kills" "$top/out/host/ms-store" "$top/out/check/tests/product" "${KILLS:-20}" "${SEED:-1}" >"$here/said" || { cat "$here/said"; return 1; }
	tail -1 "$here/said"
	tail -1 "$here/said" | grep -q "^kills ${KILLS:-20} "
	# Some were told, else nothing was tried.
	tail -1 "$here/said" | grep -q '; told and there [1-9]'
}

run what_was_told_is_there_and_of_the_rest_all_or_nothing
tail -1 "$scratch"/what*/said
