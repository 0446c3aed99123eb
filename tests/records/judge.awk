# SPDX-License-Identifier: Apache-2.0
# The raw records, then the console's lines: each record is what was wanted, in order.
function behind(text,	rest) {
	rest = $0
	sub(".*" text, "", rest)
	return rest
}
FNR == NR { if (/ ! /) record[++records] = $0; next }
/ want / { cause = behind(" want ") }
/ and lr / { registers = behind(" and ") }
/ as well as/ {
	calls = registers behind(" as well as")
	if (!index(record[++n], " recorder " cause " ") || !index(record[n], " " calls)) {
		print "wanted: " cause " " calls
		print "but:    " record[n]
		exit bad = 1
	}
}
END {
	if (!bad && (!n || records != n)) { print records + 0 " records of " n + 0; bad = 1 }
	exit bad
}
