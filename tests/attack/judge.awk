# SPDX-License-Identifier: Apache-2.0
# What the lines of `ms run --json` say about the attacker: did each attempt end in its one stated way?
# With hasty=1 the first that did not ends it, and so does a fault of the kernel and an attacker of whom nothing is heard for 30 s.
# A row starts with the attacker's "kind|name|first run|runs|end" and lasts to the next one.
function value(key,	at, rest) {
	at = index($0, "\"" key "\":\"")
	if (!at)
		return ""
	rest = substr($0, at + length(key) + 4)
	return substr(rest, 1, index(rest, "\"") - 1)
}
function bad(what) {
	print name ": " what
	failed = 1
	if (hasty)
		exit
}
# Each run of a row that is to be stopped leaves one record, of the stated cause; a row that is to be refused one of the end of its run.
# That each run ended is known by the number of the next row's first; a thousand restarts without a pause lose lines of records, nothing else does.
function row_ends(next_run,	cause) {
	if (name == "")
		return
	rows++
	if (next_run != run + runs)
		bad("runs " run " to " next_run - 1 ", not " runs)
	want = end == "refused" ? "undefined instruction" : end
	for (cause in count)
		if (cause != want)
			bad(count[cause] " ended with: " cause)
	if (!count[want] || count[want] > runs)
		bad(count[want] + 0 " of " runs " ended with: " want)
	if (name != "a thousand restarts" && count[want] < runs)
		bad(runs - count[want] " records were not seen")
	if (end == "refused" && !refused)
		bad("nothing was refused")
	stopped += end == "refused" ? 0 : runs
	delete count
	refused = 0
}
/"service":"attacker"/ && /"type":"fault"/ {
	count[value("cause")]++
	if (hasty && ++ends > runs + 1)
		bad("ends without an end")
}
/"service":"attacker"/ && /"type":"log"/ {
	text = value("text")
	if (split(text, field, "|") == 5) {
		row_ends(field[3])
		ends = 0
		name = field[2]; run = field[3]; runs = field[4]; end = field[5]
	} else if (text ~ /^refused /) {
		split(text, field, " ")
		refused = field[2]
		tried += refused
	} else if (text ~ /^done at run /) {
		split(text, field, " ")
		row_ends(field[4])
		done = 1
	} else if (value("severity") == "error") {
		bad(text)
	}
}
/"service":"(neighbour|vault|puppet)"/ && /"severity":"error"/ { bad(value("service") ": " value("text")) }
/"service":"(neighbour|vault)"/ && /"type":"fault"/ { bad(value("service") ": " value("cause")) }
/"text":"neighbour counts/ { counts++; if (++silence > 30 && hasty) bad("the attacker is stuck") }
/"service":"attacker"/ { silence = 0 }
hasty && /"service":"kernel"/ && /"type":"fault"/ { bad("kernel: " value("cause")) }
END {
	if (hasty && failed)
		exit 1
	if (!done)
		bad("did not get to the end")
	if (!counts)
		bad("no neighbour")
	printf "%d rows: %d attempts refused, %d stopped\n", rows, tried, stopped
	exit failed
}
