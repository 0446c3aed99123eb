# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2119 # a board as it is has no options
# ms monitor: what was flashed into a virtual board is booted, and its console watched over a socket and a serial device.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/vboard/vboard.sh

# boot FILE SERIAL: an emulated board with that flash and that serial line; its process is $qemu.
boot() {
	timeout 600 qemu-system-arm -M netduinoplus2 -nodefaults -nic none -display none -monitor none -serial "$2" -icount shift=5,sleep=off \
		-device "loader,file=$1,addr=0x08000000,force-raw=on" >"$here/qemu" 2>&1 </dev/null &
	qemu=$!
	trap power_off EXIT
}

power_off() {
	[ -z "${qemu:-}" ] || { kill "$qemu" 2>/dev/null || true; wait "$qemu" 2>/dev/null || true; }
	qemu=
}

# A board that has the project's service in it.
flashed() {
	plug
	timeout 250 ms flash "$1" --board netduinoplus2 --probe "remote:$here/probe" >"$here/out"
	unplug
}

# image PROJECT: its device image.
image() {
	timeout 250 ms run "$1" --board netduinoplus2 --fast --timeout 1 >"$here/out" 2>&1 || true
	ls "$1/out/run/netduinoplus2.bin"
}

# What is in the board is what was flashed; the fault's place comes from the very ELF, and from no other.
what_was_flashed_crashes_at_a_source_line() {
	crasher "$here/crasher"
	flashed "$here/crasher"
	cd "$here/crasher"
	boot "$here/flash" "unix:$here/console,server=on,wait=on"
	soon test -S "$here/console"
	timeout 60 ms monitor "$here/console" --board netduinoplus2 --record "$here/kept" --until 'restart' --timeout 50 >"$here/said"
	says "$here/said" 'crasher   info     about to fall'
	says "$here/said" 'fault    write to memory that is not its own at 0x20000000'
	says "$here/said" 'in poke at src/main.c:5'
	power_off
	ms crash "$here/kept" >"$here/crash"
	says "$here/crash" 'in poke at src/main.c:5'
	sed -i 's/about to fall/about to fail/' src/main.c
	ms build >/dev/null 2>&1
	rm -r out/run
	ms crash "$here/kept" >"$here/crash"
	says "$here/crash" 'the record is of another build than the one at hand'
	lacks "$here/crash" 'src/main.c'
}

a_line_that_vanishes_is_waited_for() {
	counter "$here/counter"
	flash=$(image "$here/counter")
	boot "$flash" "unix:$here/console,server=on,wait=on"
	soon test -S "$here/console"
	ms monitor "$here/console" --timeout 400 --until 'second life' --json >"$here/said" 2>&1 &
	monitor=$!
	soon grep -q 'count 3' "$here/said"
	power_off
	rm -f "$here/console"
	sed -i 's/count %u/second life %u/' "$here/counter/src/main.c"
	flash=$(image "$here/counter")
	boot "$flash" "unix:$here/console,server=on,wait=on"
	wait "$monitor"
	says "$here/said" '"ended":"until"'
	grep -q '"reconnects":[1-9]' "$here/said"	# a dying emulator may let it in once more
	power_off
	fails 6 ms monitor "$here/console" --once
	says "$here/out" "cannot open '$here/console'"
}

a_serial_device_is_set_up() {
	counter "$here/counter"
	flash=$(image "$here/counter")
	boot "$flash" pty
	soon grep -q /dev/pts "$here/qemu"
	device=$(grep -o '/dev/pts/[0-9]*' "$here/qemu")
	timeout 60 ms monitor "$device" --until 'count ' --timeout 50 >"$here/said"
	says "$here/said" 'counter   info     count'
	fails 2 ms monitor "$device" --speed 12345
	says "$here/out" 'no serial line runs at 12345 baud'
	fails 5 ms monitor "$device" --until 'never said' --timeout 1
	says "$here/out" "no line held 'never said' within 1 s"
}

# The port goes away with the board and comes back under the same name, as a device that udev names does.
a_device_that_comes_back_is_opened_again() {
	counter "$here/counter"
	flash=$(image "$here/counter")
	plug_in
	ms monitor "$here/tty" --timeout 400 --until 'second life' --json >"$here/said" 2>&1 &
	monitor=$!
	soon grep -q 'count 3' "$here/said"
	power_off
	rm "$here/tty"
	sed -i 's/count %u/second life %u/' "$here/counter/src/main.c"
	flash=$(image "$here/counter")
	plug_in
	wait "$monitor"
	says "$here/said" '"ended":"until"'
	grep -q '"reconnects":[1-9]' "$here/said"
}

# A board with $flash behind a pseudo terminal, whose name is $here/tty.
plug_in() {
	rm -f "$here/qemu"
	boot "$flash" pty
	soon grep -q /dev/pts "$here/qemu"
	ln -s "$(grep -o '/dev/pts/[0-9]*' "$here/qemu")" "$here/tty"
}

# A service that has the console, on the board that was flashed, gives back what it gets in capital letters.
what_is_typed_reaches_the_board() {
	project "$here/p/shout" shout <<-'END'
	#include <SysCall.h>
	#include <ms/device.h>

	struct usart { uint32_t sr, dr, brr, cr1; };
	enum { RX_FULL = 1 << 5, TX_EMPTY = 1 << 7, ON = 1 << 13 | 1 << 3 | 1 << 2 };

	int main(void)
	{
		volatile void *at = 0;

		for (uint32_t i = 0; ms_device_map(i, &at) < 0; i++)
			;
		volatile struct usart *u = at;

		ms_write32(&u->brr, 729);
		ms_write32(&u->cr1, ON);
		for (;;) {
			if (!(ms_read32(&u->sr) & RX_FULL))
				continue;
			uint32_t c = ms_read32(&u->dr);

			while (!(ms_read32(&u->sr) & TX_EMPTY))
				;
			ms_write32(&u->dr, c >= 'a' && c <= 'z' ? c - 32 : c);
		}
	}
	END
	echo 'requests: { devices: [ uart1 ] }' >>"$here/p/shout/ms.yaml"
	printf '%s\n' 'name: shouter' 'vendor: acme.example' 'version: 1.0.0' 'board: netduinoplus2' 'console: shout' 'services: [ { path: shout } ]' >"$here/p/product.yaml"
	flashed "$here/p"
	boot "$here/flash" "unix:$here/console,server=on,wait=on"
	soon test -S "$here/console"
	for _ in $(seq 50); do echo 'who is there'; sleep 1; done | timeout 60 ms monitor "$here/console" --until 'WHO IS THERE' --timeout 50 >"$here/said"
	says "$here/said" 'WHO IS THERE'
}

# What was kept is shown again as it was, and ends.
what_was_recorded_is_shown_again() {
	mkfifo "$here/line"
	printf '[    1.000000] shell info: one\n[    2.000000] shell warning: two\n' | timeout 60 ms monitor "$here/line" --record "$here/kept" --until two --timeout 50 >"$here/first"
	timeout 60 ms monitor "$here/kept" >"$here/again"
	cmp "$here/first" "$here/again"
	says "$here/again" 'shell     warning  two'
	timeout 60 ms monitor "$here/kept" --json >"$here/again"
	says "$here/again" '"ended":"end","lines":2,'
	fails 5 ms monitor "$here/kept" --until three
}

# Whatever comes, nothing drives the terminal and nothing is lost but what is too long.
noise_is_shown_as_what_it_is() {
	mkfifo "$here/line"
	{ printf 'half \033[2J\007\377\n'; head -c 20000 /dev/zero | tr '\0' 'x'; printf '\nthe end\n'; } | timeout 60 ms monitor "$here/line" --until 'the end' --timeout 50 --json >"$here/said"
	says "$here/said" '"text":"half ?[2J??"'
	says "$here/said" '"lines":3,'
}

what_is_not_there_is_said() {
	fails 6 ms monitor "$here/nobody"
	says "$here/out" '[MS2509]'
	fails 6 ms monitor 127.0.0.1:1
	mkfifo "$here/line"
	fails 1 ms monitor "$here/line" --record "$here/no/such/folder"
	ms monitor "$here/line" --timeout 60 >"$here/said" 2>&1 </dev/null &
	stopped_soon=$!
	soon heeds "$stopped_soon"
	stopped "$stopped_soon"
}

run what_was_recorded_is_shown_again what_is_typed_reaches_the_board a_device_that_comes_back_is_opened_again noise_is_shown_as_what_it_is what_is_not_there_is_said a_serial_device_is_set_up a_line_that_vanishes_is_waited_for \
	what_was_flashed_crashes_at_a_source_line
