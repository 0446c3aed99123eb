#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `ms run --trace`: what a trace tells of the example of a server and its client, on boards of each kind, in both forms.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# traced BOARD FILE [OPTION...]: run the example; what it said is in $here/said.
traced() {
	board=$1 file=$2
	shift 2
	[ -d "$here/example" ] || cp -R "$top/examples/04-two-services" "$here/example"
	timeout 60 ms run "$here/example" --board "$board" --fast --timeout 20 --until "client ended" --trace "$file" "$@" >"$here/said" 2>&1 ||
		{ cat "$here/said"; return 1; }
}

events() {
	"$top/out/check/tests/e2e/trace-events" <"$1" >"$here/events"
}

# in_order LINE...: they stand in $here/events in this order.
in_order() {
	printf '%s\n' "$@" | awk 'NR == FNR { want[++n] = $0; next } $0 == want[at + 1] { at++ } END { if (at < n) { print "missing: " want[at + 1]; exit 1 } }' - "$here/events"
}

# A stateless request: its way, the switches between, and the client's slice around all of it.
a_trace_tells_who_ran_and_who_called_whom() {
	for board in mps2-an386 mps2-an505 microbit; do
		traced "$board" "$here/trace.json"
		events "$here/trace.json"
		in_order 'i client/main start' 'B client/main psa_call' 's client/main checksum' "B $board/running server" 'B server/main psa_get' \
			't server/main checksum' 'B server/main psa_reply' 'f server/main checksum' 'E client/main -' "B $board/running client" 'B client/main exit'
		[ "$board" = microbit ] || in_order 'i server/main fault' 'i server/main end' 'i server/main restart'
		says "$here/events" "B $board/interrupts uart0"
		says "$here/events" "B $board/interrupts alarm"
		same "$(tail -n 1 "$here/events")" "lost 0"
		says "$here/said" "in '$here/trace.json'"
	done
}

# Far more than the ring holds, and nothing is lost; what time it is does not depend on how often the ring was read.
a_ring_that_is_full_is_read_before_it_goes_on() {
	project "$here/a" busy <<-'END'
	#include <SysCall.h>
	#include <ms/syscall.h>

	int main(void)
	{
		for (int i = 0; i < 2000; i++)
			ms_yield();
		LOG_INFO("done");
		return 0;
	}
	END
	for board in mps2-an386 microbit; do
		timeout 60 ms run "$here/a" --board "$board" --fast --until "all services have ended" --timeout 20 --trace "$here/trace.json" >"$here/said" 2>&1
		events "$here/trace.json"
		same "$(grep -c '^B busy/main yield$' "$here/events")" 2000
		same "$(tail -n 1 "$here/events")" "lost 0"
		# 4,000 records and more take some microseconds each, and the device 2,000 calls
		awk -F '[:,]' '/"name":"yield"/ { if (!first) first = $4; last = $4 } END { exit !(last - first > 10000 && last - first < 100000) }' "$here/trace.json" ||
			{ grep '"name":"yield"' "$here/trace.json" | sed -n '1p;$p'; return 1; }
	done
}

a_reset_is_told_and_nothing_before_it_is_lost() {
	crasher "$here/crasher"
	cat >"$here/product.yaml" <<-END
	name: falls
	vendor: example.org
	board: mps2-an386
	services:
	  - path: crasher
	    restart: reboot
	    restart-limit: 3
	END
	timeout 60 ms run "$here" --fast --until "failed too often" --timeout 20 --trace "$here/trace.json" >"$here/said" 2>&1
	events "$here/trace.json"
	same "$(grep -c '^i mps2-an386/running reset$' "$here/events")" 2
	same "$(grep -c '^i crasher/main fault$' "$here/events")" 3
	same "$(tail -n 1 "$here/events")" "lost 0"
}

a_folder_gets_the_common_trace_format() {
	traced mps2-an386 "$here/ctf/"
	says "$here/ctf/metadata" '"checksum" = 1207960578'
	[ -s "$here/ctf/stream" ]
	command -v babeltrace2 >/dev/null || return 0
	babeltrace2 "$here/ctf" >"$here/text"
	grep -q ' send: .*"client".*"checksum".*"server"' "$here/text"
	grep -q ' call: .*"client".*"psa_call"' "$here/text"
	grep -q ' event: .*"server".*"fault".*"write to memory that is not its own"' "$here/text"
	grep -q ' interrupt: .*"uart0 1"' "$here/text"
	same "$(wc -l <"$here/text")" "$(sed -n 's/^trace: \([0-9]*\) records.*/\1/p' "$here/said")"
}

the_result_says_what_there_is() {
	traced mps2-an386 "$here/trace.json" --json --stats
	says "$here/said" '"format":"json"'
	says "$here/said" '"lost":0'
	says "$here/said" '"type":"stats"'
}

# What was there stays, and nothing half-written is left.
what_cannot_be_written_or_run_leaves_what_was_there() {
	hello "$here/a"
	fails 1 ms -C "$here/a" run --trace "$here/no/such/trace.json"
	says "$here/out" "cannot write '$here/no/such/trace.json'"
	fails 2 ms -C "$here/a" run --gdb --trace t.json
	says "$here/out" "the same debug port"
	echo old >"$here/t.json"
	mkdir "$here/bin"
	printf '#!/bin/sh\necho broken; exit 3\n' >"$here/bin/qemu-system-arm"
	chmod +x "$here/bin/qemu-system-arm"
	PATH=$here/bin:$PATH
	fails 5 timeout 60 ms -C "$here/a" run --trace "$here/t.json"
	says "$here/out" 'the emulator ended with status 3'
	says "$here/out" 'its last line was: broken'
	same "$(cat "$here/t.json")" old
	same "$(find "$here" -name '.*.new')" ""
}

# The runtime that ships has nothing of this.
the_normal_runtime_has_nothing_of_it() {
	for elf in "$MS_SDK"/boards/*/runtime.elf; do
		arm-none-eabi-nm "$elf" >"$here/names"
		[ "$(wc -l <"$here/names")" -gt 100 ]
		lacks "$here/names" ' trace_'
		lacks "$here/names" traced_
		arm-none-eabi-nm "${elf%.elf}-trace.elf" | grep -q ' trace_ring$'
	done
	same "$(grep -rl 'trace' "$top/runtime/core" "$top/runtime/arch")" ""
}

run \
	a_trace_tells_who_ran_and_who_called_whom \
	a_ring_that_is_full_is_read_before_it_goes_on \
	a_reset_is_told_and_nothing_before_it_is_lost \
	a_folder_gets_the_common_trace_format \
	the_result_says_what_there_is \
	what_cannot_be_written_or_run_leaves_what_was_there \
	the_normal_runtime_has_nothing_of_it
