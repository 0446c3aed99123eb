#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Each function of POSIX that the library has does what the standard says: the same source on the simulation and on boards.
#
#	MS=out/stage/bin/ms BOARD=mps2-an385 PART=rows ROWS=out sh tests/posix/test_rows.sh
#
# $PART: the service, a folder beside this.  $ROWS: a folder for $PART-$BOARD.rows, the rows that it showed.
. tests/shell.sh
ms=$PWD/$MS
told=$PWD/$ROWS
export MS_HOME="$scratch/home"

# tell: the rows that $BOARD shows, into $here/rows.
tell() {
	cp -r "tests/posix/$PART" "$here/rows.service"
	cp -r tests/posix/common/* "$here/rows.service"
	if [ "$BOARD" = host ]; then
		ROWS="$here/log" "$ms" -C "$here/rows.service" test >"$here/said" 2>&1 || { cat "$here/said"; grep ': wrong' "$here/log"; return 1; }
	else
		printf 'name: posix\nvendor: posix.example\nservices:\n  - { path: rows.service }\n' >"$here/product.yaml"
		"$ms" -C "$here" run --board "$BOARD" --fast --timeout 200 --until 'all services have ended' >"$here/log" 2>&1 || { tail -n 30 "$here/log"; return 1; }
	fi
	sed -n 's/.*\(row [a-z0-9_]* .*: .*\)/\1/p' "$here/log" >"$here/rows"
}

# Every row of the tables was told, and none is wrong.
each_row_is_as_posix_says() {
	tell
	if grep ': wrong' "$here/rows"; then return 1; fi
	if grep 'by one: ' "$here/log" | grep -v 'by one: \(a*\|b*\|c*\)$'; then return 1; fi
	grep -h '^	ROW(' "tests/posix/$PART"/src/*.c | sed 's/^.ROW(\([a-z0-9_]*\), "\([^"]*\)", \([a-z0-9_]*\)),$/row \1 \2: ok \3/' | sort >"$here/expected"
	sort "$here/rows" >"$here/sorted"
	diff "$here/expected" "$here/sorted"
	[ "$BOARD" = host ] || says "$here/log" 'rows ended with status 0'
	cp "$here/sorted" "$told/$PART-$BOARD.rows"
}

run each_row_is_as_posix_says
