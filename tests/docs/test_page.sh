# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Do what a page of documentation says, and compare what comes of it with what the page shows.
#
#	```console		commands ("$ ") and what they print; a line "…" stands for any lines
#	```c src/main.c		the content of a file
#
#	sh tests/docs/test_page.sh PAGE [FOLDER]
#
# The commands run in an empty folder, or in a copy of FOLDER, with keys that
# were made before.  Times, sizes, addresses, names of keys, and how long a boot
# compares these names, may differ.  UPDATE=1 in the environment puts what
# came into the page where it differs, UPDATE=all also where only such figures do:
# read the difference before it is committed.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
page=$top/$1 folder=${2:-}

# What may differ, made equal.
masked() {
	sed -E -e 's/^ +[0-9]+\.[0-9]{6}  /TIME  /' -e 's/[0-9]+\.[0-9]+ s\b/TIME/g' \
		-e 's/0x[0-9a-f]{8}([0-9a-f]{4})?/ADDRESS/g' -e 's/\b[0-9a-f]{16}\b/KEY/g' -e 's/\b[0-9a-f-]{36}\b/UUID/g' \
		-e 's/\b20[0-9]{2}-[0-9]{2}-[0-9]{2}\b/DAY/g' -e 's/\b[0-9]+ bytes/SIZE/g' -e 's/size: [0-9]+/size: SIZE/' -e 's/^(  ADDRESS) +[0-9]+  /\1 SIZE  /' -e 's/^  [0-9]+ used, [0-9]+ wasted.*/SUMS/' -e 's/(flash|RAM) [0-9]+/\1 SIZE/g' -e 's/[0-9]+ of the boot before/N of the boot before/' -e 's/ +$//' \
		-e '/  (running|stopped|ended)$/{s/[0-9]+/N/g;s/ +/ /g}' "$1"
}

# matches WANT GOT
matches() {
	masked "$1" >"$1.masked"
	masked "$2" >"$2.masked"
	awk -v wants="$1.masked" -v gots="$2.masked" 'BEGIN {
		while ((getline line < wants) > 0) want[++wanted] = line
		while ((getline line < gots) > 0) got[++count] = line
		at = 1
		for (i = 1; i <= wanted; i++) {
			if (want[i] == "…") {
				if (i == wanted)
					exit 0
				while (at <= count && got[at] != want[i + 1])
					at++
			} else if (at > count || got[at++] != want[i]) {
				exit 1
			}
		}
		exit at != count + 1
	}'
}

# shown: may what the page shows stay?
shown() {
	matches "$here/want" "$here/got" || return 1
	[ "${UPDATE-}" != all ] || grep -q "^…$" "$here/want"
}

# The command that was read last, and what the page shows of it.
perform() {
	[ -n "$command" ] || return 0
	( set +e; exec 3<&-; eval "$command" ) 2>&1 | sed "s|$MS_HOME/config|/home/ada/.config/ms|g" >"$here/got"
	case $command in 'cd '* | 'export '*) eval "$command" ;; esac
	if shown; then
		cat "$here/want" >>"$here/actual"
	else
		cat "$here/got" >>"$here/actual"
		differs=1
	fi
	command=
}

take_line() {
	case $state:$1 in
	'text:```console')
		state=console ;;
	'text:```'*' '*)
		state='file'
		file=${1#* }
		: >"$file" ;;
	'console:```')
		perform
		state=text ;;
	'console:$ '*)
		perform
		command=${1#??}
		: >"$here/want" ;;
	console:*)
		printf '%s\n' "$1" >>"$here/want"
		return ;;
	'file:```')
		state=text ;;
	file:*)
		printf '%s\n' "$1" >>"$file" ;;
	esac
	printf '%s\n' "$1" >>"$here/actual"
}

it_is_as_the_page_says() {
	mkdir "$here/work"
	if [ -n "$folder" ]; then
		cp -R "$top/$folder/." "$here/work"
		ms -q key new developer
		ms -q key new integrator
	fi
	# What an example takes from the drivers lies beside it, as in the tree.
	if grep -rqsF ../../services "$here/work"; then cp -R "$top/services" "$scratch"; fi
	find "$here/work" "$scratch/services" -name out -prune -exec rm -rf {} + 2>/dev/null || :
	cd "$here/work"
	state=text command='' differs=0
	while IFS= read -r line <&3; do
		take_line "$line"
	done 3<"$page"

	[ -z "${UPDATE-}" ] || cp "$here/actual" "$page"
	if [ "$differs" -eq 1 ]; then
		diff -u "$page" "$here/actual" || true
		return 1
	fi
}

run it_is_as_the_page_says
