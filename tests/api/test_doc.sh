# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# ms api doc: the page of an interface is as tests/api/page-md and page-html say.  UPDATE=1 accepts what is new.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# page KIND [OPTION]
page() {
	ms api doc -o "$here" ${2:+"$2"} tests/api/headers/door.h >"$here/said"
	[ -z "${UPDATE:-}" ] || cp "$here/door.$1" "tests/api/page-$1"
	diff -u "tests/api/page-$1" "$here/door.$1"
}

it_is_as_it_was() { page md; }
and_in_html() { page html --html; }

words_of_a_comment_are_no_signs_of_the_page() {
	page html --html
	lacks "$here/door.html" "<script"
	page md
	lacks "$here/door.md" "<script"
}

# What is shown beside HTML's own tags is all closed.
html_is_well_formed() {
	command -v xmllint >/dev/null || skip "there is no xmllint"
	page html --html
	sed 's/<!DOCTYPE html>//; s/<meta[^>]*>//' "$here/door.html" | xmllint --noout -
}

a_header_of_a_project_has_its_version() {
	cd "$here"
	printf '#include <stdint.h>\nint32_t one(int32_t a);\n' >one.h
	ms -q new one --interface one.h >/dev/null
	ms api doc -o . one/include/one.h >said
	says one.md "| version | 1, strict |"
	says one.md "| fingerprint | \`$(ms --json api bind -o bound one/include/one.h | sed -n 's/.*"fingerprint":"\([0-9a-f]*\)".*/\1/p')\` |"
}

what_cannot_cross_has_no_page() {
	fails 3 ms api doc -o "$here/page" tests/api/headers/refused.h
	[ ! -e "$here/page" ]
}

run it_is_as_it_was and_in_html words_of_a_comment_are_no_signs_of_the_page html_is_well_formed a_header_of_a_project_has_its_version \
	what_cannot_cross_has_no_page
