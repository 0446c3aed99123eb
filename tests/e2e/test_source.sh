#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Source packages: what is in one, that it gives the developer's own package elsewhere, and what a hostile one cannot do.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/e2e/product.sh

# sources NAME: a project of vendor.example for two targets in $here/NAME, with what is no source beside it.
sources() {
	mkdir -p "$here/$1"
	project "$here/$1" <<-'END'
	#include "SysCall.h"
	#include "greeting.h"

	static int twice(int n)
	{
		return 2 * n;
	}

	int main(void)
	{
		LOG_INFO(GREETING);
		return twice(0);
	}
	END
	sed -i 's/^vendor: .*/vendor: vendor.example/' "$here/$1/ms.yaml"
	echo 'targets: [ v7em, v8m ]' >>"$here/$1/ms.yaml"
	echo '#define GREETING "Hello"' >"$here/$1/src/greeting.h"
	mkdir -p "$here/$1/tests" "$here/$1/include" "$here/$1/notes"
	echo 'int test;' >"$here/$1/tests/extra.h"
	echo 'The terms.' >"$here/$1/LICENSE"
	echo 'Read me.' >"$here/$1/README.md"
	printf '*.log\n/notes/\n!kept.log\n' >"$here/$1/.gitignore"
	echo x >"$here/$1/build.log"
	echo x >"$here/$1/kept.log"
	echo x >"$here/$1/notes/diary"
	echo x >"$here/$1/.hidden"
}

# developed NAME [OPTION...]: its package and its source package by its developer, as $here/bin.msp and $here/src.msp, and the key.
developed() {
	name=$1
	shift
	as dev ms -q package "$@" "$here/$name" -o "$here/bin.msp" >"$here/log" 2>&1
	as dev ms -q package --source "$@" "$here/$name" -o "$here/src.msp" >>"$here/log" 2>&1
	as dev ms key export >"$here/dev.pem"
}

only_what_is_source_is_in_it() {
	sources hello
	ms -q package "$here/hello" 2>/dev/null >&2
	developed hello
	ms inspect --json "$here/src.msp" | tr '{' '\n' | sed -n 's/.*"member": *"\([^"]*\)".*/\1/p' | grep -v '^META/sig' >"$here/members"
	cat >"$here/wanted" <<-'END'
	META/source.cbor
	source/LICENSE
	source/README.md
	source/kept.log
	source/ms.yaml
	source/src/greeting.h
	source/src/main.c
	source/tests/extra.h
	END
	diff "$here/wanted" "$here/members"
}

the_same_sources_give_the_same_source_package() {
	sources hello
	developed hello
	cp "$here/src.msp" "$here/first.msp"
	cp -R "$here/hello" "$here/elsewhere"
	mkdir "$here/tmp"
	TZ=Pacific/Auckland TMPDIR=$here/tmp as dev ms -q package --source "$here/elsewhere" -o "$here/src.msp" >"$here/log" 2>&1
	cmp "$here/first.msp" "$here/src.msp"
	same "$(find "$here/tmp" -mindepth 1)" ""
}

# By another person, with another key, in another place: not a byte is another, the signatures neither.
what_is_built_elsewhere_is_the_developers_own_package() {
	sources hello
	developed hello --release
	product
	ms product add "$here/src.msp" --trust "$here/dev.pem" >"$here/out" 2>"$here/err"
	says "$here/out" "built here from its source: the very package that was signed"
	cmp "$here/bin.msp" packages/vendor.example-hello-1.0.0.msp
	cmp "$here/src.msp" packages/vendor.example-hello-1.0.0-source.msp
	says product.yaml "source: packages/vendor.example-hello-1.0.0-source.msp"
	says product.lock "package vendor.example/hello 1.0.0 $(sha256sum <"$here/bin.msp" | cut -c1-64)"
	says product.lock "source vendor.example/hello 1.0.0 $(sha256sum <"$here/src.msp" | cut -c1-64)"
	ms -q product check --locked >"$here/out"
	ms -q product build --locked >"$here/out" 2>&1
	says out/product/evidence.json "$(sha256sum <"$here/src.msp" | cut -c1-64)"
	echo x >>packages/vendor.example-hello-1.0.0-source.msp
	fails 7 ms product check
}

by_a_key_that_is_not_trusted_nothing_is_built() {
	sources hello
	developed hello
	product
	as other ms -q key new stranger >"$here/out" 2>&1
	as other ms key export stranger >"$here/other.pem"
	unchanged 7 ms product add "$here/src.msp"
	lacks "$here/out" "building"
	unchanged 7 ms product add "$here/src.msp" --trust "$here/other.pem"
	lacks "$here/out" "building"
	sed 's/Read me/Read it/' "$here/src.msp" >"$here/spoiled.msp"
	unchanged 7 ms product add "$here/spoiled.msp" --trust "$here/dev.pem"
	says "$here/out" "'source/README.md' was changed"
	says "$here/out" "[MS1617]"
	lacks "$here/out" "building"
	fails 2 ms run "$here/src.msp"
	says "$here/out" "[MS1618]"
}

# forged PATH TEXT: the developer's source package with another text in a file, signed by them all the same.
forged() {
	"$top/out/check/tests/e2e/source-forge" "$here/src.msp" "$scratch/people/dev/config/keys/developer.pem" "$here/forged.msp" "$@"
}

what_differs_is_named_by_section_symbol_and_flag() {
	sources hello
	developed hello
	product
	forged src/greeting.h '#define GREETING "Jello"
'
	unchanged 7 ms product add "$here/forged.msp" --trust "$here/dev.pem"
	says "$here/out" "elf/v7em.elf: section .rodata"
	says "$here/out" "[MS1612]"
	forged src/main.c '#include "SysCall.h"
#include "greeting.h"
int main(void) { LOG_INFO(GREETING); ms_yield(); return 7; }
'
	unchanged 7 ms product add "$here/forged.msp" --trust "$here/dev.pem"
	says "$here/out" "elf/v8m.elf: section .text differs"
	says "$here/out" "main ("
	forged ms.yaml "$(sed 's/^memory/cflags: [ -O3, -funroll-loops ]\nmemory/' "$here/hello/ms.yaml")"
	unchanged 7 ms product add "$here/forged.msp" --trust "$here/dev.pem"
	says "$here/out" "flags: rebuilt only: -O3 -funroll-loops"
	fails 7 ms verify --key "$here/dev.pem" --rebuild "$here/forged.msp"
	says "$here/out" "flags: rebuilt only: -O3 -funroll-loops"
	forged ms.yaml "$(sed 's/^name: hello/name: hallo/' "$here/hello/ms.yaml")"
	unchanged 7 ms product add "$here/forged.msp" --trust "$here/dev.pem"
	says "$here/out" "is vendor.example/hello 1.0.0, and the source is of vendor.example/hallo 1.0.0"
	forged src/main.c 'int main(void) { return'
	unchanged 3 ms product add "$here/forged.msp" --trust "$here/dev.pem"
}

a_package_is_held_against_its_source_package() {
	sources hello
	developed hello
	ms -q verify --key "$here/dev.pem" --rebuild --source "$here/src.msp" "$here/bin.msp" >"$here/out" 2>"$here/err"
	says "$here/out" "elf/v8m.elf: the same"
	cp "$here/bin.msp" "$here/old.msp"
	echo '#define GREETING "Jello"' >"$here/hello/src/greeting.h"
	developed hello
	fails 7 ms verify --key "$here/dev.pem" --rebuild --source "$here/src.msp" "$here/old.msp"
	says "$here/out" "but another package of vendor.example/hello 1.0.0 [MS1612]"
}

# A source can have the assembler read any file that its builder can: here one that its developer happens to have, too.
a_hostile_source_reaches_nothing_outside() {
	sources hello
	echo secret-of-the-integrator >"$here/secret"
	cat >"$here/hello/src/steal.c" <<-END
	extern const char stolen[];
	__asm__(".section .rodata.stolen\n.global stolen\nstolen: .incbin \"$here/secret\"\n.byte 0\n.text\n");
	const char *steal(void);
	const char *steal(void) { return stolen; }
	END
	sed -i 's/LOG_INFO(GREETING);/extern const char *steal(void); LOG_INFO("%s", steal());/' "$here/hello/src/main.c"
	developed hello
	says "$here/bin.msp" secret-of-the-integrator
	product
	MS_SECRET_TOKEN=from-the-environment unchanged 3 ms product add "$here/src.msp" --trust "$here/dev.pem"
	says "$here/out" "$here/secret"
	lacks "$here/out" secret-of-the-integrator
	unchanged 3 ms verify --key "$here/dev.pem" --rebuild "$here/src.msp"
	ms product add --unwalled "$here/src.msp" --trust "$here/dev.pem" >"$here/out" 2>&1
	cmp "$here/bin.msp" packages/vendor.example-hello-1.0.0.msp
}

run only_what_is_source_is_in_it the_same_sources_give_the_same_source_package what_is_built_elsewhere_is_the_developers_own_package by_a_key_that_is_not_trusted_nothing_is_built \
	what_differs_is_named_by_section_symbol_and_flag a_package_is_held_against_its_source_package a_hostile_source_reaches_nothing_outside
