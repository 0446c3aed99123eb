# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# By HTTPS, over a line that is cut or falls silent at any byte: the same verdicts, or none.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/rig/rig.sh
. tests/rig/kills.sh

# A rig with an emulated board; the line to it is not cut, and the lease is so long that a busy computer loses none.
begin() {
	trap 'drop_link; end_agent' EXIT
	lease_sec=600
	kill_begin
	sed -i 's|^boards:.*|boards: [ { name: emu, board: mps2-an386 } ]|' "$here/rig.yaml"
	leases 600
	cp -r "$top/templates/hello" "$here/hello"
}

# leases SECONDS: from now on they last so long.
leases() {
	end_agent
	sed -i "s|^lease:.*|lease: $1 s|" "$here/rig.yaml"
	serve --config "$here/rig.yaml"
	trap 'drop_link; end_agent' EXIT
	draw_link -1
}

verdicts_are_the_same_by_https() {
	begin
	ms -C "$here/hello" test --on mps2-an386 >"$here/here" 2>&1
	ms -C "$here/hello" test --on rig:far >"$here/there" 2>&1
	grep '^  [a-z]' "$here/here" | grep -v 'it is for' | sed 's/  [0-9.]* s$//' >"$here/want"
	grep '^  [a-z]' "$here/there" | grep -v 'it is for' | sed 's/  [0-9.]* s$//' | diff "$here/want" -
	[ "$(wc -l <"$here/want")" -eq 3 ]
}

# Nothing is said of a whole run but that the line was cut; it all passed only if all of it came.
no_cut_makes_a_verdict() {
	begin
	ms -C "$here/hello" test --on rig:far >"$here/out" 2>&1
	leases 1	# nobody gives back what is lent over a line that was cut
	whole=0 cut=0
	for bytes in 0 1 200 900 1300 1700 2100 2500 2900 3300 3700 4100 4500 5000 5500 6000 7000 9000 12000; do
		draw_link "$bytes"
		got=0
		timeout 400 ms -C "$here/hello" test --on rig:far --report "$here/r.xml" >"$here/out" 2>&1 || got=$?
		case $got in
		0) says "$here/out" '3 tests: 3 passed'; whole=$((whole + 1)) ;;
		9)
			says "$here/out" '  fix: '
			lacks "$here/out" ' tests: '
			lacks "$here/out" 'failed    '
			lacks "$here/out" 'crashed   '
			[ ! -e "$here/r.xml" ]
			cut=$((cut + 1)) ;;
		*) cat "$here/out"; echo "status $got with a cut after $bytes bytes"; return 1 ;;
		esac
	done
	echo "whole $whole, cut $cut"
	[ "$cut" -ge 8 ]
	soon free
}

a_line_that_falls_silent_is_given_up() {
	begin
	counter "$here/counter"
	ms -q run "$here/counter" --on rig:far --until 'count 1' >"$here/out" 2>&1	# it is built now
	leases 1
	draw_link 6000 silent
	fails 9 timeout 400 ms -q run "$here/counter" --on rig:far	# which ends by itself by nothing else
	soon free
}

a_stranger_gets_nothing() {
	begin
	sed -i "s|^pin: .*|pin: 'sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='|" "$MS_HOME/config/rigs/far"
	fails 10 ms rig list far
	says "$here/out" 'does not show the certificate that it should [MS2604]'
	sed -i '/^pin/d' "$MS_HOME/config/rigs/far"
	fails 10 ms rig list far
	draw_link -1
	sed -i "/^token/{s|0'\$|1'|;t;s|.'\$|0'|}" "$MS_HOME/config/rigs/far"
	fails 10 ms rig list far
	says "$here/out" 'the token is missing, or nobody'
	lacks "$here/agent" msr_
}

a_rig_that_is_killed_gives_no_verdict() {
	begin
	counter "$here/counter"
	ms -q run "$here/counter" --on rig:far >"$here/said" 2>&1 &
	client=$!
	soon grep -q count "$here/said"
	kill -9 "$agent"
	got=0
	wait "$client" || got=$?
	same "$got" 9
	says "$here/said" '[MS2601]'
	agent_anew
	soon free
}

run verdicts_are_the_same_by_https no_cut_makes_a_verdict a_line_that_falls_silent_is_given_up a_stranger_gets_nothing a_rig_that_is_killed_gives_no_verdict
