# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2016 # programs are written, not expanded
# A computer on which one thing at a time is broken.
#
#	sh tests/cli/test_doctor.sh MS JSONL
set -eu
. tests/shell.sh
. tests/cli/desk.sh
ms=$1 jsonl=$2

# tool NAME [LINE]: a program that the doctor may find; LINE is what it does.
tool() {
	printf '#!/bin/sh\n%s\n' "${2:-echo $1 1.2.3}" >"$T/tools/$1"
	chmod 755 "$T/tools/$1"
}

# A computer on which nothing is wrong.
sound() {
	desk "$ms" "$jsonl"
	mkdir "$T/tools"
	for name in arm-none-eabi-gcc arm-none-eabi-ld arm-none-eabi-objcopy arm-none-eabi-strip arm-none-eabi-ar \
		gcc ninja qemu-system-arm gdb-multiarch; do
		tool "$name"
	done
}

doctor() {
	PATH=$T/tools "$T/bin/ms" doctor "$@" >"$here/out" 2>"$here/err"
}

# finds COUNT CHECK TEXT REMEDY: so many checks fail; this one says so, and names the command.
finds() {
	status=0
	doctor || status=$?
	same "$status" 6
	same "$(grep -c '^FAILED' "$here/out")" "$1"
	grep "^FAILED   $2 " "$here/out" >"$here/line"
	says "$here/line" "$3"
	says "$here/out" "remedy:        $4"
	says "$here/err" "ms doctor: $1 of 17 checks failed"
}

a_sound_computer_passes() {
	sound
	doctor
	same "$(grep -c '^ok ' "$here/out")" 17
	same "$(cat "$here/err")" ""
	doctor --json
	same "$(jsonl ok failed <"$here/out" | xargs)" "true 0"
	same "$(jsonl check:ok <"$here/out" | grep -c true)" 17
}

# missing CHECK PROGRAM PACKAGE
missing() {
	sound
	rm "$T/tools/$2"
	finds 1 "$1" "'$2' is not in PATH" "apt-get install $3"
}

a_missing_compiler_is_named_with_its_package() { missing compiler arm-none-eabi-gcc gcc-arm-none-eabi; }
a_missing_linker_is() { missing binutils arm-none-eabi-ld binutils-arm-none-eabi; }
a_missing_objcopy_is() { missing binutils arm-none-eabi-objcopy binutils-arm-none-eabi; }
a_missing_ninja_is() { missing ninja ninja ninja-build; }
a_missing_emulator_is() { missing emulator qemu-system-arm qemu-system-arm; }

a_missing_host_compiler_takes_cmocka_with_it() {
	sound
	rm "$T/tools/gcc"
	finds 2 'host compiler' "'gcc' is not in PATH" 'apt-get install gcc'
}

missing_headers_of_cmocka_are_found_out() {
	sound
	tool gcc 'case $* in *cmocka*) exit 1 ;; esac; echo gcc'
	finds 1 'test library' 'does not find cmocka.h' 'apt-get install libcmocka-dev'
}

a_tool_that_does_not_run_is_as_good_as_missing() {
	sound
	tool ninja 'exit 1'
	finds 1 ninja "'ninja' does not run" 'apt-get install ninja-build'
}

a_missing_debugger_is_a_warning_only() {
	sound
	rm "$T/tools/gdb-multiarch"
	doctor
	grep '^warning  debugger ' "$here/out" >"$here/line"
	says "$here/line" 'is not in PATH'
	says "$here/out" 'apt-get install gdb-multiarch'
}

no_sdk_no_targets_no_boards_no_simulator() {
	sound
	MS_SDK=$T/nowhere
	finds 4 SDK "there is no SDK in '$T/nowhere'" 'unset MS_SDK'
	doctor --json || true
	same "$(jsonl ok exit failed <"$here/out" | xargs)" "false 6 4"
}

an_sdk_of_another_version_is_none() {
	sound
	echo 0.0.0 >"$T/sdk/VERSION"
	finds 4 SDK 'is version 0.0.0' 'unset MS_SDK'
}

an_sdk_that_lacks_a_library_is_found_out() {
	sound
	rm "$T/sdk/targets/v7em/lib/libms.a"
	finds 1 targets "libms.a' is missing" './install.sh'
}

an_sdk_without_the_simulator_is_found_out() {
	sound
	rm "$T/sdk/hostsim/ms-prelink"
	finds 1 simulator "ms-prelink' is missing" './install.sh'
}

an_sdk_without_boards_is_found_out() {
	sound
	rm -r "$T/sdk/boards"
	finds 1 boards 'no board with a runtime' './install.sh'
}

# A file is where the folder should be: that stops root, too.
a_folder_that_cannot_be_is_found_out() {
	sound
	for folder in config cache state; do
		MS_HOME=$T/home-$folder
		mkdir "$MS_HOME"
		: >"$MS_HOME/$folder"
		finds 1 "$folder folder" "$MS_HOME/$folder" 'export MS_HOME='
	done
}

too_little_disk_space_is_found_out() {
	sound
	doctor --space 4000000000 && return 1
	grep '^FAILED   disk space ' "$here/out" >"$here/line"
	says "$here/line" ' MiB free in this folder, expected 4000000000'
	says "$here/out" 'remedy:        df -h .'
}

a_clock_that_is_behind_is_found_out() {
	sound
	touch -d '+3 days' "$T/sdk/VERSION"
	finds 1 clock 'is before the SDK was made' 'timedatectl set-ntp true'
}

a_key_that_others_can_read_is_found_out() {
	sound
	key=$T/home/config/keys/developer.pem
	mkdir -p "${key%/*}"
	: >"$key"
	chmod 600 "$key"
	doctor
	chmod 640 "$key"
	finds 1 keys "'$key' can be read by others" "chmod 600 '$key'"
}

run a_sound_computer_passes a_missing_compiler_is_named_with_its_package a_missing_linker_is a_missing_objcopy_is \
	a_missing_ninja_is a_missing_emulator_is a_missing_host_compiler_takes_cmocka_with_it \
	missing_headers_of_cmocka_are_found_out a_tool_that_does_not_run_is_as_good_as_missing \
	a_missing_debugger_is_a_warning_only no_sdk_no_targets_no_boards_no_simulator an_sdk_of_another_version_is_none \
	an_sdk_that_lacks_a_library_is_found_out an_sdk_without_the_simulator_is_found_out an_sdk_without_boards_is_found_out a_folder_that_cannot_be_is_found_out \
	too_little_disk_space_is_found_out a_clock_that_is_behind_is_found_out a_key_that_others_can_read_is_found_out
