#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Build picolibc for one toolchain.
#
#   third-party/picolibc.sh TOOLCHAIN SOURCE OUT
#
# TOOLCHAIN is sim or a device target, SOURCE the unpacked tree, OUT a folder
# that is made: include/, lib/, licences/.  errno is where ms_errno_location()
# of sdk/lib says, so each thread has its own without the compiler's TLS.
set -eu
. third-party/toolchain.sh
toolchain "$1"
source=$(cd "$2" && pwd)
out=$3
work=$out.work

mkdir -p "$work"
work=$(cd "$work" && pwd)
# meson wants a list of words: 'a', 'b'.
quoted() {
	printf "'%s', " "$@" | sed 's/, $//'
}

# No path of this computer gets into debug information, neither the compiler's
# nor the assembler's.  Meson names the sources by the way to them from its build folder.
words() {
	# shellcheck disable=SC2086 # flags are words, paths may hold blanks
	set -- $flags
	for from in "$work" "$source" "$(realpath -m --relative-to="$work/build" "$source")"; do
		set -- "$@" "-ffile-prefix-map=$from=picolibc" "-Wa,--debug-prefix-map=$from=picolibc"
	done
	quoted "$@"
}

# The compiler has no C library yet, hence the sanity check that is skipped.
cross_file() {
	cat <<-END
	[binaries]
	c = ['$cc', '-nostdlib']
	ar = '$ar'
	[host_machine]
	system = 'none'
	cpu_family = 'arm'
	cpu = 'arm'
	endian = 'little'
	[properties]
	skip_sanity_check = true
	END
}

machine=
if [ "$1" != sim ]; then
	cross_file >"$work/cross"
	machine="--cross-file=$work/cross"
fi

meson setup "$work/build" "$source" ${machine:+"$machine"} \
	--prefix=/ --includedir=include --libdir=lib --buildtype=plain \
	"-Dc_args=[$(words)]" \
	-Dmultilib=false -Dtests=false -Dspecsdir=none \
	-Dpicocrt=false -Dsemihost=false -Dposix-console=false \
	-Dthread-local-storage=false -Dsingle-thread=false \
	-Derrno-function=ms_errno_location -Dnewlib-nano-malloc=true \
	-Dformat-default=double

ninja -C "$work/build"
DESTDIR="$work/tree" meson install -C "$work/build" --no-rebuild --quiet

# What a service is linked with is libc.a; the rest is for programs of other kinds.
find "$work/tree/lib" -type f ! -name libc.a -delete
mkdir "$work/tree/licences"
cp "$source/COPYING.picolibc" "$source/COPYING.NEWLIB" "$work/tree/licences"

# picolibc's own undefined-behaviour handlers end in _exit: a finding of the
# sanitizer would be a silent end.  The host's runtime reports it instead.
if [ "$1" = sim ]; then
	members=$("$ar" t "$work/tree/lib/libc.a" | grep ubsan)
	# shellcheck disable=SC2086
	"$ar" d "$work/tree/lib/libc.a" $members
fi

mv "$work/tree" "$out"
rm -rf "$work"
