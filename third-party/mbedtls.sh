#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Build mbedTLS's crypto library for one toolchain.
#
#   MS_PICOLIBC=FOLDER third-party/mbedtls.sh TOOLCHAIN SOURCE OUT
#
# TOOLCHAIN is host, sim or a device target, SOURCE the unpacked tree, OUT a
# folder that is made: include/, lib/, licences/.  All but host are compiled
# against the picolibc in that FOLDER.  The configuration is installed with the headers, in place
# of mbedTLS's own, so whoever includes <psa/crypto.h> needs no -D.
set -eu
. third-party/toolchain.sh
toolchain "$1"
source=$(cd "$2" && pwd)
out=$3
work=$out.work
config=config_host.h

mkdir -p "$work/tree/lib" "$work/tree/licences"
work=$(cd "$work" && pwd)

if [ "$1" != host ]; then
	config=config_service.h
	picolibc=$(cd "$MS_PICOLIBC" && pwd)
	flags="$flags -ffile-prefix-map=$picolibc=picolibc -ffreestanding -nostdinc -isystem $picolibc/include"
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

# Ninja's quoting of a path.
escaped() {
	printf %s "$1" | sed 's/[$ :]/$&/g'
}

recipe() {
	cat <<-END
	flags = $flags -ffile-prefix-map=$source=mbedtls -ffile-prefix-map=$work/tree/include=mbedtls/include -ffile-prefix-map=$work=mbedtls
	rule cc
	  command = $cc \$flags -std=c99 -I$work/tree/include -I$source/library -c \$in -o \$out
	rule ar
	  command = $ar rcsD \$out \$in
	END
	objects=
	for file in $(sources); do
		object=$(basename "$file" .c).o
		objects="$objects $object"
		echo "build $object: cc $(escaped "$source/$file")"
	done
	echo "build tree/lib/libmbedcrypto.a: ar$objects"
}

recipe >"$work/build.ninja"
ninja -C "$work"
mv "$work/tree" "$out"
rm -rf "$work"
