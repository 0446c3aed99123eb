#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The logs of the tests that a Ninja target runs, one a line, however many
# phony targets lie between.  (Ninja 1.11's `-t inputs` does not see through these.)
#
#   scripts/test_logs.sh TARGET
ninja -t commands "$1" | sed -n 's/.*scripts\/run_test\.sh [0-9]* \([^ ]*\) .*/\1/p' | sort -u
