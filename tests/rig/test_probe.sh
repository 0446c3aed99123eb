# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2119 # a board as it is has no options
# A rig whose board is behind a probe: unmodified OpenOCD and the virtual board of tests/vboard.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/vboard/vboard.sh
. tests/rig/rig.sh

# lends [SAFE]: the board of this test.
lends() {
	cat >"$here/rig.yaml" <<-END
	boards: [ { name: disco, board: netduinoplus2, way: openocd, probe: 'remote:$here/probe'${1:+, safe: [ $1 ]} } ]
	END
	serve --config "$here/rig.yaml"
	trap 'unplug; end_agent' EXIT
	{ printf 'S'; head -c 39999 /dev/urandom; } >"$here/sample.bin"	# not ':', by which an Intel HEX file begins
}

blank() {
	tr -d '\377' <"$here/flash" | cmp - /dev/null
}

written() {
	! blank
}

an_image_gets_into_the_board() {
	plug
	lends
	timeout 250 ms flash "$here/sample.bin" --on "rig:unix:$here/s" >"$here/out" 2>&1
	says "$here/out" 'flashed: 40000 bytes'
	cmp -n 40000 "$here/flash" "$here/sample.bin"
	soon free
}

nothing_is_written_where_the_rig_does_not_allow_it() {
	plug
	lends '{ at: 0x08000000, size: 32 KiB }'
	fails 9 timeout 250 ms flash "$here/sample.bin" --on "rig:unix:$here/s"
	says "$here/out" "written to 0x08008000, which the rig's safe map of 'disco' keeps [MS2603]"
	blank
}

trouble_with_the_probe_is_the_rig_s() {
	lends
	fails 9 timeout 250 ms flash "$here/sample.bin" --on "rig:unix:$here/s"
	says "$here/out" 'the board could not be driven: no answer from a board'
	plug --protect-read
	trap 'unplug; end_agent' EXIT
	fails 9 timeout 250 ms flash "$here/sample.bin" --on "rig:unix:$here/s"
	says "$here/out" 'the chip is read-protected'
	soon free
	fails 9 timeout 250 ms monitor --on "rig:unix:$here/s"
	says "$here/out" "knows of no console of 'disco'"
}

# Agent and its tools: killed in the middle of a flash, started anew; OpenOCD of before is gone before the board is lent again.
an_agent_that_is_killed_leaves_no_openocd() {
	plug --slow 300
	lends
	timeout 250 ms flash "$here/sample.bin" --on "rig:unix:$here/s" >"$here/out" 2>&1 &
	client=$!
	soon written
	kill -9 "$agent"
	got=0
	wait "$client" || got=$?
	same "$got" 9
	wait "$agent" 2>/dev/null || true
	serve --config "$here/rig.yaml"
	trap 'unplug; end_agent' EXIT
	soon free
	same "$(processes "remote:$here/probe")" ""
	plug
	trap 'unplug; end_agent' EXIT
	timeout 250 ms flash "$here/sample.bin" --on "rig:unix:$here/s" >"$here/out" 2>&1
	cmp -n 40000 "$here/flash" "$here/sample.bin"
}

run an_image_gets_into_the_board nothing_is_written_where_the_rig_does_not_allow_it trouble_with_the_probe_is_the_rig_s an_agent_that_is_killed_leaves_no_openocd
