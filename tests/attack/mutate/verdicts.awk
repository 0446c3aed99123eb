# SPDX-License-Identifier: Apache-2.0
# The reasons (survivors), then the table of mutants: each that nothing noticed has a reason, each reason is for one that there is.
BEGIN { FS = "\t" }
FILENAME == ARGV[1] { if ($0 !~ /^#/ && NF >= 3) reason[$1 "\t" $2] = $3; next }
{ sub(/:[0-9]+$/, "", $1); key = $1 "\t" $2; seen[key] = 1; verdicts[$4 ~ /^killed/ ? "killed" : $4]++ }
$4 !~ /^killed/ && !(key in reason) { print "no test notices, and no reason is given: " $0; bad = 1 }
END {
	for (key in reason)
		if (!(key in seen)) { print "a reason for what is not there: " key; bad = 1 }
	for (v in verdicts) print verdicts[v], v
	exit bad
}
