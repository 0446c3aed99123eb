#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Services that own devices and shared memory, on an emulated board.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/examples/example.sh

target=v7em

# sources NAME...: these services, each for the board's target only, in $here.  Links to what drivers share become copies.
sources() {
	for name; do
		from=tests/services/$name
		[ -d "$from" ] || from=services/$name
		cp -RL "$from" "$here/${name##*/}"
		rm -rf "$here/${name##*/}/out"
		echo "targets: [ $target ]" >>"$here/${name##*/}/ms.yaml"
	done
	cd "$here"
}

runs() {
	timeout 60 ms run --fast --timeout 40 "$@" >"$here/out" 2>&1 || { cat "$here/out"; return 1; }
}

# Each against a model of its chip: tests/ in its folder.
the_drivers_pass_their_own_tests_on_the_pc() {
	cd "$here"
	mkdir services
	cp -R "$top"/services/* services
	find services -name out -prune -exec rm -rf {} +
	for each in uart-cmsdk:7 uart-stm32:7 uart-nrf:7 timer-cmsdk:6 timer-stm32:6 timer-nrf:6 gpio-nrf:3 gpio-stm32:3; do
		ms -C "services/${each%:*}" test >"$here/out" 2>&1 || { cat "$here/out"; return 1; }
		says "$here/out" "${each#*:} tests: ${each#*:} passed"
	done
}

devices_and_shared_memory_are_the_same_on_the_pc() {
	sources owner borrower crasher
	ms -C borrower test >out
	says out '3 tests: 3 passed'
	ms -C crasher test >out
	says out '2 tests: 2 passed'
}

each_driver_that_a_board_names_is_there() {
	sed -n 's/^BOARD_DRIVER(".*", "\(.*\)")$/\1/p' "$top/product/board_drivers.def" >"$here/named"
	[ -s "$here/named" ]
	while read -r driver; do says "$top/services/$driver/ms.yaml" "name: $driver"; done <"$here/named"
	grep -l devices: "$top"/services/*-*/ms.yaml | while read -r each; do
		says "$here/named" "$(basename "$(dirname "$each")")"
	done
	ms board show microbit >"$here/out"
	says "$here/out" 'gpio       0x50000000, 4096 bytes, no interrupt; driver gpio-nrf'
}

# peer: what is at the other end of the line.  It answers when it has heard all: some emulated devices drop what comes before they are on.
peer() {
	head -c 1024 >got
	printf 'adz.' >line.in
	cat >>got
}

# traffic BOARD DRIVER DEVICE: four times what the driver has room for goes out whole, and what comes is answered.
traffic() {
	sources "$2" uart/echo
	mkfifo line.in line.out
	peer <line.out &
	runs --board "$1" --serial "$3=line" --until 'echo ended with status 0' "$2" echo
	says "$here/out" 'lost 0'
	wait
	same "$(wc -c <got)" 1027
	same "$(tail -c 7 got)" 'ghijbe{'
}

more_is_sent_than_a_cmsdk_uart_has_room_for_and_what_comes_is_answered() {
	traffic mps2-an386 uart-cmsdk uart1
}

# There a protection controller has to let the driver in, too (ms,setup).
a_cmsdk_uart_does_the_same_on_a_cortex_m33() {
	target=v8m
	traffic mps2-an505 uart-cmsdk uart1
}

an_stm32_uart_does_the_same() {
	traffic netduinoplus2 uart-stm32 uart2
}

# The board's only UART is the console: what the product grants is the service's, and the log falls silent.
an_nrf_uart_does_the_same_on_the_console_that_the_product_gives_it() {
	target=v6m
	sources uart-nrf uart/echo
	mkdir give
	printf 'name: give\nvendor: example.org\nconsole: uart-nrf\nservices:\n  - { path: ../uart-nrf }\n' >give/product.yaml
	printf '  - { path: ../echo, grants: { ipc: [ uart ] } }\n' >>give/product.yaml
	ms run --board microbit --fast --timeout 1 give >out 2>&1 || true
	mkfifo line.in line.out
	timeout 60 qemu-system-arm -M microbit -nodefaults -nic none -display none -monitor none -serial pipe:line -icount shift=5,sleep=off \
		-device loader,file=give/out/run/microbit.bin,addr=0,force-raw=on 2>err &
	emulator=$!
	exec 3<line.out
	read -r first <&3
	head -c 1024 <&3 >got
	printf 'adz.' >line.in
	head -c 3 <&3 >>got
	kill "$emulator"
	wait "$emulator" || true
	echo "$first" | grep -F 'runtime '
	same "$(wc -c <got)" 1027
	same "$(tail -c 7 got)" 'ghijbe{'
}

# waits BOARD DRIVER LATE_USEC LATE_PART: each wait of the metronome ends, not early and at most LATE_USEC and that part of it late.
waits() {
	sources "$2" timer/metronome
	if [ "$1" = netduinoplus2 ]; then echo 'defines: [ CLOCK_HZ=1000000000 ]' >>"$2/ms.yaml"; fi
	runs --board "$1" --until 'metronome ended with status 0' "$2" metronome
	sed -n 's/.*asked \([0-9]*\) us, took \([0-9]*\) us, status 0.*/\1 \2/p' "$here/out" | awk -v late="$3" -v part="$4" '
		$2 < $1 || $2 > $1 * (1 + part) + late { print "asked " $1 ", took " $2; bad = 1 }
		END { exit bad || NR != 6 }'
	says "$here/out" 'none: -135, too long: -135'
}

a_cmsdk_timer_ends_waits_in_time() {
	waits mps2-an386 timer-cmsdk 300 0
	says "$here/out" 'missed 0'
}

an_nrf_timer_ends_waits_in_time() {
	target=v6m
	waits microbit timer-nrf 600 0
	says "$here/out" 'missed 0'
}

# The emulated timer counts, but none of its interrupts comes: what ends a wait is that the driver does not wait for ever.
an_stm32_timer_ends_waits_without_its_interrupt() {
	waits netduinoplus2 timer-stm32 2500 0.07
	lacks "$here/out" 'missed 0'
}

an_nrf_port_drives_pulls_and_reads_its_pins() {
	target=v6m
	sources gpio-nrf gpio/blink
	runs --board microbit --until 'blink ended with status 0' gpio-nrf blink
	in_order "$here/out" 'pulled up: 1' 'pulled down: 0' 'driven 1: 1' 'driven 0: 0' 'driven 1: 1' 'driven 0: 0' \
		'pin of the console: -133' 'pin that is not there: -135'
}

a_driver_that_crashes_leaves_no_interrupt_behind() {
	sources crasher
	runs --until 'quarantined' crasher
	same "$(grep -c 'signal 0x20' out)" 5
	same "$(grep -c 'signals at start 0x0' out)" 5
	same "$(grep -c 'write to memory that is not its own' out)" 5
	says out 'at 0x40005000'
}

a_block_is_lent_taken_back_and_out_of_reach() {
	sources owner borrower
	runs --until 'borrower restart 1' owner borrower
	says out 'byte 5 is 0'
	in_order out 'not lent: -2' 'lent: 0' "read 'first frame'" "it holds 'second frame'" 'read of memory that is not its own'
}

a_device_is_one_services() {
	sources uart-cmsdk crasher
	fails 8 ms run uart-cmsdk crasher
	says out "'uart-cmsdk' and 'crasher' both ask for the device 'uart1'"
}

an_unknown_device_names_the_nearest_and_those_there_are() {
	sources crasher
	sed -i 's/name: uart1/name: uart7/' crasher/ms.yaml
	sed -i 's/UART1/UART7/' crasher/src/main.c
	fails 8 ms run crasher
	says out "crasher/ms.yaml:6:24: 'crasher' asks for the device 'uart7', which mps2-an386 has not"
	says out "did you mean 'uart"
	says out 'uart2'
}

what_the_product_does_not_grant_is_not_there() {
	sources crasher
	mkdir door
	printf 'name: door\nvendor: example.org\nservices: [ { path: ../crasher, restart: never } ]\n' >door/product.yaml
	runs --until 'ended with status 1' door
	says out "'crasher' asks for the device 'uart1', which the product does not grant"
	printf 'name: door\nvendor: example.org\nservices: [ { path: ../crasher, grants: { devices: [ uart2 ] } } ]\n' >door/product.yaml
	fails 8 ms run door
	says out "door/product.yaml:3:54: 'crasher' is granted 'uart2', which it does not ask for"
	says out "did you mean 'uart1'"
}

a_product_that_grants_a_device_twice_is_told_where() {
	sources uart-cmsdk crasher
	mkdir door
	printf 'name: door\nvendor: example.org\nservices:\n  - { path: ../uart-cmsdk, grants: { devices: [ uart1 ] } }\n' >door/product.yaml
	printf '  - path: ../crasher\n    grants: { devices: [ uart1 ] }\n' >>door/product.yaml
	fails 8 ms run door
	says out "door/product.yaml:6:26: 'uart-cmsdk' and 'crasher' both ask for the device 'uart1'"
}

the_console_and_other_boards_devices_are_refused_by_name() {
	sources crasher
	sed -i 's/name: uart1/name: uart0/' crasher/ms.yaml
	sed -i 's/UART1/UART0/' crasher/src/main.c
	fails 8 ms run crasher
	says out "asks for the device 'uart0', which mps2-an386 needs for its console"
	lacks out "did you mean"
	sed -i 's/uart0/timer5/; s/, interrupts: 2//' crasher/ms.yaml
	sed -i 's/UART0_SIGNAL2/TIMER5_SIGNAL/; s/UART0/TIMER5/' crasher/src/main.c
	fails 8 ms run crasher
	says out "asks for the device 'timer5', which mps2-an386 has not"
	sed -i 's/timer5/uart1/' crasher/ms.yaml
	sed -i 's/TIMER5/UART1/' crasher/src/main.c
	fails 8 ms run crasher
	says out "is for a device 'uart1' with 1 interrupt, on mps2-an386 it has 2"
	says out "write '{ name: uart1, interrupts: 2 }'"
}

# said WORD: the product's word about the console; its grants give the device to crasher.
said() {
	printf 'name: give\nvendor: example.org\nconsole: %s\nservices:\n  - path: ../crasher\n    grants: { devices: [ uart0 ] }\n' "$1" >give/product.yaml
}

what_a_product_says_of_the_console_is_checked_by_place() {
	sources crasher
	sed -i 's/name: uart1/name: uart0/' crasher/ms.yaml
	sed -i 's/UART1/UART0/' crasher/src/main.c
	mkdir give
	said log
	fails 8 ms run give
	says out "give/product.yaml:6:26: 'crasher' is granted 'uart0', the console, which by 'console: log' is the log's"
	says out "write 'console: crasher'"
	said crashre
	fails 8 ms run give
	says out "give/product.yaml:3:10: 'console' names 'crashre', which is no service of this product"
	says out "did you mean 'crasher'?"
	said '[ log ]'
	fails 3 ms run give
	says out "give/product.yaml:3:10"
	said crasher
	ms run --fast --timeout 60 --until 'restart 1' give >out 2>&1 || true
	lacks out "product.yaml"
	says out "runtime 0"
}

a_wrong_serial_line_is_refused_by_name() {
	sources crasher
	fails 2 ms run --serial uart1 crasher
	says out "'uart1' names no file"
	fails 2 ms run --serial urat1=line crasher
	says out "did you mean 'uart1'"
	fails 2 ms run --serial uart0=line crasher
	says out "'uart0' is the console"
	fails 2 ms run --serial uart1=a --serial uart2=b crasher
	says out "'--serial' is given twice"
	fails 1 ms run --serial uart1=no/such/folder/line crasher
	says out "cannot write 'no/such/folder/line'"
	touch line.in
	fails 2 ms run --serial uart1=line crasher
	says out 'mkfifo line.out'
}

run the_drivers_pass_their_own_tests_on_the_pc devices_and_shared_memory_are_the_same_on_the_pc each_driver_that_a_board_names_is_there \
	more_is_sent_than_a_cmsdk_uart_has_room_for_and_what_comes_is_answered \
	a_cmsdk_uart_does_the_same_on_a_cortex_m33 an_stm32_uart_does_the_same \
	an_nrf_uart_does_the_same_on_the_console_that_the_product_gives_it a_cmsdk_timer_ends_waits_in_time an_nrf_timer_ends_waits_in_time \
	an_stm32_timer_ends_waits_without_its_interrupt an_nrf_port_drives_pulls_and_reads_its_pins \
	a_driver_that_crashes_leaves_no_interrupt_behind a_block_is_lent_taken_back_and_out_of_reach a_device_is_one_services \
	an_unknown_device_names_the_nearest_and_those_there_are what_the_product_does_not_grant_is_not_there \
	a_product_that_grants_a_device_twice_is_told_where the_console_and_other_boards_devices_are_refused_by_name \
	what_a_product_says_of_the_console_is_checked_by_place \
	a_wrong_serial_line_is_refused_by_name
