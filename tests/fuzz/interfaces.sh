#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Messages that nobody thought of, for a minute to each interface that is shipped: whatever a client sends, the service answers and lives on.
# The interfaces are what 'provides' says in the ms.yaml of templates, examples and services, and those that `ms new --interface` makes of
# tests/api/headers.  A service's own tests/fuzz_NAME.c is run; who has none gets the one below.  The table goes into bench/README.md.
#
#	SECONDS_EACH=60 ONLY='zip network' sh tests/fuzz/interfaces.sh
set -eu
. bench/page.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export MS_HOME="$work/home"
export PATH="$PWD/out/stage/bin:$PATH"
unset MS_SDK
top=$PWD seconds=${SECONDS_EACH:-60} only=${ONLY:-}

cp -R templates examples services "$work"
for header in good odd; do
	( cd "$work" && ms -q new "made-of-$header" --interface "$top/tests/api/headers/$header.h" >/dev/null )
done

# client NAME SID VERSION CONNECTIONS: who sends it all, in $work/client-NAME.
client() {
	mkdir -p "$work/client-$1/src"
	echo 'int main(void) { return 0; }' >"$work/client-$1/src/main.c"
	cat >"$work/client-$1/ms.yaml" <<-END_OF_FILE
	name: sender
	vendor: example.org
	version: 1.0.0
	license: Apache-2.0
	memory: { stack: 1 KiB }
	requests: { ipc: [ { name: $1, sid: $2, version: $3, connections: $4 } ] }
	END_OF_FILE
}

# on_purpose NAME: the type of message that this service shows a fault with; it is not sent.
on_purpose() {
	case $1 in
	counter) sed -n 's/.*COUNTER_BREAK *= *\([0-9]*\).*/\1/p' examples/04-two-services/server/include/counter.h ;;
	*) echo -1 ;;
	esac
}

# harness SERVICE NAME SID VERSION CONNECTIONS: each input is messages; the head of one says its type, how many inputs and outputs, how long and where divided.
harness() {
	cat <<-END_OF_FILE
	#include <setjmp.h>
	#include <stdarg.h>
	#include <stdbool.h>
	#include <stddef.h>
	#include <stdint.h>
	#include <string.h>
	#include <cmocka.h>

	#include <ms/sim.h>
	#include <psa/client.h>

	enum { HEAD = 5, ROOM = 300, CONNECTIONS = $5, ON_PURPOSE = $(on_purpose "$2"), STATELESS_HANDLE = 0x40000100 };

	int fuzz(const uint8_t *data, size_t size)
	{
		static uint8_t input[256], output[2][ROOM];
		struct sim *sim = sim_open();
		int32_t status = 0;

		sim_start(sim, "$1");
		int32_t handle = CONNECTIONS ? sim_connect(sim, "sender", $3, $4) : STATELESS_HANDLE;
		while (size >= HEAD && status != PSA_ERROR_PROGRAMMER_ERROR) {
			size_t length = data[2] < size - HEAD ? data[2] : size - HEAD;
			size_t first = data[3] < length ? data[3] : length;
			struct sim_vector in[] = { { input, first }, { input + first, length - first } };
			struct sim_vector out[] = { { output[0], data[4] }, { output[1], ROOM - data[4] } };

			memcpy(input, data + HEAD, length);
			if ((int)data[0] != ON_PURPOSE)
				status = sim_call_vectors(sim, "sender", handle, data[0], in, data[1] % 3, out, data[1] / 3 % 3);
			data += HEAD + length;
			size -= HEAD + length;
		}
		assert_null(sim_fault(sim, "$1"));
		assert_int_equal(sim_run_count(sim, "$1"), 1);
		sim_close(sim);
		return 0;
	}
	END_OF_FILE
}

# run_fuzz PROJECT SERVICE NAME WHOSE: a row of the table, or the finding.
run_fuzz() {
	if ! timeout $((seconds + 240)) ms test --fuzz "$3" --time "$seconds" "$1" >"$work/said" 2>&1; then
		cat "$work/said"
		echo "interfaces.sh: something was found in '$3' of '$2'"
		find "$1/tests" -path '*corpus*' -newer "$work/began" -name '*crash*' -exec od -An -tx1 {} \; 2>/dev/null | head
		return 1
	fi
	sed -n 's/^ *\([0-9]*\) inputs, .* \([0-9]*\) places in the code$/\1 \2/p' "$work/said" | { read -r inputs places
		printf '| %s | %s | %s | %s | %s | 0 |\n' "$3" "$2" "$4" "$inputs" "$places"; } | tee -a "$work/rows"
}

# field NAME LINE: of a map in braces.
field() {
	echo "$2" | sed -n "s/.*[{ ,]$1: *\\([^,} ]*\\).*/\\1/p"
}

wanted() {
	[ -z "$only" ] && return 0
	case " $only " in *" $1 "*) return 0 ;; esac
	return 1
}

# interface PROJECT LINE: one that this project provides.
interface() {
	project=$1 name=$(field name "$2") sid=$(field sid "$2") version=$(field version "$2")
	service=$(sed -n 's/^name: *//p' "$project/ms.yaml")
	wanted "$name" || return 0
	if [ -e "$project/tests/fuzz_$name.c" ]; then
		run_fuzz "$project" "$service" "$name" generated
		return
	fi
	connections=$(field connections "$2")
	client "$name" "$sid" "$version" "${connections:=true}"
	rm -rf "$work/one"
	cp -RL "$project" "$work/one"
	rm -f "$work"/one/tests/*.c
	sed -i '/^test-with:/d' "$work/one/ms.yaml"
	echo "test-with: [ ../client-$name ]" >>"$work/one/ms.yaml"
	mkdir -p "$work/one/tests"
	harness "$service" "$name" "$sid" "$version" "$connections" >"$work/one/tests/fuzz_$name.c"
	run_fuzz "$work/one" "$service" "$name" "of the script"
}

if wanted zip; then sh "$work/examples/04-port/get.sh" >/dev/null; fi
: >"$work/rows"
touch "$work/began"
grep -rl --include=ms.yaml '^provides:' "$work" | sort >"$work/projects"
failed=
while read -r file; do
	sed -n '/^provides:/,/^[a-z]/s/^ *- *{/{/p' "$file" >"$work/provided"
	[ -s "$work/provided" ] || { echo "interfaces.sh: '${file#"$work"/}' provides something that this script cannot read" >&2; exit 1; }
	while read -r line; do
		interface "${file%/ms.yaml}" "$line" </dev/null || failed=1
	done <"$work/provided"
done <"$work/projects"
[ -z "$failed" ] || exit 1
[ -s "$work/rows" ]
[ -n "$only" ] || { { printf '| interface | of | harness | inputs in %s s | places in the code | findings |\n|---|---|---|---|---|---|\n' "$seconds"; cat "$work/rows"; } >"$work/tables"
	into_page bench/README.md tests/fuzz/interfaces.sh "$work/tables"; }
