# SPDX-License-Identifier: Apache-2.0
# The tables of docs/posix.md: awk -f page.awk ROWS errors.list profile.list.  Fails for a function that must have rows and has none, for rows of
# a function that profile.list does not name, and where the rows and errors.list do not say the same of a function's errors.
function complain(text) {
	print text >"/dev/stderr"
	bad = 1
}
# The errors that cannot occur, and that each other one of the list has been shown.
function errors(name,    all, n, i, error, why, text) {
	if (!(name in listed))
		complain("errors.list does not say which errors " name " has")
	n = split(listed[name], all, " ")
	for (i = 1; i <= n; i++) {
		error = all[i]
		sub(/^\+/, "", error)
		if (sub(/^!/, "", error))
			error = error "-never"
		if (split(error, why, "=") == 2) {
			if (!(why[2] in reason))
				complain("errors.list: no reason " why[2])
			used[why[2]] = 1
			text = text (text ? ", " : "; cannot occur: ") why[1] " (" why[2] ")"
			error = why[1]
			if ((name, error) in shown_error)
				complain("a row shows " name " " error ", which errors.list says cannot occur")
		} else if (!((name, error) in shown_error))
			complain("no row shows " name " " error)
		expected[name, error] = 1
	}
	return text
}
function shown(name,    i, text) {
	if (!(name in count)) {
		complain("no row shows " name)
		return ""
	}
	named[name] = 1
	for (i = 1; i <= count[name]; i++)
		text = text (i > 1 ? ", " : "") what[name, i] " (`" by[name, i] "`)"
	return text
}
function function_row(name) {
	print "| `" name "` | met | " shown(name) errors(name) " |"
}
function rest(from,    i, text) {
	for (i = from; i <= NF; i++)
		text = text (i > from ? " " : "") $i
	return text
}
function head(unit, columns) {
	if (unit == last)
		return
	last = unit
	print "\n### " unit "\n\n" columns
}
FILENAME == ARGV[1] {
	sub(":", "", $3)
	n = ++count[$2]
	what[$2, n] = $3
	by[$2, n] = $5
	error = $3
	if (error !~ /-never$/)
		sub(/-.*/, "", error)
	if (error ~ /^E[A-Z0-9]+(-never)?$/)
		shown_error[$2, error] = 1
	next
}
/^#/ || NF == 0 { next }
FILENAME == ARGV[2] && $1 == "why" { reason[$2] = rest(3); whys[++whyn] = $2; next }
FILENAME == ARGV[2] {
	functions = $0
	sub(/:.*/, "", functions)
	sub(/^[^:]*:/, "")
	n = split(functions, each, " ")
	for (i = 1; i <= n; i++)
		listed[each[i]] = listed[each[i]] " " $0
	next
}
$1 == "option" && $3 == "-" { head("Options", "| option | | shown by, or why not |\n|---|---|---|"); print "| `" $2 "` | refused | " rest(4) " |"; next }
$1 == "option" { head("Options", "| option | | shown by, or why not |\n|---|---|---|"); shown($3); print "| `" $2 "` | met | `" $3 "` and the functions below |"; next }
{ head($1 == "beyond" || $1 == "lacking" ? "Beyond PSE51" : $2, "| function | | shown by, or why not |\n|---|---|---|") }
$1 == "function" { for (f = 3; f <= NF; f++) function_row($f) }
$1 == "without" { print "| `" $3 "` | refused | " rest(5) ($3 in count ? ": " shown($3) errors($3) : "") " |" }
$1 == "lacking" { print "| `" $2 "` | refused | " rest(4) " |" }
$1 == "untried" { print "| " rest(3) " | not claimed | the C library's; nothing here tries it |" }
$1 == "beyond" { for (f = 2; f <= NF; f++) function_row($f) }
END {
	print "\n### Errors that cannot occur\n\n| | |\n|---|---|"
	for (i = 1; i <= whyn; i++) {
		print "| " whys[i] " | " reason[whys[i]] " |"
		if (!(whys[i] in used))
			complain("errors.list: nothing has the reason " whys[i])
	}
	for (name in count)
		if (!(name in named))
			complain("rows of " name ", which is not in the list")
	for (name in listed)
		if (!(name in named))
			complain("errors of " name ", which is not in the list")
	for (pair in shown_error)
		if (!(pair in expected)) {
			sub(SUBSEP, " ", pair)
			complain("a row shows " pair ", which errors.list does not name")
		}
	exit bad
}
