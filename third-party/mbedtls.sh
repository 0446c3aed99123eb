#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Build mbedTLS's crypto library for one toolchain.
#
#   MS_PICOLIBC=FOLDER third-party/mbedtls.sh TOOLCHAIN SOURCE OUT
#
# TOOLCHAIN is host, sim or a device target, SOURCE the unpacked tree, OUT a
# folder that is made: include/, lib/, licences/.  All but host are compiled
# against the picolibc in that FOLDER.  Our configuration is among the headers,
# in place of mbedTLS's own: whoever includes <psa/crypto.h> needs no -D.
set -eu
. third-party/toolchain.sh
toolchain "$1"
source=$(cd "$2" && pwd)
out=$3
work=$out.work
config=config_host.h

mkdir -p "$work/tree/lib" "$work/tree/licences"
work=$(cd "$work" && pwd)

# By links in the work folder, where all is done: no path in a command has a
# blank in it, and none in debug information is of this computer.
ln -s "$source" "$work/mbedtls"
if [ "$1" != host ]; then
	config=config_service.h
	ln -s "$(cd "$MS_PICOLIBC" && pwd)" "$work/picolibc"
	flags="$flags -ffreestanding -nostdinc -isystem picolibc/include"
	flags="$flags -isystem $("$cc" -print-file-name=include) -isystem $("$cc" -print-file-name=include-fixed)"
fi

cp -R "$source/include" "$work/tree/include"
cp "$source/LICENSE" "$work/tree/licences"
cp "third-party/mbedtls/$config" "$work/tree/include/mbedtls/mbedtls_config.h"
cp third-party/mbedtls/crypto_config.h "$work/tree/include/psa/crypto_config.h"

# mbedTLS's own list of its crypto library's objects, and p256-m.
sources() {
	sed -n '/^OBJS_CRYPTO=/,/^$/s/^[[:space:]]*\([a-z0-9_]*\)\.o .*/library\/\1.c/p' "$source/library/Makefile"
	echo 3rdparty/p256-m/p256-m/p256-m.c
	echo 3rdparty/p256-m/p256-m_driver_entrypoints.c
}

recipe() {
	cat <<-END
	rule cc
	  command = $cc $flags "-ffile-prefix-map=\$\$PWD=mbedtls" -std=c99 -Itree/include -Imbedtls/library -c \$in -o \$out
	rule ar
	  command = $ar rcsD \$out \$in
	END
	objects=
	for file in $(sources); do
		object=$(basename "$file" .c).o
		objects="$objects $object"
		echo "build $object: cc mbedtls/$file"
	done
	echo "build tree/lib/libmbedcrypto.a: ar$objects"
}

recipe >"$work/build.ninja"
ninja -C "$work"
mv "$work/tree" "$out"
rm -rf "$work"
