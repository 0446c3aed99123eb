# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced by tests of the command line, behind tests/shell.sh.

# shellcheck disable=SC2154 # tests/shell.sh sets them
# desk MS JSONL: work in $T/here, with `ms` in PATH, a small SDK, and nothing of the user's.
desk() {
	T=$(cd "$here" && pwd -P)
	mkdir "$T/bin" "$T/sdk" "$T/here"
	ln -s "$top/$1" "$T/bin/ms"
	ln -s "$top/$2" "$T/bin/jsonl"
	cp "$top/VERSION" "$T/sdk/VERSION"
	cp -R "$top/templates" "$T/sdk/templates"
	for file in targets/v7em/cflags targets/v7em/lib/libms.a targets/v7em/picolibc/lib/libc.a \
		targets/sim/lib/libms.a targets/sim/picolibc/lib/libc.a hostsim/ms-sim.o hostsim/ms-prelink hostsim/include/ms/sim.h \
		boards/mps2-an386/runtime.elf boards/other/runtime.elf; do
		mkdir -p "$T/sdk/${file%/*}"
		: >"$T/sdk/$file"
	done

	unset SOURCE_DATE_EPOCH NO_COLOR XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME
	export PATH="$T/bin:$PATH" MS_SDK="$T/sdk" MS_HOME="$T/home" HOME="$T" LC_ALL=C
	cd "$T/here" || return 1
}
