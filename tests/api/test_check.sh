# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# ms api check: what of each header of tests/api/headers can cross is as tests/api/checked says.  UPDATE=1 accepts what is new.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# checked HEADER STATUS: what is said of it.
checked() {
	got=0
	( cd tests/api/headers && ms api check "$1.h" ) >"$here/$1" 2>&1 || got=$?
	[ -z "${UPDATE:-}" ] || cp "$here/$1" "tests/api/checked/$1"
	same "$got" "$2"
	diff -u "tests/api/checked/$1" "$here/$1"
}

what_can_cross_does() { checked good 0; }
what_cannot_is_refused_with_place_and_remedy() { checked refused 3; }
macros_are_no_functions() { checked macros 3; }
what_no_compiler_takes_is_told_with_its_place() { checked broken 3; }
headers_that_the_device_lacks_are_named() { checked lacks 3; }
includes_in_a_circle_end() { checked cycle 3; }
what_is_unusual_crosses() { checked odd 0; }
what_is_strange_is_refused() { checked strange 3; }
an_empty_header_is_no_interface() { checked empty 3; }
types_alone_are_no_interface() { checked nothing 3; }
what_differs_by_processor_is_refused() { checked twofold 3; }

a_header_that_is_not_there_is_said() {
	fails 1 ms api check "$here/nowhere.h"
	says "$here/out" "nowhere.h"
}

# shellcheck disable=SC2016 # it is a name
hostile_names_are_refused() {
	for name in 'a"b.h' '1.h' 'a b.h' '-x.h' 'ü.h' '$(touch x).h' 'a;touch x.h' '..h' "a
	b.h" "$(printf '%0200d' 0 | tr 0 a).h"; do
		echo 'int f(void);' >"$here/$name"
		fails 3 ms api check "$here/$name"
		says "$here/out" "cannot be the name of an interface"
	done
	mkdir "$here/up"
	echo 'int f(void);' >"$here/fine.h"
	ms api bind -o "$here/up/bound" "$here/up/../fine.h" >/dev/null
	same "$(cd "$here/up/bound" && echo ./*)" "./fine_client.c ./fine_messages.h ./fine_server.c ./fine_server.h"
	fails 3 ms api check --name 'fine' "$here/a\"b.h"
	says "$here/out" "cannot stand behind #include"
	same "$(ls x 2>/dev/null || true)" ""
}

misuse_is_told() {
	fails 2 ms api
	fails 2 ms api chek x.h
	says "$here/out" "did you mean 'ms api check'?"
	fails 2 ms api check a.h b.h
}

# Beside what takes as long for one function: no step of ours may look at all of them for each.
ten_thousand_functions_take_seconds() {
	{
		echo '#include <stdint.h>'
		awk 'BEGIN { for (i = 0; i < 10000; i++) printf "int32_t many_f%d(int32_t a, const uint8_t *data, uint32_t data_size);\n", i }'
	} >"$here/many.h"
	# shellcheck disable=SC3045 # the shells of Debian have it
	( ulimit -t 20; ms api check "$here/many.h" >"$here/said" )
	says "$here/said" "all 10000 functions can cross"
}

old_clients_are_told_of() {
	cd "$here"
	printf "#include <stdint.h>\nint32_t one(int32_t a);\nint32_t two(void);\n" >old.h
	printf "#include <stdint.h>\nint32_t one(int32_t b);\nint32_t two(void);\nint32_t three(void);\n" >added.h
	printf "#include <stdint.h>\nint32_t one(int64_t a);\nint32_t two(void);\n" >changed.h
	ms api diff --name it old.h added.h >said
	says said "added.h:4: three is new"
	says said "compatible: raise"
	fails 8 ms api diff --name it old.h changed.h
	says out "one takes or gives something else"
	printf "#include <stdint.h>\nint32_t two(void);\nint32_t one(int32_t a);\n" >moved.h
	fails 8 ms api diff --name it old.h moved.h
	says out "one stands at place 2, and stood at 1"
	fails 8 ms api diff --name it added.h old.h
	says out "three is gone: old clients cannot call it"
}

for_programs_it_is_json() {
	ms --json api check tests/api/headers/good.h >"$here/json"
	says "$here/json" '"type":"header_finding"'
	says "$here/json" '"interface":"good"'
}

run what_can_cross_does what_cannot_is_refused_with_place_and_remedy macros_are_no_functions what_no_compiler_takes_is_told_with_its_place \
	headers_that_the_device_lacks_are_named includes_in_a_circle_end what_is_unusual_crosses what_is_strange_is_refused \
	an_empty_header_is_no_interface types_alone_are_no_interface what_differs_by_processor_is_refused a_header_that_is_not_there_is_said hostile_names_are_refused misuse_is_told \
	ten_thousand_functions_take_seconds old_clients_are_told_of for_programs_it_is_json
