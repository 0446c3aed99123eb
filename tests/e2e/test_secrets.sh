#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Private keys stay in their files: neither what ms makes nor what it says holds one, in any form; and names are what they look like.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

hex() {
	od -An -v -tx1 "$@" | tr -d ' \n'
}

# forms FILE.pem: the number that is secret, as hexadecimal digits; and the lines of the file's base64.
forms() {
	openssl ec -in "$1" -outform DER 2>/dev/null | hex | cut -c15-78 >"$here/number"
	same "$(wc -c <"$here/number")" 65
	grep -v -e '^-' "$1" | cut -c1-60 | head -n 2 >"$here/lines"
}

# holds FOLDER FILE.pem: some file of the folder holds the key.
holds() {
	forms "$2"
	number=$(cat "$here/number")
	if grep -rqiF "$number" "$1" || grep -rqaF -f "$here/lines" "$1"; then return 0; fi
	find "$1" -type f | while read -r file; do
		! hex "$file" | grep -qF "$number" || echo "$file"
	done >"$here/holders"
	[ -s "$here/holders" ]
}

# All that is made and said on the way from a project to a product, by verbose commands and as JSON.
produce() {
	mkdir "$here/made"
	hello "$here/made/hello"
	cd "$here/made"
	MS_HOME=$here/home
	export MS_HOME
	{
		ms -v -C hello build
		ms -v -C hello package -o ../hello.msp
		ms key list
		ms key show
		ms key export >dev.pem
		ms -v product init door --vendor acme.example
		ms -v -C door product add ../hello.msp --trust ../dev.pem
		ms -v -C door product check
		ms -v -C door product build
		ms -v -C door product verify
		for each in list show export; do ms --json key "$each"; done
		ms --json inspect hello.msp
		ms --json inspect door/out/product/door.bin
		ms --json -C door product check
		ms -v -C door run --fast --timeout 20 --until 'all services'
		ms key show no-such-key || :
		ms sign --key dev.pem hello.msp || :
	} >said 2>&1
	says said 'good for mps2-an386'
}

no_key_is_in_anything_that_is_made_or_said() {
	produce
	for key in developer integrator; do
		holds "$here/home" "$here/home/config/keys/$key.pem"
		! holds "$here/made" "$here/home/config/keys/$key.pem" || { cat "$here/holders"; return 1; }
	done
	# The search itself finds one that is there, whatever its form.
	forms "$here/home/config/keys/developer.pem"
	for form in number lines; do
		mkdir "$here/$form.folder"
		{ echo before; cat "$here/$form"; } >"$here/$form.folder/log"
		holds "$here/$form.folder" "$here/home/config/keys/developer.pem"
	done
}

a_key_that_others_can_read_is_refused_wherever_it_is_used() {
	produce
	chmod 644 "$here/home/config/keys/integrator.pem"
	fails 1 ms -C door product build --key "$here/home/config/keys/integrator.pem"
	says "$here/out" 'chmod 600'
	chmod 600 "$here/home/config/keys/integrator.pem"
	chmod 640 "$here/home/config/keys/developer.pem"
	fails 1 ms -C hello package
	says "$here/out" 'chmod 600'
}

# Letters that look like others, letters that are not seen, marks that turn the line around, and what is too long.
a_name_is_small_plain_letters() {
	hello "$here/hello"
	cd "$here/hello"
	cp ms.yaml good
	long=$(printf 'a%.0s' $(seq 64))
	for name in 'h\320\260llo' 'he\342\200\213llo' '\342\200\256olleh' 'Hello' 'he llo' '../hello' '.hello' 'hel/lo' "$long"; do
		sed "s|^name: .*|name: \"$(printf '%b' "$(echo "$name" | sed 's/\\/\\0/g')")\"|" good >ms.yaml
		fails 3 ms -q build
		says "$here/out" 'ms.yaml:1:'
		[ ! -e out/v7em ]
	done
	for vendor in 'exampl\320\265.org' 'Example.org' 'example..org' 'example.org/x' '-example.org'; do
		sed "s|^vendor: .*|vendor: \"$(printf '%b' "$(echo "$vendor" | sed 's/\\/\\0/g')")\"|" good >ms.yaml
		fails 3 ms -q build
		says "$here/out" 'ms.yaml:2:'
	done
}

run no_key_is_in_anything_that_is_made_or_said a_key_that_others_can_read_is_refused_wherever_it_is_used a_name_is_small_plain_letters
