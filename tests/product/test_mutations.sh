# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# A sample of what bench/mutations.sh does at length.
set -eu
. tests/shell.sh

no_mutant_is_accepted() {
	sh bench/mutations.sh 300 401
}

run no_mutant_is_accepted
