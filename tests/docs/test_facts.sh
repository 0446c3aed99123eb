#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What has its home in a table of the tree is in the pages about it, all of it.
set -eu
. tests/shell.sh

# named PAGE: each name on standard input is in code span on the page, alone or with others.
named() {
	[ -e "$here/none" ] || : >"$here/none"
	count=0
	while read -r name; do
		count=$((count + 1))
		grep -q "[\`| ]${name}[\`| ]" "$1" || echo "$1 does not name '$name'" >>"$here/none"
	done
	[ "$count" -gt 0 ]
	same "$(cat "$here/none")" ""
}

# names FILE MACRO: the second argument of each row.
names() {
	sed -n "s/^$2([^,]*, *\"\{0,1\}\([A-Za-z0-9_-]*\).*/\1/p" "$1"
}

each_system_call_is_explained() {
	names sdk/include/ms/abi/syscalls.def MS_SYSCALL | named docs/abi.md
}

each_kind_of_record_in_a_trace_is_explained() {
	sed -n 's/^TRACE_KIND([^"]*"\([^"]*\)".*/\1/p' format/trace_kinds.def | named docs/formats.md
}

each_target_is_explained() {
	sed -n 's/^MS_TARGET([^"]*"\([^"]*\)".*/\1/p' sdk/include/ms/abi/targets.def | named docs/abi.md
}

each_error_of_a_call_is_one_that_is_there() {
	sed -n 's/^MS_ERROR([^,]*, *\([A-Z]*\),.*/\1/p' sdk/include/ms/abi/errors.def >"$here/errors"
	grep '^| `' docs/abi.md | grep -o '\bE[A-Z]\{3,\}\b' | sort -u >"$here/used"
	[ -s "$here/used" ]
	same "$(grep -vxF -f "$here/errors" "$here/used")" ""
}

each_example_is_listed_and_tested() {
	for folder in examples/*/; do
		name=$(basename "$folder")
		says examples/README.md "[$name]($name)"
		says tests/docs/build.ninja "examples/$name/README.md"
		grep -q "example $name" tests/examples/test_*.sh
		[ -f "$folder/README.md" ]
	done
}

# Tests that pages point to by their names: `a_sentence_of_at_least_three_words` in a table.
each_test_that_is_named_is_there() {
	grep -h "^|" docs/product.md docs/attacks.md | grep -o "\`[a-z0-9]*_[a-z0-9]*_[a-z0-9_]*\`" | tr -d "\`" | sort -u >"$here/named"
	[ "$(wc -l <"$here/named")" -gt 20 ]
	while read -r name; do
		grep -rqE "^(static void $name\(|$name\(\) )" tests || echo "there is no test '$name'"
	done <"$here/named" >"$here/gone"
	same "$(cat "$here/gone")" ""
}

run each_system_call_is_explained each_kind_of_record_in_a_trace_is_explained each_target_is_explained each_error_of_a_call_is_one_that_is_there each_example_is_listed_and_tested \
	each_test_that_is_named_is_there
