#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Make src/answers: NIST's files in vectors/ as tables in C.
#
#   sh tools/make_vectors.sh [FOLDER]
#
#   answers/ecbvarkey128.inc ...	the bytes of ECBVarKey128.rsp, if no file before it has them
#   answers/sets.c		which file of NIST's is which bytes, and how they are read
#
# Nothing is assumed about the files: a field is left out of the tables only if
# it was seen to follow a pattern in each vector of its section.  Where a file cannot
# be read nothing is replaced.
set -eu
to=$(realpath -m "${1:-$(dirname "$0")/../src/answers}")
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
cd "$(dirname "$0")/../vectors"
export LC_ALL=C

awk -v made="$made" '
function fail(why) {
	print file ": " why | "cat 1>&2"
	failed = 1
	exit 1
}

# The hexadecimal digits of `bits` ones, then zeros, in `size` digits.
function ones(bits, size,   hex) {
	for (hex = ""; bits >= 4; bits -= 4)
		hex = hex "f"
	if (bits)
		hex = hex substr("08ce", bits + 1, 1)
	while (length(hex) < size)
		hex = hex "0"
	return hex
}

# How a field looks in all vectors of a section: left out, or given in full.
function form(section, field,   i, value, zero, growing) {
	zero = growing = 1
	for (i = 0; i < count[section]; i++) {
		value = vector[section, i, field]
		if (field != "PLAINTEXT" && length(value) != length(vector[section, 0, field]))
			fail("sizes of " field " differ")
		if (value ~ /[^0]/)
			zero = 0
		if (value != ones(i + 1, length(value)))
			growing = 0
	}
	return zero ? "KAT_ZERO" : growing ? "KAT_ONES" : "KAT_GIVEN"
}

function same_vectors(a, b,   i) {
	if (count[a] != count[b])
		return 0
	for (i = 0; i < count[a]; i++)
		if (vector[a, i, "KEY"] vector[a, i, "IV"] vector[a, i, "PLAINTEXT"] vector[a, i, "CIPHERTEXT"] != \
		    vector[b, i, "KEY"] vector[b, i, "IV"] vector[b, i, "PLAINTEXT"] vector[b, i, "CIPHERTEXT"])
			return 0
	return 1
}

# Messages are one block each, or vector i has i + 1 blocks.
function grows(section,   i, size, one, more) {
	one = more = 1
	for (i = 0; i < count[section]; i++) {
		size = length(vector[section, i, "PLAINTEXT"])
		if (length(vector[section, i, "CIPHERTEXT"]) != size)
			fail("plaintext and ciphertext differ in size")
		if (size != 32)
			one = 0
		if (size != 32 * (i + 1))
			more = 0
	}
	if (!one && !more)
		fail("sizes of messages follow no pattern")
	return !one
}

# Bytes as C, at most a block a line.
function bytes(hex,   at, text) {
	for (at = 1; at <= length(hex); at += 2)
		text = text (at % 32 == 1 ? "\t" : "") "0x" substr(hex, at, 2) (at % 32 == 31 || at + 2 > length(hex) ? ",\n" : ", ")
	return text
}

# Sections that hold the same bytes share an array.
function array(section, name,   i, f, data) {
	data = ""
	for (i = 0; i < count[section]; i++)
		for (f = 1; f <= 4; f++)
			if (forms[f] == "KAT_GIVEN")
				data = data bytes(vector[section, i, fields[f]])
	if (!(data in array_of)) {
		array_of[data] = name
		printf "/* Made by tools/make_vectors.sh: do not edit. */\n%s", data >(made "/" name ".inc")
		arrays = arrays sprintf("static const uint8_t %s[] = {\n#include \"%s.inc\"\n};\n", name, name)
	}
	return array_of[data]
}

function emit(section, name,   f, at, symbol) {
	forms[4] = "KAT_GIVEN"
	for (f = 1; f <= 3; f++)
		forms[f] = form(section, fields[f])
	symbol = tolower(name)
	gsub(/ /, "_", symbol)
	at = array(section, symbol)
	rows = rows sprintf("\t{ \"%s\", AES_%s, %d, %d, %s, %s, %s, %s, %s },\n", name, substr(name, 1, 3),
		length(vector[section, 0, "KEY"]) / 2, count[section], forms[1], forms[2], forms[3],
		grows(section) ? "true" : "false", at)
}

function finish_file(   name) {
	if (!file)
		return
	name = file
	sub(/\.rsp$/, "", name)
	if (!count["ENCRYPT"] || !count["DECRYPT"])
		fail("a section has no vectors")
	if (same_vectors("ENCRYPT", "DECRYPT"))
		emit("ENCRYPT", name)
	else {
		emit("ENCRYPT", name " ENCRYPT")
		emit("DECRYPT", name " DECRYPT")
	}
	split("", count)
	split("", vector)
}

BEGIN {
	split("KEY IV PLAINTEXT CIPHERTEXT", fields)
}
FNR == 1 {
	finish_file()
	file = FILENAME
	section = ""
}
{ sub(/\r$/, "") }
/^\[(ENCRYPT|DECRYPT)\]$/ { section = substr($0, 2, 7); next }
/^COUNT = / {
	if ($3 != count[section] + 0)
		fail("COUNT " $3 " is out of order")
	now = count[section]++
	next
}
/^(KEY|IV|PLAINTEXT|CIPHERTEXT) = [0-9a-f]+$/ { vector[section, now, $1] = $3; next }
/^(#.*)?$/ { next }
{ fail("cannot read line " FNR) }
END {
	if (failed)
		exit 1
	finish_file()
	if (failed)
		exit 1
	sets = made "/sets.c"
	print "/* SPDX-License-Identifier: Apache-2.0 */" >sets
	print "/* Made by tools/make_vectors.sh from the files in vectors/: do not edit. */" >sets
	printf "#include \"kat.h\"\n\n%s\n", arrays >sets
	printf "const struct kat_set kat_sets[] = {\n%s};\n\n", rows >sets
	print "const unsigned kat_set_count = sizeof(kat_sets) / sizeof(kat_sets[0]);" >sets
}' ECB*.rsp CBC*.rsp

mkdir -p "$to"
rm -f "$to"/*.inc "$to/sets.c"
cp "$made"/* "$to"
