# SPDX-License-Identifier: Apache-2.0
# The reasons (survivors), then the table of mutants: each that nothing noticed has a reason, each reason is for one that there is.
# A reason is for one place; "{3}" behind what is there says that it is for three that read the same.
BEGIN { FS = "\t" }
FILENAME == ARGV[1] {
	if (/^#/ || NF < 3)
		next
	places = 1
	if (match($2, / \{[0-9]+\}$/)) {
		places = substr($2, RSTART + 2, RLENGTH - 3)
		$2 = substr($2, 1, RSTART - 1)
	}
	reasons[$1 "\t" $2] += places
	next
}
{ sub(/:[0-9]+$/, "", $1); key = $1 "\t" $2; seen[key] = 1; verdicts[$4 ~ /^killed/ ? "killed" : $4]++ }
$4 !~ /^killed/ && ++survivors[key] > reasons[key] { print "no test notices, and no reason is given: " $0; bad = 1 }
END {
	for (key in reasons)
		if (!(key in seen)) { print "a reason for what is not there: " key; bad = 1 }
	for (v in verdicts) print verdicts[v], v
	exit bad
}
