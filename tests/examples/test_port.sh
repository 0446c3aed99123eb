#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# examples/04-port does what its README says: zlib, unmodified, as a service, with its own tests; and says what it needs when it is not there.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/examples/example.sh

# The example with the library, which the build has put into the cache: what one test has built the next finds.
port() {
	if [ ! -d "$scratch/04-port" ]; then
		example 04-port
		sh get.sh >"$here/got"
		mv "$here/04-port" "$scratch"
	fi
	cd "$scratch/04-port"
}

a_client_has_a_page_packed_by_another_service() {
	port
	timeout 120 ms run --fast --until "client ended" >"$here/out"
	in_order "$here/out" "2048 bytes, packed 63, CRC-32 683a997f" "unpacked they are the same" \
		"with one bit changed: refused" "client ended with status 0"
}

its_tests_pass_here_and_on_the_board() {
	port
	ms test zip >"$here/out"
	says "$here/out" "6 tests: 6 passed"
	timeout 120 ms test --on mps2-an385 zip >"$here/out"
	says "$here/out" "4 passed, 1 skipped"
	ms test client >"$here/out"
	says "$here/out" "2 tests: 2 passed"
	packs zip
	packs client
}

the_librarys_own_tests_pass_here_and_on_the_board() {
	port
	ms test own-tests >"$here/out"
	says "$here/out" "1 test: 1 passed"
	timeout 120 ms test --on mps2-an385 own-tests >"$here/out"
	says "$here/out" "1 test: 1 passed"
}

# The proof that the own tests can fail.
a_library_that_computes_wrongly_fails_its_own_tests() {
	example 04-port
	sh get.sh >"$here/got"
	sed -i 's/adler32(0L, Z_NULL, 0)/7/' own-tests/zlib/inflate.c
	fails 4 ms test own-tests
}

the_library_is_that_of_the_package() {
	port
	mkdir "$here/source"
	tar -xzf "${XDG_CACHE_HOME:-$HOME/.cache}"/microservice-sdk/sources/zlib_*.orig.tar.gz -C "$here/source" --strip-components=1
	diff -r "$here/source" zip/zlib
	diff -r "$here/source" own-tests/zlib
}

without_the_package_it_says_what_it_needs() {
	example 04-port
	XDG_CACHE_HOME=$here/empty
	export XDG_CACHE_HOME
	fails 1 sh get.sh
	says "$here/out" "zlib_1.3.dfsg+really1.3.1.orig.tar.gz"
	says "$here/out" "apt-get source --tar-only --download-only zlib"
	echo "not it" >"$here/zlib.tar.gz"
	fails 1 sh get.sh "$here/zlib.tar.gz"
	says "$here/out" "another zlib than the one that this example was written for, or damaged"
	rm -rf zip/zlib
	fails 3 ms build zip
	says "$here/out" "no file matches 'zlib/adler32.c'"
}

run a_client_has_a_page_packed_by_another_service its_tests_pass_here_and_on_the_board the_librarys_own_tests_pass_here_and_on_the_board \
	a_library_that_computes_wrongly_fails_its_own_tests the_library_is_that_of_the_package without_the_package_it_says_what_it_needs
