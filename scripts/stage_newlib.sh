#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Newlib as the compiler finds it, for ninja/stage_newlib.ninja and ninja/stage.ninja: Debian's package, unchanged but for debug
# information, and for code that asks for an alignment of more than 32, which no service gets: it does so to be fast (strlen).
#
#   scripts/stage_newlib.sh headers TO STAMP       its headers, and in nano/ what differs for newlib-nano
#   scripts/stage_newlib.sh NAME TO FLAG...        the library NAME for these flags
set -eu
what=$1 to=$2
shift 2
cc=arm-none-eabi-gcc

missing() {
	echo "there is no newlib for $cc here: ./install.sh --deps gets the Debian package libnewlib-arm-none-eabi" >&2
	exit 1
}

if [ "$what" = headers ]; then
	header=$(echo '#include <_newlib_version.h>' | "$cc" -M -MG -E -x c - | grep -o '/[^ ]*/_newlib_version.h') || missing
	sh scripts/stage_tree.sh "$to" "$1" "$(dirname "$header")"
	cp /usr/share/doc/libnewlib-arm-none-eabi/copyright "$to/COPYING.NEWLIB" 2>/dev/null || missing
	exit
fi
from=$("$cc" "$@" -print-file-name="$what")
[ -f "$from" ] || missing
arm-none-eabi-objcopy --strip-debug --keep-section=.debug_frame -D "$from" "$to"
members=$(arm-none-eabi-objdump -h "$to" | sed -n -e '/file format/{s/:.*//;h}' -e '/[*][*]\([6-9]\|[1-9][0-9]\)$/{g;p}')
for member in $members; do
	( cd "$(dirname "$to")" && arm-none-eabi-ar x "$(basename "$to")" "$member" &&
		arm-none-eabi-objcopy --set-section-alignment .text=32 "$member" && arm-none-eabi-ar rD "$(basename "$to")" "$member" && rm "$member" )
done
