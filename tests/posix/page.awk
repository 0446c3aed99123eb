# SPDX-License-Identifier: Apache-2.0
# The tables of docs/posix.md: awk -f page.awk ROWS profile.list.  Fails for a function that must have rows and has none,
# and for rows of a function that the list does not name.
function shown(name,    i, text) {
	if (!(name in count)) {
		print "no row shows " name >"/dev/stderr"
		bad = 1
		return ""
	}
	named[name] = 1
	for (i = 1; i <= count[name]; i++)
		text = text (i > 1 ? ", " : "") what[name, i] " (`" by[name, i] "`)"
	return text
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
	next
}
/^#/ || NF == 0 { next }
$1 == "option" && $3 == "-" { head("Options", "| option | | shown by, or why not |\n|---|---|---|"); print "| `" $2 "` | refused | " rest(4) " |"; next }
$1 == "option" { head("Options", "| option | | shown by, or why not |\n|---|---|---|"); shown($3); print "| `" $2 "` | met | `" $3 "` and the functions below |"; next }
{ head($1 == "beyond" ? "Beyond PSE51" : $2, "| function | | shown by, or why not |\n|---|---|---|") }
$1 == "function" { for (f = 3; f <= NF; f++) print "| `" $f "` | met | " shown($f) " |" }
$1 == "without" { print "| `" $3 "` | refused | " rest(5) " |" }
$1 == "untried" { print "| " rest(3) " | not claimed | the C library's; nothing here tries it |" }
$1 == "beyond" { for (f = 2; f <= NF; f++) print "| `" $f "` | met | " shown($f) " |" }
END {
	for (name in count)
		if (!(name in named)) {
			print "rows of " name ", which is not in the list" >"/dev/stderr"
			bad = 1
		}
	exit bad
}
