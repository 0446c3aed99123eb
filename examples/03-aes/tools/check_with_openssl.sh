#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Check each answer in vectors/ with another implementation of AES, OpenSSL's.
# Takes a minute or two: openssl is started for each of 4,276 answers.
set -eu
cd "$(dirname "$0")/../vectors"

# A line for each: file, section, key, IV or "-", plaintext, ciphertext.
answers() {
	awk 'FNR == 1 { iv = "-" }
		/^\[/ { section = $1 }
		/^COUNT/ { plain = cipher = "" }
		/^KEY/ { key = $3 }
		/^IV/ { iv = $3 }
		/^PLAINTEXT/ { plain = $3 }
		/^CIPHERTEXT/ { cipher = $3 }
		/TEXT/ && plain != "" && cipher != "" { print FILENAME, section, key, iv, plain, cipher }' ./*.rsp
}

# Hexadecimal digits as octal escapes of printf.
escaped() {
	printf %s "$1" | awk '{
		digits = "0123456789abcdef"
		for (i = 1; i < length($0); i += 2)
			printf "\\%03o", 16 * (index(digits, substr($0, i, 1)) - 1) + index(digits, substr($0, i + 1, 1)) - 1
	}'
}

answers | {
	count=0
	while read -r file section key iv plain cipher; do
		mode=$(echo "$file" | cut -c3-5 | tr '[:upper:]' '[:lower:]')
		from=$plain want=$cipher way=-e
		[ "$section" = "[ENCRYPT]" ] || { from=$cipher want=$plain way=-d; }
		if [ "$iv" = - ]; then set --; else set -- -iv "$iv"; fi
		# shellcheck disable=SC2059 # the format is the bytes
		got=$(printf "$(escaped "$from")" | openssl enc "-aes-$((${#key} * 4))-$mode" "$way" -nopad -K "$key" "$@" |
			od -An -v -tx1 | tr -d ' \n')
		[ "$got" = "$want" ] || { echo "$file $section KEY = $key: OpenSSL says $got"; exit 1; }
		count=$((count + 1))
	done
	echo "$count answers agree"
}
