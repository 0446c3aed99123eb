#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `ms package`, whole: what is in it, that it is the same everywhere, and what it refuses.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

pack() {
	ms -C "$1" package >"$here/packed"
}

# A project with an interface and a licence text.
sample() {
	hello "$1"
	mkdir "$1/include"
	echo 'int hello(void);' >"$1/include/hello.h"
	echo 'Do as you like.' >"$1/LICENSE"
}

a_package_holds_what_others_need() {
	sample "$here/a"
	pack "$here/a"
	says "$here/packed" "out/hello-1.0.0.msp"
	tar tf "$here/a/out/hello-1.0.0.msp" | sed 's/[0-9a-f]\{16\}/KID/' >"$here/list"
	same "$(cat "$here/list")" "$(printf '%s\n' META/manifest.cbor META/sig/KID.cose META/licenses/LICENSE META/sbom.cdx.json elf/v6m.elf elf/v7em.elf elf/v7m.elf elf/v8m-base.elf elf/v8m.elf include/hello.h)"
	tar xOf "$here/a/out/hello-1.0.0.msp" elf/v7em.elf | cmp - "$here/a/out/v7em/hello.elf"
	ms verify "$here/a/out/hello-1.0.0.msp" >"$here/said"
	says "$here/said" "good: example.org/hello 1.0.0"
}

the_bill_of_materials_names_what_was_linked() {
	sample "$here/a"
	pack "$here/a"
	tar xOf "$here/a/out/hello-1.0.0.msp" META/sbom.cdx.json >"$here/sbom"
	for what in '"CycloneDX"' '"1.6"' '"pkg:generic/example.org/hello@1.0.0"' '"microservice-sdk"' '"src/main.c"' '"ms.yaml"' '"v7em/libms.a"' '"v7em/libms.a(start.o)"'; do
		says "$here/sbom" "$what"
	done
	lacks "$here/sbom" '"mbedtls"'	# nothing of it was linked
	lacks "$here/sbom" '"include/hello.h"'	# nobody includes it
	hash=$(sha256sum <"$here/a/src/main.c")
	says "$here/sbom" "${hash%% *}"
}

# Everything that may differ from one computer to the next, but the sources and the key.
the_same_sources_give_the_same_package() {
	sample "$here/a"
	mkdir -p "$here/elsewhere/with a space"
	sample "$here/elsewhere/with a space/b"
	touch -d 1999-12-31 "$here/a/src/main.c"
	pack "$here/a"
	( umask 077; LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 TZ=Asia/Tokyo USER=somebody LOGNAME=else HOSTNAME=other ms -C "$here/elsewhere/with a space/b" package >"$here/packed" )
	cmp "$here/a/out/hello-1.0.0.msp" "$here/elsewhere/with a space/b/out/hello-1.0.0.msp"
	cp "$here/a/out/hello-1.0.0.msp" "$here/once"
	ms -C "$here/a" clean
	pack "$here/a"
	cmp "$here/once" "$here/a/out/hello-1.0.0.msp"
}

a_time_is_the_one_that_is_given() {
	sample "$here/a"
	SOURCE_DATE_EPOCH=1700000000 ms -C "$here/a" package -o "$here/dated.msp" >"$here/packed"
	says "$here/packed" dated.msp
	tar xOf "$here/dated.msp" META/sbom.cdx.json >"$here/sbom"
	says "$here/sbom" 2023-11-14T22:13:20Z
	ms verify "$here/dated.msp" >"$here/said"
	SOURCE_DATE_EPOCH=yesterday fails 1 ms -C "$here/a" package
	says "$here/out" "SOURCE_DATE_EPOCH is 'yesterday'"
}

another_key_takes_over_the_package() {
	sample "$here/a"
	ms key new release 2>"$here/err"
	key=$(find "$MS_HOME" -name release.pem)
	ms -C "$here/a" package --key "$key" >"$here/packed"
	ms verify "$here/a/out/hello-1.0.0.msp" >"$here/said"
	says "$here/said" "(release)"
	fails 1 ms -C "$here/a" package --key "$here/none.pem"
	says "$here/out" "none.pem"
}

every_changed_part_is_refused() {
	sample "$here/a"
	pack "$here/a"
	good=$here/a/out/hello-1.0.0.msp size=$(stat -c %s "$here/a/out/hello-1.0.0.msp")
	for at in 0 300 600 1100 1600 2100 3000 "$((size / 2))" "$((size - 1500))" "$((size - 1))"; do
		cp "$good" "$here/bad.msp"
		old=$(od -An -tu1 -j "$at" -N 1 "$good")
		# shellcheck disable=SC2059 # the byte
		printf "\\$(printf %03o $((old ^ 16)))" | dd of="$here/bad.msp" bs=1 seek="$at" conv=notrunc 2>"$here/err"
		fails 7 ms verify "$here/bad.msp"
	done
}

what_cannot_be_packed_is_said() {
	sample "$here/a"
	echo 'int x;' >"$here/a/include/my header.h"
	fails 3 ms -C "$here/a" package
	says "$here/out" "cannot hold a file named 'include/my header.h'"
	[ ! -e "$here/a/out/hello-1.0.0.msp" ]
	rm "$here/a/include/my header.h" "$here/a/LICENSE"
	ms -C "$here/a" package 2>"$here/err" >"$here/packed"
	says "$here/err" "there is no LICENSE file"
	fails 1 ms -C "$here/a" package -o "$here/no/such/folder/x"
	echo 'int broken' >"$here/a/src/broken.c"
	fails 3 ms -C "$here/a" package
	fails 3 ms -C "$here" package
	says "$here/out" ms.yaml
}

run a_package_holds_what_others_need the_bill_of_materials_names_what_was_linked the_same_sources_give_the_same_package \
	a_time_is_the_one_that_is_given another_key_takes_over_the_package every_changed_part_is_refused what_cannot_be_packed_is_said
