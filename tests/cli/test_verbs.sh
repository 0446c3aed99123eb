# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2086 # $verb is one word or two
# What holds for every verb and every command of one: help, misuse, JSON, manual page.
#
#	sh tests/cli/test_verbs.sh MS JSONL
set -eu
. tests/shell.sh
. tests/cli/desk.sh
ms=$1 jsonl=$2

# commands_of VERB: "VERB COMMAND" for each it has.
commands_of() {
	ms help --json "$1" | tr ',{}[]' '\n' | sed -n 's/^"name":"\(.*\)"$/\1/p' >"$here/names"
	for name in $(ms help "$1" | sed -n '/^commands:$/,/^$/s/^  \([a-z][a-z-]*\).*/\1/p'); do
		grep -qx "$name" "$here/names"
		echo "$1 $name"
	done
}

# each FUNCTION: call it with $verb ("build", "product add") and $operands set, for each there is.
each() {
	desk "$ms" "$jsonl"
	verbs=$(ms help | sed -n 's/^  \([a-z]*\) .*  .*/\1/p' | grep -v '^ms$')
	same "$(echo "$verbs" | wc -l)" "$(grep '^VERB(' "$top/cli/verbs.def" | grep -vc HIDDEN)"
	same "$(commands_of product | wc -l)" "$(grep -c '^COMMAND(' "$top/cli/integrate.def")"
	for verb in $verbs; do echo "$verb"; commands_of "$verb"; done >"$here/all"
	while read -r verb; do
		operands=$(ms help $verb | sed -n '1s/.*\[OPTION\.\.\.\] *//p')
		set +e
		( set -e; "$1" )
		status=$?
		set -e
		[ "$status" -eq 0 ] || { echo "ms $verb"; return 1; }
	done <"$here/all"
}

# is_help WORD...: an explanation of $verb on standard output, nothing else.
is_help() {
	ms "$@" >"$here/out" 2>"$here/err"
	same "$(cat "$here/err")" ""
	head -n 1 "$here/out" | grep -q "^usage: ms $verb \[OPTION"
	[ "$(wc -L <"$here/out")" -le 80 ]
	grep -q '^examples:$' "$here/out"
	grep -q '^exit status:$' "$here/out"
	sed '1,/^exit status:$/d' "$here/out" | sed -n 's/^  \([0-9][0-9]*\) .*/\1/p' >"$here/statuses"
	[ "$(wc -l <"$here/statuses")" -ge 5 ]
	sort -n -c "$here/statuses"
}

explains() {
	is_help $verb -h
	is_help $verb --help one --no-such-option
	is_help -h $verb
	is_help help $verb
	same "$(ms help $verb --json | jsonl ok)" true
}
every_verb_explains_itself_wherever_help_is_asked_for() { each explains; }

# is_misuse WORD...: one sentence, one fix, where more is said, nothing on standard output; with --json one result.
is_misuse() {
	status=0
	ms "$@" >"$here/out" 2>"$here/err" </dev/null || status=$?
	same "$status" 2
	same "$(cat "$here/out")" ""
	same "$(wc -l <"$here/err")" 3
	grep -q "^ms ${verb%% *}: .* \[MS10[0-9][0-9]\]$" "$here/err"
	grep -q '^  fix: .' "$here/err"
	grep -q '^  more: ms explain MS10' "$here/err"

	status=0
	ms --json "$@" >"$here/out" 2>"$here/err" </dev/null || status=$?
	same "$status" 2
	same "$(cat "$here/err")" ""
	same "$(jsonl ok exit verb <"$here/out" | xargs)" "false 2 ${verb%% *}"
}

refuses_unknown_options() { is_misuse $verb --no-such-option; }
every_verb_refuses_an_unknown_option() { each refuses_unknown_options; }

refuses_wrong_operands() {
	case $operands in
	*...*) ;;
	*) is_misuse $verb one two three four five ;;
	esac
	case $operands in
	'' | '['*) ;;
	*) is_misuse $verb ;;
	esac
}
every_verb_counts_its_operands() { each refuses_wrong_operands; }

prints_no_escapes() {
	status=0
	ms $verb "$(printf -- '--\033[31mred')" 2>"$here/err" || status=$?
	same "$status" 2
	same "$(grep -c "$(printf '\033')" "$here/err")" 0
}
nothing_that_was_typed_drives_the_terminal() { each prints_no_escapes; }

# sound_page [VERB [COMMAND]]: mandoc has nothing to say about the manual page, and its lines are short.
sound_page() {
	ms help --man "$@" >"$here/page"
	[ -s "$here/page" ]
	mandoc -T lint <"$here/page" | grep -v 'explicitly specified\|referenced manual not found' >"$here/lint" || true
	same "$(cat "$here/lint")" ""
	[ "$(mandoc -T ascii <"$here/page" | sed "s/.$(printf '\b')//g" | wc -L)" -le 80 ]
}
has_a_page() { sound_page $verb; }
every_verb_has_a_sound_manual_page() { each has_a_page; }

ms_itself_has_one() {
	desk "$ms" "$jsonl"
	sound_page
}

is_written() {
	ms help --man-folder pages
	ms help --man $verb | diff -u "pages/ms-$(echo "$verb" | tr ' ' -).1" -
	ms help --man | diff -u pages/ms.1 -
}
all_pages_are_written_at_once() { each is_written; }

the_overview_fits_on_a_screen() {
	desk "$ms" "$jsonl"
	[ "$(ms | wc -l)" -le 48 ]
	[ "$(ms | wc -L)" -le 80 ]
}

the_page_about_manifests_is_what_the_tables_say() {
	desk "$ms" "$jsonl"
	ms help --manifest | diff -u "$top/docs/manifest.md" -
}

the_page_about_profiles_is_what_the_tables_say() {
	desk "$ms" "$jsonl"
	ms help --profiles | diff -u "$top/docs/profiles.md" -
}

the_page_about_errors_is_what_the_tables_say() {
	desk "$ms" "$jsonl"
	ms explain --markdown | diff -u "$top/docs/errors.md" -
	same "$(ms explain | grep -c '^  MS')" "$(ms explain --json | jsonl count)"
	same "$(ms explain ms1105)" "$(ms explain 1105)"
}

run every_verb_explains_itself_wherever_help_is_asked_for every_verb_refuses_an_unknown_option \
	every_verb_counts_its_operands nothing_that_was_typed_drives_the_terminal every_verb_has_a_sound_manual_page \
	ms_itself_has_one all_pages_are_written_at_once the_overview_fits_on_a_screen the_page_about_manifests_is_what_the_tables_say the_page_about_profiles_is_what_the_tables_say \
	the_page_about_errors_is_what_the_tables_say
