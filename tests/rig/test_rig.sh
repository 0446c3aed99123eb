# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2119 # options of serve may be left out
# A rig over a Unix socket: what runs there is what runs here, and who has a board has it alone.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/rig/rig.sh

# What a run of tests says, without its times.
said() {
	grep -v 'development key\|for this computer' "$1" | sed -E 's/ +[0-9]+\.[0-9]+ s$//; s/--on [^ ]+/--on/'
}

the_template_s_verdicts_are_those_of_the_board() {
	cp -r "$top/templates/hello" "$here/hello"
	cd "$here/hello"
	ms test --on mps2-an386 >"$here/here" 2>&1
	serve --board mps2-an386
	ms test --on "rig:unix:$here/s" >"$here/there" 2>&1
	says "$here/there" "3 tests: 3 passed"
	same "$(said "$here/here")" "$(said "$here/there")"
	soon free
}

bad_tests_get_the_same_verdicts_too() {
	cp -r "$top/tests/e2e/onboard" "$here/bad"
	cd "$here/bad"
	serve --board mps2-an386
	fails 5 ms test --on mps2-an386 --timeout 5
	mv "$here/out" "$here/local"
	fails 5 ms test --on "rig:unix:$here/s!mps2-an386" --timeout 5
	same "$(said "$here/local")" "$(said "$here/out")"
	fails 4 ms test --on "rig:unix:$here/s" --filter fails_in --report r.xml
	says r.xml 'failures="1"'
	ms test --on "rig:unix:$here/s" --list >"$here/names"
	[ "$(wc -l <"$here/names")" -eq 28 ]
}

a_rig_is_known_by_name() {
	serve --board mps2-an386 --board second=mps2-an505
	ms rig login desk "unix:$here/s" >"$here/said" 2>&1
	says "$here/said" 'desk/second'
	same "$(stat -c %a "$MS_HOME/config/rigs/desk")" 600
	ms rig list >"$here/list"
	same "$(grep -c free "$here/list")" 2
	cp -r "$top/templates/hello" "$here/hello"
	ms -C "$here/hello" test --on rig:desk/second >"$here/said" 2>&1
	says "$here/said" '3 passed'
	fails 9 ms -C "$here/hello" test --on rig:desk/third
	says "$here/out" "has no board 'third' [MS2608]"
	ms rig logout desk
	fails 9 ms -C "$here/hello" test --on rig:desk
	says "$here/out" "no rig is called 'desk' here [MS2608]"
}

a_service_runs_there() {
	serve --board mps2-an386
	hello "$here/hello"
	ms run "$here/hello" --fast --on "rig:unix:$here/s" >"$here/out" 2>&1
	says "$here/out" 'hello     info     Hello'
}

# What is made for another board is not made anew for the one that happens to be free.
a_product_gets_the_board_that_it_names() {
	serve --board mps2-an386 --board second=mps2-an505
	hello "$here/hello"
	mkdir "$here/p"
	for board in mps2-an505 mps2-an500; do
		printf 'name: pair\nvendor: example.org\nboard: %s\nservices:\n  - path: ../hello\n' "$board" >"$here/p/product.yaml"
		[ "$board" = mps2-an500 ] || ms run "$here/p" --fast --on "rig:unix:$here/s" >"$here/said" 2>&1
	done
	says "$here/said" 'on mps2-an505'
	fails 9 ms run "$here/p" --fast --on "rig:unix:$here/s"
	says "$here/out" 'has no mps2-an500 [MS2608]'
	fails 9 ms flash "$here/p" --on "rig:unix:$here/s"
}

who_waits_gets_it_afterwards() {
	serve --board mps2-an386
	counter "$here/counter"
	hello "$here/hello"
	ms run "$here/counter" --on "rig:unix:$here/s" >"$here/first" 2>&1 &
	first=$!
	soon grep -q count "$here/first"
	fails 9 ms run "$here/hello" --fast --on "rig:unix:$here/s" --wait 1
	says "$here/out" 'is lent to somebody else [MS2605]'
	before=$(waiting)
	ms run "$here/hello" --fast --on "rig:unix:$here/s" --wait 600 >"$here/second" 2>&1 &
	second=$!
	soon waiting_since "$before"
	lacks "$here/second" Hello
	stopped "$first"	# it would count for ever: nobody but this ends it
	wait "$second"
	says "$here/second" 'Hello'
}

# How often somebody was told to wait, and whether it was told since.
waiting() {
	grep -c 'lease: 202' "$here/agent" || true
}

waiting_since() {
	[ "$(waiting)" -gt "$1" ]
}

nothing_is_concluded_without_a_rig() {
	cp -r "$top/templates/hello" "$here/hello"
	fails 9 ms -C "$here/hello" test --on "rig:unix:$here/nobody"
	says "$here/out" 'cannot be reached'
	lacks "$here/out" passed
	lacks "$here/out" failed
	fails 2 ms -C "$here/hello" test --on rig:http://desk
	fails 2 ms -C "$here/hello" test --wait 3
}

# The page's tables are the program's.
the_page_says_what_the_program_says() {
	for part in routes ends config; do
		"$top/out/check/ms-rig" manual $part | grep '^|' | while read -r line; do
			grep -qxF -- "$line" docs/rig.md || { echo "not in docs/rig.md: $line"; exit 1; }
		done
	done
}

run the_page_says_what_the_program_says the_template_s_verdicts_are_those_of_the_board bad_tests_get_the_same_verdicts_too a_rig_is_known_by_name a_service_runs_there \
	a_product_gets_the_board_that_it_names who_waits_gets_it_afterwards nothing_is_concluded_without_a_rig
