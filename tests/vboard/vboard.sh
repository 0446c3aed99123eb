# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced after tests/shell.sh by tests that have a virtual board.

vboard=$top/out/check/tests/vboard/vboard

# plug [OPTION...]: a board behind the probe $here/probe, its flash in $here/flash; its process is $board.
plug() {
	unplug
	"$vboard" "$@" "$here/probe" "$here/flash" 2>"$here/vboard.err" &
	board=$!
	trap unplug EXIT
	for _ in $(seq 1200); do
		[ ! -S "$here/probe" ] || return 0
		sleep 0.1
	done
	cat "$here/vboard.err"
	return 1
}

unplug() {
	[ -z "${board:-}" ] || { kill "$board" 2>/dev/null || true; wait "$board" 2>/dev/null || true; }
	board=
	rm -f "$here/probe"
}

# by_openocd COMMAND...: OpenOCD with what the scripts of its package say about an STM32F4, then the commands; what it and they say is in $here/out.
by_openocd() {
	set -- "$@" shutdown
	commands=
	for each in "$@"; do commands="$commands echo [capture {$each}]
"; done
	timeout 280 openocd -c "gdb_port disabled; tcl_port disabled; telnet_port disabled
		adapter driver remote_bitbang; remote_bitbang host $here/probe" -f target/stm32f4x.cfg -c "stm32f4x.cpu configure -event reset-start {}; stm32f4x.cpu configure -event reset-init {}; $commands" >"$here/out" 2>&1 || { status=$?; cat "$here/out"; return "$status"; }
}
