# SPDX-License-Identifier: Apache-2.0
# What holds for every verb: help, misuse, JSON, manual page.  sh verbs.sh MS JSONL
. "$(dirname "$0")/around.sh"

# ends STATUS COMMAND...: how it ends; its streams are left in out and err.
ends() {
	wanted=$1
	shift
	"$@" >"$T/out" 2>"$T/err" </dev/null
	status=$?
	[ $status = "$wanted" ] || { printf 'status %d, not %d\n' $status "$wanted"; cat "$T/out" "$T/err"; return 1; }
}

is_help() {
	ends 0 ms "$@" && [ ! -s "$T/err" ] && head -1 "$T/out" | grep -q "^usage: ms $verb \[OPTION" &&
		[ "$(wc -L <"$T/out")" -le 80 ] && grep -q '^examples:$' "$T/out" && grep -q '^exit status:$' "$T/out"
}

# One sentence, one fix, nothing on standard output.
is_misuse() {
	ends 2 ms "$@" && [ ! -s "$T/out" ] && [ "$(wc -l <"$T/err")" = 2 ] &&
		grep -q "^ms $verb: ." "$T/err" && grep -q '^  fix: .' "$T/err"
}

is_json_misuse() {
	ends 2 ms "$@" --json && [ ! -s "$T/err" ] && [ "$(jsonl ok exit verb <"$T/out" | xargs)" = "false 2 $verb" ]
}

is_manual() {
	ms help --man ${verb:+"$verb"} >"$T/page" && [ -s "$T/page" ] && [ "$(mandoc -T ascii "$T/page" | col -b | wc -L)" -le 80 ] &&
		! mandoc -T lint "$T/page" | grep -v 'explicitly specified\|referenced manual not found' | grep .
}

# Nothing that was typed reaches a terminal as it was: no escape sequences.
is_tame() {
	ends 2 ms "$verb" "$(printf -- '--\033[31mred')" && ! grep -q "$(printf '\033')" "$T/err"
}

verbs=$(ms help | sed -n 's/^  \([a-z]*\) .* .*/\1/p' | grep -v '^ms$')
check 'there are verbs' [ "$(echo "$verbs" | wc -l)" = 15 ]

for verb in $verbs; do
	ms help "$verb" | grep -q 'exit status' || continue	# not built in yet
	operands=$(ms help --json "$verb" | sed 's/.*"operands":"\([^"]*\)".*/\1/')
	check "ms $verb -h explains it" is_help "$verb" -h
	check "ms help $verb says the same" is_help help "$verb"
	check "ms -h $verb says the same" is_help -h "$verb"
	check "ms $verb refuses an unknown option" is_misuse "$verb" --no-such-option
	check "ms $verb refuses it as JSON too" is_json_misuse "$verb" --no-such-option
	check "ms $verb prints no escape sequence of others" is_tame
	case $operands in
	*...*) ;;
	*) check "ms $verb refuses too many operands" is_misuse "$verb" one two three four ;;
	esac
	case $operands in
	'' | '['*) ;;
	*) check "ms $verb refuses too few operands" is_misuse "$verb"
	   check "ms $verb refuses them as JSON too" is_json_misuse "$verb" ;;
	esac
	check "the manual page of $verb is sound" is_manual
	check "ms $verb's help is valid JSON" [ "$(ms help "$verb" --json | jsonl ok)" = true ]
done

verb=
check 'the manual page of ms is sound' is_manual
check 'ms fits on a screen' [ "$(ms | wc -l)" -le 25 ]
check 'all pages are written' sh -c 'ms help --man-folder pages && [ $(ls pages | wc -l) -ge 8 ]'
check 'docs/manifest.md is what the tables say' sh -c 'ms help --manifest | diff -u "$0/docs/manifest.md" -' "$root"
finish
