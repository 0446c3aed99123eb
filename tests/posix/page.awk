# SPDX-License-Identifier: Apache-2.0
# The tables of docs/posix.md: awk -f page.awk ROWS errors.list claims.list profile.list.  Fails for a function of the profile that has neither rows
# nor a claim that says why not, for rows and claims of what neither list names, for a unit that has not as many names as it says, and where
# the rows and errors.list do not say the same of a function's errors.
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
# An option: met, by rows of a function, or refused.
function option(name) {
	head("Options", "| option | | shown by, or why not |\n|---|---|---|")
	if (name in met) {
		shown(met[name])
		print "| `" name "` | met | `" met[name] "` and the functions below |"
	} else if (name in refused)
		print "| `" name "` | refused | " refused[name] " |"
	else
		complain("claims.list says nothing of the option " name)
	delete met[name]
	delete refused[name]
}
function profile_function(name) {
	if (name in of_profile)
		complain("profile.list: " name " twice")
	of_profile[name] = 1
	names++
	if (name in refused)
		print "| `" name "` | refused | " refused[name] (name in count ? ": " shown(name) errors(name) : "") " |"
	else
		function_row(name)
	delete refused[name]
}
function counted() {
	if (unit && names != count_of_unit)
		complain("profile.list: " unit " has " names " names, not " count_of_unit)
}
BEGIN { functions_head = "| function | | shown by, or why not |\n|---|---|---|" }
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
FILENAME == ARGV[3] && $1 == "met" { met[$2] = $3; next }
FILENAME == ARGV[3] && ($1 == "without" || $1 == "lacking") {
	if ($1 == "without")
		refused[$2] = rest(4)
	else
		lacking[++lackn] = $2 SUBSEP rest(4)
	next
}
FILENAME == ARGV[3] { for (f = 2; f <= NF; f++) beyond[++beyondn] = $f; next }
$1 == "option" { option($2); next }
$1 == "unit" { counted(); head($2, functions_head); unit = $2; count_of_unit = $3; names = 0; next }
{ for (f = 1; f <= NF; f++) profile_function($f) }
END {
	counted()
	for (name in met)
		complain("claims.list: the profile has no option " name)
	for (name in refused)
		complain("claims.list: the profile has not " name)
	head("Beyond PSE51", functions_head)
	for (f = 1; f <= beyondn; f++) {
		if (beyond[f] in of_profile)
			complain("claims.list: " beyond[f] " is of the profile")
		function_row(beyond[f])
	}
	for (f = 1; f <= lackn; f++) {
		split(lacking[f], pair_of, SUBSEP)
		print "| `" pair_of[1] "` | refused | " pair_of[2] " |"
	}
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
