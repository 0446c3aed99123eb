#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What position independence costs: the same code with and without the flags of a service, Cortex-M4, -Os; executed
# instructions and bytes of text.  From the top of a tree that was built: bench/pic.sh
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mbedtls=out/deps/src/mbedtls
libc=out/deps/v7em/picolibc
pic='-fPIC -msingle-pic-base -mpic-register=r9 -mno-pic-data-is-text-relative'

printf '%s\n' '#define MBEDTLS_SHA256_C' '#define MBEDTLS_AES_C' '#define MBEDTLS_CIPHER_MODE_CBC' '#define MBEDTLS_AES_ROM_TABLES' \
	'#define MBEDTLS_PSA_P256M_DRIVER_ENABLED' >"$work/bench_config.h"
gcc -std=c17 -O2 -shared -fPIC -fvisibility=hidden -Wall -Wextra -Werror -o "$work/count.so" bench/count.c

# build NAME FLAGS: the program, and its objects' text.
build() {
	for f in bench/pic/bare.c format/bytes.c format/cbor.c format/utf8.c format/reader.c format/writer.c format/region.c format/image.c \
		format/target.c format/table*.c $mbedtls/library/sha256.c $mbedtls/library/aes.c \
		$mbedtls/3rdparty/p256-m/p256-m/p256-m.c; do
		# shellcheck disable=SC2086 # flags are words
		arm-none-eabi-gcc -std=c17 -w -Os -mcpu=cortex-m4 -mthumb -mfloat-abi=soft -ffreestanding -ffunction-sections -fdata-sections $2 \
			-Isdk/include -Iformat -I"$work" -isystem $libc/include -I$mbedtls/include -I$mbedtls/library -I$mbedtls/3rdparty/p256-m/p256-m \
			-DMBEDTLS_CONFIG_FILE='"bench_config.h"' -c "$f" -o "$work/$1.$(basename "$f" .c).o"
	done
	arm-none-eabi-gcc -Os -mcpu=cortex-m4 -mthumb -c bench/pic/start.c -o "$work/$1.start.o"
	arm-none-eabi-gcc -mcpu=cortex-m4 -mthumb -nostdlib -T bench/pic/bare.ld -Wl,--gc-sections "$work/$1".*.o $libc/lib/libc.a -lgcc \
		-o "$work/$1.elf"
	timeout 60 qemu-system-arm -M mps2-an386 -nodefaults -nic none -display none -monitor none -serial null -no-reboot \
		-icount shift=5,sleep=off -plugin "$work/count.so" -d plugin -D "$work/$1.counted" -kernel "$work/$1.elf" 2>/dev/null
	arm-none-eabi-size "$work/$1.elf" | awk 'NR == 2 { print "text", $1 }' >>"$work/$1.counted"
}

build plain ''
build pic "$pic"
printf 'SHA-256 of 4 KiB\nAES-128-CBC of 4 KiB\nECDSA P-256 verification\ndecoding a table of 4 entries\nwriting and checking 200 CBOR numbers\nbytes of text\n' |
	paste - "$work/plain.counted" "$work/pic.counted" |
	awk -F'\t' '{ split($2, a, " "); split($3, b, " "); printf "%-40s %10d %10d %+6.1f %%\n", $1, a[2], b[2], 100 * (b[2] - a[2]) / a[2] }'
