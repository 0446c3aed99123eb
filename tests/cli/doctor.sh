# SPDX-License-Identifier: Apache-2.0
# A computer on which one thing at a time is broken.  sh doctor.sh MS JSONL
. "$(dirname "$0")/around.sh"

# Tools that are all there, as far as the doctor can see.
mkdir "$T/tools"
for tool in arm-none-eabi-gcc arm-none-eabi-ld arm-none-eabi-objcopy arm-none-eabi-strip arm-none-eabi-ar gcc ninja qemu-system-arm gdb-multiarch; do
	printf '#!/bin/sh\necho "%s 1.2.3"\n' "$tool" >"$T/tools/$tool"
	chmod 755 "$T/tools/$tool"
done
ms=$T/bin/ms

doctor() {
	PATH=$T/tools "$ms" doctor "$@" >"$T/out" 2>"$T/err"
}

# finds CHECK TEXT REMEDY: exactly this check fails, says so, and names the command.
finds() {
	doctor
	[ $? = 6 ] || { cat "$T/out"; return 1; }
	grep -q "^FAILED   $1 .*$2" "$T/out" && grep -qF "remedy:        $3" "$T/out" && [ "$(grep -c '^FAILED' "$T/out")" = "${4:-1}" ] &&
		grep -q "^ms doctor: ${4:-1} of [0-9]* checks failed" "$T/err" || { cat "$T/out" "$T/err"; return 1; }
}

check 'all is well' doctor
check 'every check says so' [ "$(grep -c '^ok ' "$T/out")" = 16 ]
check 'and nothing is on standard error' [ ! -s "$T/err" ]
doctor --json
check 'as JSON too' [ "$(jsonl ok failed <"$T/out" | xargs)" = 'true 0' ]
check 'with an event for each' [ "$(jsonl check:ok <"$T/out" | grep -c true)" = 16 ]

# without TOOL CHECK: the tool is taken away for one look.
without() {
	mv "$T/tools/$1" "$T/away"
	finds "$2" "'$1' is not in PATH" "apt-get install $3"
	found=$?
	mv "$T/away" "$T/tools/$1"
	return $found
}

check 'no compiler' without arm-none-eabi-gcc compiler gcc-arm-none-eabi
check 'no linker' without arm-none-eabi-ld binutils binutils-arm-none-eabi
check 'no objcopy' without arm-none-eabi-objcopy binutils binutils-arm-none-eabi
check 'no ninja' without ninja ninja ninja-build
check 'no emulator' without qemu-system-arm emulator qemu-system-arm

no_host_compiler() {
	mv "$T/tools/gcc" "$T/away"
	finds 'host compiler' "'gcc' is not in PATH" 'apt-get install gcc' 2
	found=$?
	mv "$T/away" "$T/tools/gcc"
	return $found
}
check 'no host compiler, so no cmocka either' no_host_compiler

no_cmocka() {
	cp "$T/tools/gcc" "$T/away"
	printf '#!/bin/sh\ncase $* in *cmocka*) exit 1 ;; esac\necho gcc\n' >"$T/tools/gcc"
	finds 'test library' 'does not find cmocka.h' 'apt-get install libcmocka-dev'
	found=$?
	mv "$T/away" "$T/tools/gcc"
	return $found
}
check 'no cmocka' no_cmocka

tool_that_does_not_run() {
	cp "$T/tools/ninja" "$T/away"
	printf '#!/bin/sh\nexit 1\n' >"$T/tools/ninja"
	finds ninja "'ninja' does not run" 'apt-get install ninja-build'
	found=$?
	mv "$T/away" "$T/tools/ninja"
	return $found
}
check 'a tool that does not run' tool_that_does_not_run

mv "$T/tools/gdb-multiarch" "$T/away"
check 'no debugger is a warning only' doctor
check 'that names the command' grep -q '^warning  debugger .*not in PATH' "$T/out"
mv "$T/away" "$T/tools/gdb-multiarch"

MS_SDK=$T/nowhere
check 'no SDK' finds SDK "there is no SDK in '$T/nowhere'" 'unset MS_SDK' 3
doctor --json
check 'no SDK, as JSON' [ "$(jsonl ok exit failed <"$T/out" | xargs)" = 'false 6 3' ]
MS_SDK=$T/sdk
mv "$T/sdk/VERSION" "$T/away"
echo 0.0.0 >"$T/sdk/VERSION"
check 'an SDK of another version' finds SDK 'is version 0.0.0' 'unset MS_SDK' 3
mv "$T/away" "$T/sdk/VERSION"
mv "$T/sdk/targets/v7em/lib/libms.a" "$T/away"
check 'an SDK that lacks a library' finds targets 'libms.a. is missing' './install.sh'
mv "$T/away" "$T/sdk/targets/v7em/lib/libms.a"
mv "$T/sdk/boards" "$T/away"
check 'an SDK without boards' finds boards 'no board with a runtime' './install.sh'
mv "$T/away" "$T/sdk/boards"

# One folder that cannot be is in the way of each.
for folder in config cache state; do
	MS_HOME=$T/home-$folder
	mkdir "$MS_HOME"
	touch "$MS_HOME/$folder"
	check "no $folder folder" finds "$folder folder" . 'export MS_HOME='
done
MS_HOME=$T/home

too_little_space() {
	doctor --space 4000000000
	[ $? = 6 ] && grep -q '^FAILED   disk space .* MiB free in this folder, expected 4000000000' "$T/out" && grep -qF 'remedy:        df -h .' "$T/out"
}
check 'too little disk space' too_little_space

touch -d '+3 days' "$T/sdk/VERSION"
check 'a clock that is behind' finds clock 'is before the SDK was made' 'timedatectl set-ntp true'
touch "$T/sdk/VERSION"

mkdir -p "$T/home/config/keys"
(umask 077; touch "$T/home/config/keys/developer.pem")
check 'keys for their owner only' doctor
chmod 640 "$T/home/config/keys/developer.pem"
check 'a key that others can read' finds keys 'developer.pem. can be read by others' "chmod 600 '$T/home/config/keys/developer.pem'"
finish
