# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Every file in a bill of materials is in the executable, and every file in the executable is in the bill.  What is in the
# executable is found here in other ways than ms does: by the linker's map read with awk, by debug information, and by what another run of the preprocessor reads.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# A project with something that comes into the executable, and something that does not, of each kind.
odd_project() {
	project "$here/odd" odd <<-'END'
	#include <SysCall.h>
	#include "used.h"
	#include "pulled.h"

	int main(void)
	{
		LOG_INFO("%d", used(pulled(2)));
		return 0;
	}
	END
	cd "$here/odd"
	printf 'targets: [ v7em, v8m ]\nlibraries: [ lib/@target/libbrought.a, lib/@target/libidle.a ]\n' >>ms.yaml
	echo 'int used(int x); int unused(int x);' >src/used.h
	echo 'int nobody_includes_me;' >src/idle.h
	echo 'int pulled(int x); int idle(int x);' >src/pulled.h
	printf '#include "used.h"\n#ifdef __ARM_ARCH_8M_MAIN__\n#include "only_v8m.h"\n#endif\nint used(int x)\n{\n\treturn 3 * x;\n}\n' >src/used.c
	echo '/* for one target */' >src/only_v8m.h
	printf '#include "used.h"\nint unused(int x)\n{\n\treturn 5 * x;\n}\n' >src/unused.c
	for target in v7em v8m; do
		library "lib/$target/libbrought.a" "$target" pulled idle
		library "lib/$target/libidle.a" "$target" sleeper
	done
	ms -q package -o odd.msp >"$here/log" 2>&1
	ms inspect --sbom cyclonedx odd.msp >bill.json
}

# library FILE TARGET FUNCTION...: an object for each.
library() {
	file=$1 target=$2
	shift 2
	mkdir -p "${file%/*}"
	for name in "$@"; do
		printf 'int %s(int x)\n{\n\treturn x + 1;\n}\n' "$name" >"$here/$name.c"
		# shellcheck disable=SC2046 # words
		arm-none-eabi-gcc $(cat "$MS_SDK/targets/$target/cflags") -Os -c "$here/$name.c" -o "$here/$name.o"
		arm-none-eabi-ar rcD "$file" "$here/$name.o"
	done
}

# Names of all files of a bill, one a line.
names() {
	sed -n '/"type": "file"/,/"name"/s/^ *"name": "\(.*\)",*$/\1/p' "$1" | LC_ALL=C sort
}

# The members of libraries that have bytes in an executable, as the bill calls them: by the map.
members_by_map() {
	awk '/^Linker script and memory map/ { on = 1 }
	on && NF == 1 && /^ \.[a-z]/ { getline rest; $0 = $0 rest }
	on && /^ [.C]/ && $2 ~ /^0x[2-9a-f]/ && length($2) == 10 && $3 != "0x0" && $4 ~ /\)$/ { print $4 }' "$1" | sed 's,.*/\([^/]*\)$,\1,' | LC_ALL=C sort -u
}

# What the compiler reads of a project's folder for a source, says the preprocessor.
headers_by_preprocessor() {
	# shellcheck disable=SC2046 # words
	arm-none-eabi-gcc $(cat "$MS_SDK/targets/$2/cflags") -MM -I src -I include -I out/include -isystem "$MS_SDK/include" -isystem "$MS_SDK/targets/$2/picolibc/include" "$1" |
		sed 's,\\$,,' | tr ' ' '\n' | sed '/^$/d; /:$/d'
}

# The project's sources of which there is code, by debug information.
sources_by_debug() {
	arm-none-eabi-nm --defined-only "$1" | awk '$2 ~ /[tTwW]/ { print $1 }' | arm-none-eabi-addr2line -e "$1" | sed -n 's,^\./\([a-z]*/[^/]*\.c\):.*,\1,p' | LC_ALL=C sort -u | { grep '^src/' || :; }
}

the_bill_is_what_is_linked() {
	odd_project
	for target in v7em v8m; do
		names bill.json | sed -n "s,^$target/\\(.*)\\)\$,\\1,p" | LC_ALL=C sort >"$here/billed"
		# What the project brought along is called by its own path.
		members_by_map out/$target/odd.map | grep -v '^libbrought' >"$here/mapped"
		[ "$(wc -l <"$here/mapped")" -gt 8 ]
		diff "$here/mapped" "$here/billed"
	done
}

the_projects_files_are_those_that_were_compiled_into_it() {
	odd_project
	names bill.json | grep -v '^v[78][a-z]*/' | grep -v '^lib/' >"$here/billed"
	{
		echo ms.yaml
		for source in $(sources_by_debug out/v7em/odd.debug); do
			headers_by_preprocessor "$source" v7em
			headers_by_preprocessor "$source" v8m
		done
	} | LC_ALL=C sort -u >"$here/read"
	same "$(tr '\n' ' ' <"$here/read")" "ms.yaml src/main.c src/only_v8m.h src/pulled.h src/used.c src/used.h "
	diff "$here/read" "$here/billed"
}

what_gives_nothing_to_the_executable_is_not_billed() {
	odd_project
	says bill.json '"lib/v7em/libbrought.a(pulled.o)"'
	lacks bill.json 'libbrought.a(idle.o)'
	lacks bill.json libidle
	lacks bill.json unused.c
	lacks bill.json src/idle.h
	lacks bill.json libmbedcrypto
}

hashes_are_those_of_the_files() {
	odd_project
	for file in ms.yaml src/main.c src/only_v8m.h lib/v7em/libbrought.a; do
		tr -d '\n ' <bill.json >"$here/flat"
		sha256=$(sha256sum <"$file") sha1=$(sha1sum <"$file")
		says "$here/flat" "\"name\":\"$file\",\"hashes\":[{\"alg\":\"SHA-256\",\"content\":\"${sha256%% *}\"},{\"alg\":\"SHA-1\",\"content\":\"${sha1%% *}\"}]"
	done
	arm-none-eabi-ar p "$MS_SDK/targets/v7em/lib/libms.a" start.o >"$here/start.o"
	sha256=$(sha256sum <"$here/start.o")
	says "$here/flat" "\"name\":\"v7em/libms.a(start.o)\",\"hashes\":[{\"alg\":\"SHA-256\",\"content\":\"${sha256%% *}\"}"
}

# odd_product BOARD: that project's package alone, built for it.
odd_product() {
	odd_project
	ms key export >"$here/developer.pem"
	mkdir "$here/p"
	cd "$here/p"
	ms -q product init --name gate --vendor acme.example --board "$1"
	ms -q product add "$here/odd/odd.msp" --trust "$here/developer.pem" >"$here/log"
	ms -q product build >"$here/log"
}

# The product for one board: of each service what is in the executable for that board's target, and nothing else.
a_product_bills_what_is_in_its_images() {
	odd_product mps2-an505
	bill=out/product/sbom.cdx.json
	names $bill | sed -n 's,^v8m/\(.*)\)$,\1,p' | LC_ALL=C sort >"$here/billed"
	members_by_map "$here/odd/out/v8m/odd.map" | grep -v '^libbrought' >"$here/mapped"
	diff "$here/mapped" "$here/billed"
	names $bill | grep -v '^v8m/' >"$here/own"
	printf '%s\n' 'lib/v8m/libbrought.a' 'lib/v8m/libbrought.a(pulled.o)' ms.yaml src/main.c src/only_v8m.h src/pulled.h src/used.c src/used.h >"$here/want"
	diff "$here/want" "$here/own"
	for what in '"microservice-runtime"' '"runtime/mbedtls"'; do
		says $bill "$what"
	done
	# The same files stand in the other document, with SHA-1, as SPDX wants it.
	names $bill | sed 's,^,./,' | LC_ALL=C sort >"$here/cdx"
	sed -n 's/^ *"fileName": "\(.*\)",*$/\1/p' out/product/sbom.spdx.json | LC_ALL=C sort >"$here/spdx"
	diff "$here/cdx" "$here/spdx"
	same "$(grep -c '"algorithm": "SHA1"' out/product/sbom.spdx.json)" "$(wc -l <"$here/spdx")"
}

# On the other kind of board a header that is read for v8m alone is not in it.
what_is_for_another_target_is_not_in_this_product() {
	odd_product mps2-an386
	says out/product/sbom.cdx.json '"src/used.c"'
	lacks out/product/sbom.cdx.json only_v8m
	lacks out/product/sbom.cdx.json '"v8m/'
	lacks out/product/sbom.spdx.json only_v8m
}

run the_bill_is_what_is_linked the_projects_files_are_those_that_were_compiled_into_it what_gives_nothing_to_the_executable_is_not_billed \
	hashes_are_those_of_the_files a_product_bills_what_is_in_its_images what_is_for_another_target_is_not_in_this_product
