#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The logs of the tests that a Ninja target runs, one a line, however many
# phony targets lie between; with --left only those of tests that Ninja would
# run now.  (Ninja 1.11's `-t inputs` does not see through phony targets.)
#
#   scripts/test_logs.sh [--left] TARGET
if [ "$1" = --left ]; then
	ninja -n -v "$2"
else
	ninja -t commands "$1"
fi | sed -n 's/.*scripts\/run_test\.sh [0-9]* \([^ ]*\) .*/\1/p' | sort -u
