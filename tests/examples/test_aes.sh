#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# examples/03-aes does what its README says, and its vectors are NIST's.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/examples/example.sh

the_files_are_the_ones_that_were_checked() {
	cd "$top/examples/03-aes/vectors"
	sha256sum --quiet -c SHA256SUMS
	same "$(cut -c67- SHA256SUMS)" "$(find . -name '*.rsp' | cut -c3- | LC_ALL=C sort)"
}

the_tables_are_made_from_the_files() {
	cd "$top/examples/03-aes"
	sh tools/make_vectors.sh "$here/answers"
	diff -r "$here/answers" src/answers
}

# Who opens the example meets nothing that is too long to look at.
no_file_of_it_is_longer_than_500_lines() {
	find "$top/examples/03-aes/src" -type f | while read -r file; do
		[ "$(wc -l <"$file")" -le 500 ] || { echo "$file"; return 1; }
	done
}

# Files that the tables could not hold are refused, not cut to size; the tables of before are left alone.
files_of_another_form_are_refused() {
	example 03-aes
	kept=vectors/ECBVarKey128.rsp
	cp $kept "$here/good"
	sed '/^COUNT = 7$/,/^$/d' "$here/good" >$kept
	fails 1 sh tools/make_vectors.sh
	says "$here/out" "ECBVarKey128.rsp: COUNT 8 is out of order"
	sed '0,/^PLAINTEXT = ./s///' "$here/good" >$kept
	fails 1 sh tools/make_vectors.sh
	says "$here/out" "ECBVarKey128.rsp: cannot read line"
	sed '0,/^PLAINTEXT = 00/s//PLAINTEXT = /' "$here/good" >$kept
	fails 1 sh tools/make_vectors.sh
	says "$here/out" "ECBVarKey128.rsp: plaintext and ciphertext differ in size"
	sed '/^\[DECRYPT\]$/,$d' "$here/good" >$kept
	fails 1 sh tools/make_vectors.sh
	says "$here/out" "ECBVarKey128.rsp: a section has no vectors"
	diff -r src/answers "$top/examples/03-aes/src/answers"
}

all_answers_agree_on_the_board() {
	example 03-aes
	timeout 90 ms run >"$here/out"
	in_order "$here/out" \
		"ECBGFSbox128        7 vectors, 0 wrong" "ECBVarKey256      256 vectors, 0 wrong" \
		"CBCMMT256 DECRYPT  10 vectors, 0 wrong" "CBCVarTxt256      128 vectors, 0 wrong" \
		"2198 vectors encrypted and decrypted, 0 answers wrong" "aes ended with status 0" "all services have ended"
	same "$(grep -c ' vectors, 0 wrong$' "$here/out")" 36
}

# One bit of one answer in the table is another one.
a_wrong_answer_is_noticed_on_the_board() {
	example 03-aes
	sed -i '0,/0x0e, 0xdd, 0x33, 0xd3/s//0x0e, 0xdd, 0x33, 0xd2/' src/answers/ecbvarkey128.inc
	timeout 90 ms run --until "ended with status" >"$here/out"
	in_order "$here/out" \
		"aes       error    ECBVarKey128 COUNT 0: encryption gives another answer than NIST's" \
		"ECBVarKey128 COUNT 0: decryption gives another answer than NIST's" \
		"ECBVarKey128      128 vectors, 2 wrong" \
		"2198 vectors encrypted and decrypted, 4 answers wrong" \
		"aes ended with status 1"
}

its_tests_pass() {
	example 03-aes
	ms test >"$here/out"
	says "$here/out" "8 tests: 8 passed"
}

it_makes_a_package() {
	example 03-aes
	packs .
}

run the_files_are_the_ones_that_were_checked the_tables_are_made_from_the_files no_file_of_it_is_longer_than_500_lines files_of_another_form_are_refused \
	all_answers_agree_on_the_board a_wrong_answer_is_noticed_on_the_board its_tests_pass it_makes_a_package
