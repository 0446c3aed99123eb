# SPDX-License-Identifier: Apache-2.0
# Run the commands of a transcript and compare what they do with what it says:
#
#	# a sentence
#	$ command
#	| a line of standard output
#	! a line of standard error
#	? the exit status, if it is not 0
#
# sh transcript.sh MS JSONL TRANSCRIPT.  The test's folder is written $T, the
# version $V.  To accept what is new: UPDATE=1 sh transcript.sh ...
expected=$PWD/$3
. "$(dirname "$0")/around.sh"
version=$(cat "$root/VERSION")
actual=$T/actual

plain() {
	sed -e "s|$T|\$T|g" -e "s|$version|\$V|g" -e "s/^/$1/" -e 's/ $//' "$2"
}

while IFS= read -r line <&3; do
	case $line in
	'$ '*)
		printf '%s\n' "$line" >>"$actual"
		eval "${line#??}" >"$T/out" 2>"$T/err" 3<&-
		status=$?
		plain '| ' "$T/out" >>"$actual"
		plain '! ' "$T/err" >>"$actual"
		[ $status = 0 ] || printf '? %d\n' $status >>"$actual"
		passed=$((passed + 1)) ;;
	'| '* | '|' | '! '* | '!' | '? '*) ;;
	*) printf '%s\n' "$line" >>"$actual" ;;
	esac
done 3<"$expected"

if [ -n "${UPDATE:-}" ]; then
	cp "$actual" "$expected"
elif ! diff -u "$expected" "$actual"; then
	failed=1
fi
finish
