#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# One place prints: no source of ms but base/out*.c calls what writes to a standard stream.
# (A file named *_main.c is a program of its own, for the build; cli/plugin runs inside QEMU.)
set -u
prints='\b(v?f?printf|v?dprintf|f?putw?c(har)?(_unlocked)?|f?puts|perror|psignal|psiginfo|v?warnx?|v?errx?|error|fwrite)[[:space:]]*\(|\bwritev?[[:space:]]*\([[:space:]]*(1|2|STD(OUT|ERR)_FILENO)\b'

# The lines of C sources below some folders that print, comments aside; base/out*.c may.
find_prints() {
	for folder; do
		[ -d "$folder" ] && find "$folder" -name '*.c' ! -path '*base/out*.c' ! -name '*_main.c' ! -path '*cli/plugin/*'
	done | sort | while read -r file; do
		sed -e 's,/\*.*\*/,,' -e '/^[[:space:]]*\*/d' -e 's,"[^"]*",,g' "$file" |
			grep -nE "$prints" | sed "s,^,$file:,"
	done
}

passed=0
fail() {
	echo "[  FAILED  ] $*"
	exit 1
}

planted=$(mktemp -d) || exit 1
trap 'rm -rf "$planted"' EXIT
mkdir "$planted/base"
for call in 'printf("x");' 'fprintf(stderr, "x");' 'puts("x");' 'fputs("x", stdout);' 'putchar(1);' 'perror("x");' \
	'write(1, x, 2);' 'write(STDERR_FILENO, x, 2);' 'dprintf(2, "x");' 'vprintf(x, y);' 'fwrite(x, 1, 2, stdout);'; do
	echo "	$call" >"$planted/base/bad.c"
	[ -n "$(find_prints "$planted")" ] || fail "$call is not found"
done
passed=$((passed + 1))

cat >"$planted/base/bad.c" <<'EOF'
/* printf("x") in a comment */
 * puts("x")
	snprintf(a, b, "printf(%d)", 1); arena_printf(a, "x"); write(fd, at, size); out_error(1);
EOF
cp "$planted/base/bad.c" "$planted/base/out.c"
echo 'puts("x");' >>"$planted/base/out.c"
found=$(find_prints "$planted")
[ -z "$found" ] || fail "taken for printing: $found"
passed=$((passed + 1))

found=$(find_prints base product cli)
[ -z "$found" ] || fail "these print past the output layer:
$found"
passed=$((passed + 1))
echo "[  PASSED  ] $passed test(s)."
