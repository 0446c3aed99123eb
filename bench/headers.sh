#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What `ms api check` says of headers that others wrote (bench/headers.txt): which it can read, how many of their functions can cross to another service, why
# the rest cannot, and how long it takes.  The tables go into bench/README.md, a line for each header into out/bench/headers.txt, each finding into
# out/bench/findings.txt.  Sources come as tests/judges/fetch.sh gets them.  From the top of a tree that was built: bench/headers.sh
set -eu
. bench/page.sh
. bench/made.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export MS_HOME="$work/home"
ms=$PWD/out/stage/bin/ms

for name in micropython lwip zlib cjson heatshrink; do
	sh tests/judges/fetch.sh "$name" "$work/fetched"
done
mkdir -p out/bench
: >out/bench/headers.txt
: >out/bench/findings.txt

# text KEY: its value in each line of JSON.
text() {
	sed -n "s/.*\"$1\":\"\\(\\([^\"\\\\]\\|\\\\.\\)*\\)\".*/\\1/p"
}

# hundredths COMMAND...: of a second of processor time that it takes; what it says is in $work/said.
hundredths() {
	sh -c '"$@" >"$0" 2>&1; times' "$work/said" "$@" | awk -F '[ms ]+' 'NR == 2 { printf "%.0f", 100 * (60 * $1 + $2 + 60 * $3 + $4) }'
}

# check LIBRARY HEADER WORDS...: a line of each finding, and one of the header.
check() {
	library=$1 header=$2
	doing "$library $header"
	shift 2
	took=$(hundredths "$ms" --json api check --name corpus "$@")
	grep '"type":"header_finding"' "$work/said" | grep '"refused":true' >"$work/findings" || :
	grep '"function":"' "$work/findings" | text text | sed "s|^|$library\\t$header\\t|" >>out/bench/findings.txt
	functions=$(sed -n 's/.*"functions":\[\([^]]*\)\].*/\1/p' "$work/said" | tr ',' '\n' | grep -c . || :)
	refused=$(grep -c '"function":"' "$work/findings" || :)
	why=
	if grep -q '"id":"MS2203"' "$work/said"; then
		why=$(tail -n 1 "$work/said" | text text)
	fi
	printf '%s\t%s\t%d\t%d\t%d\t%s\n' "$library" "$header" "$functions" "$refused" "$took" "$why" >>out/bench/headers.txt
}

# shellcheck disable=SC2086 # folders and headers are words, and headers may be patterns
sed '/^#/d; s/ *| */|/g' bench/headers.txt | while IFS='|' read -r library folder which includes first; do
	folder=out/$folder
	set --
	for include in $includes; do set -- "$@" -I "$PWD/out/$include"; done
	for header in $(cd "$folder" && echo $which); do
		path=$PWD/$folder/$header
		if [ -n "$first" ]; then
			{ echo "$first"; echo '#line 1'; cat "$path"; } >"$work/${header##*/}"
			path=$work/${header##*/}
		fi
		check "$library" "$header" "$@" "$path"
	done
done

awk -F '\t' '
	!($1 in headers) { order[++n] = $1 }
	{ headers[$1]++; took[$1] += $5; if ($5 > most[$1]) most[$1] = $5 }
	$6 == "" { read[$1]++; can[$1] += $3; cannot[$1] += $4; if ($3 + $4) some[$1]++ }
	function row(name, h, r, s, c, x, t, m) {
		printf "| %s | %d | %d | %d | %d | %d | %d | %.2f | %.2f |\n", name, h, r, s, c + x, c, x, t / h / 100, m / 100
	}
	END {
		print "| | headers | read | with functions | functions | can cross | cannot | seconds a header | at most |\n|---|---|---|---|---|---|---|---|---|"
		for (i = 1; i <= n; i++) {
			l = order[i]
			row(l, headers[l], read[l], some[l], can[l], cannot[l], took[l], most[l])
			H += headers[l]; R += read[l]; S += some[l]; C += can[l]; X += cannot[l]; T += took[l]; if (most[l] > M) M = most[l]
		}
		row("all", H, R, S, C, X, T, M)
	}' out/bench/headers.txt >"$work/tables"

# Reasons, without whose parameter's member's member it is, most frequent first; what fewer than ten functions have is one line.
sed -E -e "s/'[^']*'/…/g" -e 's/parameter ([0-9]+|…): //' -e 's/its result: //' -e 's/(member … of …: )+/in a struct: /' -e 's/^([^\t]*\t[^\t]*\t)(in a struct: )?… has .* on the PC and .* on the board/\1it has another size on the PC than on the board/' \
	-e 's/… of … is a bit-field/a bit-field/' out/bench/findings.txt | cut -f3 | sort | uniq -c | sort -k1,1nr -k2 | awk '
	BEGIN { print "\n| why a function cannot cross | functions |\n|---|---|" }
	{ n = $1; sub(/^ *[0-9]+ /, "") }
	n >= 10 { print "| " $0 " | " n " |"; next }
	{ rest += n }
	END { print "| others | " rest " |" }' >>"$work/tables"

awk -F '\t' '
	BEGIN { print "\nNot read by themselves:\n" }
	$6 == "" { next }
	{ gsub(/\\"/, "\"", $6); sub(/, says the compiler for the (PC|board)$/, "", $6); gsub(/"? +"/, " ", $6); gsub(/^"|"$/, "", $6); gsub(/\*/, "\\*", $6)
	  sub(/ This can lead.*/, "", $6)
	  key = $1 ": " $6; if (!(key in files)) order[++n] = key; files[key] = files[key] (files[key] ? ", " : "") "`" $2 "`" }
	END { for (i = 1; i <= n; i++) print "- " files[order[i]] " (" order[i] ")" }' out/bench/headers.txt >>"$work/tables"
into_page bench/README.md bench/headers.sh "$work/tables"
cat "$work/tables"
