# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What holds for the tree as a whole, so that nothing in it is forgotten.
set -eu
. tests/shell.sh

# Folders whose sources Ninja compiles here, but for services' in them, which lie in src/ and which ms builds, as it does tests/hostsim/bad, tests/e2e/onboard, tests/judges/verdict.c and the test in tests/contract.
compiled='api base boards cli format hostsim product rig runtime sdk store tests'

tracked() {
	git ls-files -co --exclude-standard -- "$@" | while read -r file; do
		[ ! -f "$file" ] || echo "$file"
	done | sort -u
}

every_source_is_compiled() {
	# shellcheck disable=SC2086 # folders are words
	tracked $compiled | grep '\.[cS]$' | grep -v '^tests/golden/\|^tests/hostsim/bad/\|^tests/hostsim/faults/tests/\|^tests/hostsim/options/tests/\|^tests/e2e/onboard/tests/\|^tests/judges/verdict.c\|^tests/twin/twin/tests/\|^tests/ffm/client/tests/\|^tests/contract/[a-z]*/tests/\|^tests/net/[a-z]*/tests/\|^tests/planted/[a-z]*/tests/\|^tests/posix/common/tests/\|^tests/services/[a-z]*/tests/\|/src/' | sort >"$here/there"
	ninja -t compdb | sed -n 's/^ *"file": "\(.*\)",$/\1/p' | sort -u >"$here/compiled"
	same "$(comm -23 "$here/there" "$here/compiled")" ""
}

every_test_counts() {
	for rule in test script-test fuzz judge evidence; do
		ninja -t targets rule "$rule"
	done | sort >"$here/there"
	# By themselves only: what takes long, and checks that are disabled.
	{ for all in check-all check-long check-mutation check-mutation-arch check-skip check-judges; do scripts/test_logs.sh "$all"; done; } | sort -u >"$here/counted"
	same "$(comm -23 "$here/there" "$here/counted")" ""
}

every_source_names_its_licence() {
	tracked '*.c' '*.h' '*.S' '*.def' '*.sh' '*.ld' '*.dts' '*.ninja' >"$here/sources"
	[ "$(wc -l <"$here/sources")" -gt 50 ]
	same "$(xargs -d '\n' grep -L 'SPDX-License-Identifier: Apache-2.0' <"$here/sources" || true)" ""
}

# A folder is compiled against what its `inc` names: no way around it.
no_include_leaves_its_folder() {
	tracked '*.c' '*.h' '*.S' >"$here/sources"
	same "$(xargs -d '\n' grep -n '#include *["<][^">]*\.\./' <"$here/sources" || true)" ""
}

# What a person is told has a code to look up: a row of err_codes.def, which some place gives.
every_error_has_a_code() {
	tracked 'base/*.c' 'product/*.c' 'cli/*.c' 'api/*.c' 'rig/*.c' 'store/*.c' 'hostsim/*.c' >"$here/sources"
	same "$(xargs -d '\n' grep -n 'err_set([^,]*, -MS_' <"$here/sources" || true)" ""
}

every_code_is_given() {
	tracked 'base/*.c' 'product/*.c' 'cli/*.c' 'api/*.c' 'rig/*.c' 'store/*.c' 'hostsim/*.c' | xargs -d '\n' cat >"$here/all"
	sed -n 's/^ERR_CODE([0-9]*, \([A-Z_]*\),.*/\1/p' base/err_codes.def | while read -r name; do
		grep -q "\bERR_$name\b" "$here/all" || echo "$name"
	done >"$here/idle"
	same "$(cat "$here/idle")" ""
}

scripts_are_clean() {
	shellcheck -x install.sh .ci/run third-party/picolibc.sh third-party/mbedtls.sh
	for script in scripts/*.sh; do
		case $script in
		scripts/step.sh | scripts/packages.sh | scripts/sources.sh | scripts/deps.sh | scripts/prefix.sh) ;; # with install.sh
		*) shellcheck -x "$script" ;;
		esac
	done
	tracked 'tests/*/test_*.sh' 'tests/*/run.sh' 'tests/judges/*.sh' 'examples/*.sh' | xargs -d '\n' shellcheck -x
}

run every_source_is_compiled every_test_counts every_source_names_its_licence \
	no_include_leaves_its_folder every_error_has_a_code every_code_is_given scripts_are_clean
