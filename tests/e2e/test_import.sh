#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Libraries that others wrote, as Debian has them, become projects that build, pass and run without an edit; so does what was written for another runtime.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# imports NAME FOLDER: it is a project, and what is in it is what was in the folder.
imports() {
	cd "$here"
	ms new "$1" --import "$2" >"$here/told"
	(cd "$1/src" && find . -type f) | while read -r file; do
		cmp "$2/$file" "$1/src/$file"
	done
	ms -C "$1" build >"$here/out" 2>&1
	ms -C "$1" test >"$here/out" 2>&1
	says "$here/out" "1 test: 1 passed"
}

zlib_needs_no_edit() {
	imports shrink "$top/out/deps/src/zlib"
	says shrink/ms.yaml "license: Zlib"
	says "$here/told" "as Makefile.in names them"
}

cjson_needs_no_edit() {
	imports texts "$top/out/deps/src/cjson"
	says texts/ms.yaml "license: MIT"
	says texts/ms.yaml "heap: 32 KiB"
	timeout 120 ms -C texts test --on mps2-an385 >"$here/out" 2>&1
	says "$here/out" "1 test: 1 passed"
}

heatshrink_needs_no_edit() {
	imports small "$top/out/deps/src/heatshrink"
	says small/ms.yaml "license: ISC"
}

# A user of SysCall.h, and a header of an interface with its implementation, as another runtime's template lays them out.
what_was_written_for_another_runtime_runs() {
	mkdir -p "$here/old/Source" "$here/old/Include"
	cp tests/golden/field-hello.c "$here/old/Source/main.c"
	cd "$here"
	ms new field --import old >"$here/told"
	says "$here/told" "otherwise on a device: socket: needs a network"
	says field/ms.yaml "{ name: network, sid: 0x4d530400, version: 1 }"
	cp -R "$top/services/net-loopback" .
	rm -rf net-loopback/out
	timeout 120 ms run --fast --timeout 10 net-loopback field >"$here/out" 2>&1 || true
	says "$here/out" "Hello, field"

	printf '#include "uService.h"\n#include "us-adder.h"\nPRIVATE int32_t sum;\nint main()\n{\n\tsum = us_add(40, 2);\n\tLOG_PRINTF("the sum is %%d", (int)sum);\n\treturn 0;\n}\n' >old/Source/main.c
	printf '#include <stdint.h>\nint32_t us_add(int32_t a, int32_t b);\n' >old/Include/us-adder.h
	printf '#include "us-adder.h"\nint32_t us_add(int32_t a, int32_t b)\n{\n\treturn a + b;\n}\n' >old/Source/adder.c
	ms new newer --import old >"$here/told"
	timeout 60 ms -C newer run --fast --timeout 5 --until "ended with status 0" >"$here/out" 2>&1
	says "$here/out" "the sum is 42"
}

# By its text, which says the version; a line of the sources goes before it.
the_licence_is_the_sources_or_its_text() {
	cd "$here"
	mkdir old
	echo 'int answer(void) { return 42; }' >old/answer.c
	while read -r text licence; do
		cp "/usr/share/common-licenses/$text" old/COPYING
		name=of-$(echo "$licence" | tr A-Z. a-z-)
		ms -q new "$name" --import old >/dev/null
		says "$name/ms.yaml" "license: $licence"
	done <<-END
	Apache-2.0 Apache-2.0
	GPL-2 GPL-2.0-only
	GPL-3 GPL-3.0-only
	LGPL-2 LGPL-2.0-only
	LGPL-2.1 LGPL-2.1-only
	LGPL-3 LGPL-3.0-only
	MPL-2.0 MPL-2.0
	END
	sed -i '1i/* SPDX-License-Identifier: GPL-2.0-or-later */' old/answer.c
	ms -q new later --import old >/dev/null
	says later/ms.yaml "license: GPL-2.0-or-later"
}

# What the list says a device has not, it has not: neither its libraries nor those of the simulation define it.
what_is_called_missing_is_missing() {
	nm -g --defined-only "$MS_SDK"/targets/v7em/lib/libms.a "$MS_SDK"/targets/v7em/picolibc/lib/libc.a 2>/dev/null | awk 'NF == 3 { print $3 }' | sort -u >"$here/there"
	[ "$(wc -l <"$here/there")" -gt 1000 ]
	sed -n 's/^HINT("\([a-zA-Z0-9_]*\)".*/\1/p' "$top/cli/hints.def" | grep -vx 'main\|system\|stdin' | sort -u >"$here/hints"
	same "$(comm -12 "$here/there" "$here/hints")" ""
	sed -n 's/^NEED("\([a-z_]*\)".*/\1/p' "$top/cli/importwords.def" | grep -vx 'creat' | sort -u >"$here/needs"
	same "$(comm -13 "$here/there" "$here/needs")" ""
}

run what_is_called_missing_is_missing the_licence_is_the_sources_or_its_text zlib_needs_no_edit cjson_needs_no_edit heatshrink_needs_no_edit \
	what_was_written_for_another_runtime_runs
