#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The simulation and a board say the same: each system call with each kind of argument, messages, who runs when, and what
# stops a service, in the same order.
#
#	MS=out/stage/bin/ms BOARD=mps2-an385 sh tests/twin/test_twin.sh
. tests/shell.sh
ms=$PWD/$MS
export MS_HOME="$scratch/home"

# Both consoles as lines without times, addresses and places: what the service says, and what the runtime says of the two services.
of_board() {
	awk '
		!/^ +[0-9]+\.[0-9]+ / { next }
		$2 == "twin" && ($3 == "info" || $3 == "debug") { sub(/^ +[0-9.]+ +twin +[a-z]+ */, ""); print; next }
		($2 == "twin" || $2 == "peer") && $3 == "fault" { who = $2; sub(/^ +[0-9.]+ +[a-z]+ +fault +/, ""); sub(/ at 0x.*/, ""); print who ": " $0 }
		$2 == "runtime" && ($3 == "twin" || $3 == "peer") { sub(/^ +[0-9.]+ +runtime +/, ""); print }' "$1"
}

of_simulation() {
	sed 's/^\[ *[0-9.]*\] //' "$1" | awk '
		/^twin (info|debug):/ { sub(/^twin [a-z]+: ?/, ""); print; next }
		/^! (twin|peer) / { who = $2; sub(/^! [a-z]+ /, ""); sub(/ (at 0x|pc 0x).*/, ""); print who ": " $0 }
		/^\* (twin|peer) / { sub(/^\* /, ""); print }'
}

the_simulation_and_the_board_say_the_same() {
	cp -r tests/twin "$here/twin"
	cd "$here/twin"
	CONSOLE=$here/simulation "$ms" -C twin test >"$here/said" 2>&1 || { cat "$here/said"; return 1; }
	"$ms" run --board "$BOARD" --fast --timeout 200 --until 'twin ended with status 0' >"$here/board" 2>&1 || { tail -n 30 "$here/board"; return 1; }
	of_simulation "$here/simulation" >"$here/a"
	of_board "$here/board" >"$here/b"
	[ "$(wc -l <"$here/a")" -gt 280 ]
	diff "$here/a" "$here/b"
}

run the_simulation_and_the_board_say_the_same
