#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The table of what is tried and the rows that try it agree.
. tests/shell.sh

rows() {
	sed -n 's/^ATTEMPT(\([a-z_0-9]*\),.*/\1/p' tests/attack/attacker/src/attempts.def | sort
}

each_row_that_the_table_names_is_there_and_the_other_way_round() {
	rows >"$here/rows"
	[ "$(wc -l <"$here/rows")" -ge 100 ]
	grep '^| ' tests/attack/README.md | grep -o "\`[a-z_0-9]*\`" | tr -d "\`" | sort -u >"$here/named"
	diff "$here/rows" "$here/named"
}

each_row_has_a_function_and_a_name_of_its_own() {
	rows >"$here/rows"
	[ "$(uniq -d "$here/rows")" = '' ]
	[ "$(sed -n 's/^ATTEMPT(.*, "\(.*\)")/\1/p' tests/attack/attacker/src/attempts.def | sort | uniq -d)" = '' ]
	while read -r row; do grep -q "^bool $row(uint32_t n)" tests/attack/attacker/src/*.c || { echo "no function: $row"; return 1; }; done <"$here/rows"
}

run each_row_that_the_table_names_is_there_and_the_other_way_round each_row_has_a_function_and_a_name_of_its_own
