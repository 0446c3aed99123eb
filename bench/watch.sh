#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What who saves a file under `ms watch` waits for: from the moment it is written until the new code has run and its line
# is on the screen, and what part of it ms counts itself.  Beside that, a change for which the whole board starts anew.
# In milliseconds: the least, the median and the most of 20; the least is what the work takes, the rest is what else the computer does.
# From the top of a tree that was built: bench/watch.sh
set -eu
. bench/made.sh
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || :; rm -rf "$work"' EXIT
PATH=$PWD/out/stage/bin:$PATH
MS_HOME=$work/home
export PATH MS_HOME
unset MS_SDK
times=20

# service NAME: it says its name and a number, then sleeps.
service() {
	ms -q new "$1" >/dev/null
	cat >"$1/src/main.c" <<-END
	#include <stdio.h>
	#include <unistd.h>

	int main(void)
	{
		printf("$1 0.\n");
		for (;;)
			sleep(1);
	}
	END
}

seen() {
	until grep -q "$1" out; do
		[ "$(date +%s)" -lt "$give_up" ] || { echo "not seen: $1"; tail -5 out; exit 1; }
		sleep 0.005
	done
}

# measure TEXT EDIT: EDIT N changes the sources, so that edited says N.
measure() {
	doing "$1"
	for n in $(seq "$times"); do
		give_up=$(($(date +%s) + 60))
		start=$(date +%s%N)
		"$2" "$n"
		seen "edited $n$3"
		echo $(($(date +%s%N) - start))
	done >took
	sort -n took | awk -v text="$1" '{ at[NR] = $1 / 1e6 } END { printf "%-58s %7.1f %7.1f %7.1f\n", text, at[1], at[int((NR + 1) / 2)], at[NR] }'
}

edit() {
	sed -i "s/edited [0-9]*\./edited $1./" edited/src/main.c
}

# A right more, or one less: nothing that can be done in place.
edit_rights() {
	sed -i "s/edited [0-9]*[.!]/edited $1!/" edited/src/main.c
	if grep -q '^provides' edited/ms.yaml; then
		sed -i '/^provides/d' edited/ms.yaml
	else
		echo 'provides: [ { name: edited, sid: 0x48000001, version: 1 } ]' >>edited/ms.yaml
	fi
}

cd "$work"
service edited
service other
ms watch edited other --json >out 2>&1 &
pid=$!
give_up=$(($(date +%s) + 60))
seen "other 0"
printf '%-58s %7s %7s %7s\n' "" least median most
measure "saved, built, replaced, and its first line is there" edit '\.'
sed -n 's/.*"what":"replaced".*"msec":\([0-9]*\).*/\1/p' out | sort -n |
	awk '{ at[NR] = $1 } END { printf "%-58s %7.1f %7.1f %7.1f\n", "of which ms: built, placed, signed, replaced", at[1], at[int((NR + 1) / 2)], at[NR] }'
measure "saved with other rights: the board starts anew" edit_rights '!'
kill "$pid"
wait "$pid" || :
pid=
