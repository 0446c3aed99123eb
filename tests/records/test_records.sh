#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the record of a fault says: a service that knows where it faults says so before, in all ways that the processor knows.
# $MS: the staged ms; $BOARD; $SDK: another SDK than the staged one; $FPU: 1 where the service has the grant.
. tests/shell.sh
MS_HOME=$scratch/home
[ -z "${SDK:-}" ] || MS_SDK=$SDK
export MS_HOME MS_SDK
. tests/records/records.sh

each_record_says_cause_address_registers_and_calls() {
	prepare_records records
	records_are_right records || { cat "$here/verdict"; tail -n 5 "$here/log"; return 1; }
	says "$here/log" 'all told'
	[ "$(grep -c ' want ' "$here/log")" -ge 20 ]
}

run each_record_says_cause_address_registers_and_calls
