#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What position independence costs: the same code without it, with the flags of a service and with others that were
# tried, Cortex-M4, -Os; executed instructions and bytes of text.  From the top of a tree that was built: bench/pic.sh
set -eu
. bench/made.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mbedtls=out/deps/src/mbedtls
libc=out/deps/v7em/picolibc

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

. third-party/toolchain.sh
abi='-fPIC -msingle-pic-base -mpic-register=r9 -mno-pic-data-is-text-relative'
count_down=$(ninja_value target service_flags | sed 's/.*-ftls-model=local-exec//')

# row TEXT FLAGS: in per cent of the plain build.
row() {
	doing "$1"
	build tried "$2"
	paste "$work/plain.counted" "$work/tried.counted" | awk -v text="$1" '
		{ percent[NR] = 100 * ($4 - $2) / $2; if (NR <= 3) crypto += log($4 / $2); if (NR <= 5) all += log($4 / $2) }
		END {
			printf "| %s |", text
			for (i = 1; i <= NR; i++)
				printf " %+.1f |", percent[i]
			printf " %+.1f | %+.1f |\n", 100 * (exp(crypto / 3) - 1), 100 * (exp(all / 5) - 1)
		}'
}

build plain ''
echo '| per cent over the plain build | SHA-256 | AES-CBC | ECDSA | table | CBOR | text | crypto | all five |'
echo '|---|---|---|---|---|---|---|---|---|'
row 'r9 reserved, nothing else' -ffixed-r9
row 'the flags of the ABI' "$abi"
row '… and loops that count down: **services**' "$abi $count_down"
row '… and hidden visibility' "$abi $count_down -fvisibility=hidden"
row '… `-fPIE` in place of `-fPIC`' "$(echo "$abi" | sed 's/-fPIC/-fPIE/') $count_down"
row '… and section anchors, without a section for each object' "$abi $count_down -fsection-anchors -fno-data-sections"
row '… and registers allocated over whole functions' "$abi $count_down -fira-region=all"
row '… and optimised as one program (LTO)' "$abi $count_down -flto -ffat-lto-objects"
row 'plain, optimised as one program' '-flto -ffat-lto-objects'
row 'data beside text, no GOT (not legal here)' '-fPIC -msingle-pic-base -mpic-register=r9'
awk 'BEGIN { printf "The plain build:" } { printf " %s", $2 } END { print "" }' "$work/plain.counted"
