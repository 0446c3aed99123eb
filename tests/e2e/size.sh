# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced after sdk.sh by tests of `ms size`.

# fact NAME FIELD FILE TYPE: a field of the JSON line of that type whose name or service it is.
fact() {
	awk -v name="$1" -v field="\"$2\":" -v type="\"type\":\"$4\"" '
		index($0, type) && (index($0, "\"name\":\"" name "\"") || index($0, "\"service\":\"" name "\"")) &&
		(type !~ /stats/ || index($0, "\"thread\":0,")) {
			if (!(at = index($0, field))) next
			value = substr($0, at + length(field)); sub(/[,}].*/, "", value); print value; exit
		}' "$3"
}

# names FILE TYPE: of each thing of a type.
names() {
	sed -n "s/.*\"type\":\"$2\".*\"\(name\|service\)\":\"\([^\"]*\)\".*/\2/p" "$1" | sort -u
}
