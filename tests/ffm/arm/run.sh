#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# run.sh TO BOARD FORM: Arm's conformance suite of the firmware framework (psa-arch-tests, ff) on an emulated board.  FORM is 1.0, 1.1, or
# stateless, by the version of the partitions' manifests.  Nothing of the suite is here: PSA_ARCH_TESTS names a checkout with its
# submodule val_common.  What it asks of a target lies beside this script.  Its own report goes to TO/report, what ms says to TO/said.
# Fails unless the report says that each test passed.  PSA_ARCH_TESTS_ONLY="test_i001 test_i002" runs some.
set -eu
to=$1 board=$2 form=$3
here=$(dirname "$0")
[ -n "${PSA_ARCH_TESTS:-}" ] || { echo "set PSA_ARCH_TESTS to a checkout of ARM-software/psa-arch-tests with its submodule val_common"; exit 1; }
suite=$(cd "$PSA_ARCH_TESTS" && pwd)
api=$suite/api-tests
for each in "$api/ff/ipc" "$suite/val_common/src"; do
	[ -d "$each" ] || { echo "PSA_ARCH_TESTS: no folder '$each'; its submodule: git submodule update --init val_common"; exit 1; }
done
case $form in
1.0) spec=10 stateless=0 list=testsuite.db ;;
1.1) spec=11 stateless=0 list=testsuite.db ;;
stateless) spec=11 stateless=1 list=stateless_rot_testsuite.db ;;
*) echo "the form is 1.0, 1.1 or stateless, not '$form'"; exit 2 ;;
esac
tests=${PSA_ARCH_TESTS_ONLY:-$(sed -n 's/^\(test_i[0-9]*\).*/\1/p' "$api/ff/ipc/$list")}

# take PARTITION FILE...: sources and headers of the suite.
take() {
	into=$to/$1/src
	shift
	cp "$@" "$into"
}

# number TEST
number() {
	echo "$1" | sed 's/test_i0*//'
}

# The list of a side's tests, by their numbers, as its partition includes it.
tests_of() {
	next=1
	for test in $tests; do
		echo "extern $1_test_t ${test}_$1_tests_list[];" >>"$to/$1/include/$1_tests_list_declare.inc"
		while [ "$next" -lt "$(number "$test")" ]; do
			echo "NULL,"
			next=$((next + 1))
		done >>"$to/$1/include/$1_tests_list.inc"
		echo "${test}_$1_tests_list," >>"$to/$1/include/$1_tests_list.inc"
		next=$((next + 1))
	done
}

# A partition's manifest says what its target has: which devices are meant; and of which version it is.
manifest_of() {
	sed -z 's/{[^{}]*FF_TEST_WATCHDOG_REGION[^{}]*}, *//' "$api/platform/manifests/$1_partition_psa.json" |
		sed 's/FF_TEST_UART_REGION/uart1/; s/FF_TEST_UART_IRQ/uart1.2/; s/FF_TEST_NVMEM_REGION/psram/
			s/FF_TEST_DRIVER_PARTITION_MMIO/uart2/; s/FF_TEST_SERVER_PARTITION_MMIO/dualtimer/' |
		if [ "$spec" = 11 ]; then
			based=true
			[ "$stateless" = 0 ] || based=false
			sed "s/\"psa_framework_version\": 1.0,/\"psa_framework_version\": 1.1, \"model\": \"IPC\",/
				s/\"signal\": \"/\"name\": \"/; s/\"sid\":/\"connection_based\": $based, \"sid\":/"
		else
			cat
		fi
}

# The board's devices are where its device tree says.
addresses() {
	ms board show "$board" | sed -n 's/^\(devices\)\? *\([a-z0-9]*\)  *\(0x[0-9a-f]*\), [0-9]* bytes.*/#define \2_ADDRESS \3/p' |
		sed 's/ \([a-z0-9]*\)_/ \U\1_/'
}

rm -rf "$to"
mkdir -p "$to"
cp -R "$here/driver" "$here/server" "$here/client" "$here/dispatcher" "$to"
sed "s/^board: .*/board: $board/" "$here/product.yaml" >"$to/product.yaml"
for each in driver server client dispatcher; do
	mkdir -p "$to/$each/src"
	cp -R "$here/include" "$to/$each"
	addresses >"$to/$each/include/board_addresses.h"
	ln -s "$api" "$to/$each/suite"
	ln -s "$suite/val_common" "$to/$each/val_common"
	echo "defines: [ IPC, VERBOSITY=3, SPEC_VERSION=$spec, STATELESS_ROT=$stateless, PLATFORM_PSA_ISOLATION_LEVEL=3, SP_HEAP_MEM_SUPP," \
		"STATIC_ASSERT_CHECKS, PSA_CMAKE_BUILD, $([ $each != dispatcher ] || echo VAL_NSPE_BUILD, NONSECURE_TEST_BUILD) ]" >>"$to/$each/ms.yaml"
	[ $each = dispatcher ] || manifest_of $each >"$to/$each/${each}_partition_psa.json"
done
take driver "$api/ff/partition/driver_partition.c" "$api/val/spe/val_driver_service_apis.c" "$suite"/val_common/src/val_common_[!p]*.c \
	"$api/platform/drivers/uart/cmsdk/pal_uart.c" "$api/platform/drivers/uart/cmsdk/pal_uart.h"
take server "$api/ff/partition/server_partition.c"
take client "$api/ff/partition/client_partition.c"
take dispatcher "$suite"/val_common/src/*.c "$api/platform/targets/common/nspe/pal_weak.c"
for each in entry dispatcher framework peripherals platform crypto storage attestation; do
	take dispatcher "$api/val/nspe/val_$each.c"
done
tests_of client
tests_of server
for test in $tests; do
	from=$api/ff/ipc/$test
	name=${test#test_}
	take client "$from/$test.c" "$from/$test.h"
	take server "$from/test_supp_$name.c" "$from/$test.h"
	take dispatcher "$from/$test.c" "$from/$test.h" "$from/test_entry_$name.c"
	echo "{ $(number "$test"), &test_entry_$name }," >>"$to/dispatcher/include/test_entry_list.inc"
	echo "void test_entry_$name(val_api_t *, psa_api_t *);" >>"$to/dispatcher/include/test_entry_fn_declare_list.inc"
done

ms run --fast --timeout 600 --until "the suite has ended" --serial "uart1=$to/report" "$to" >"$to/said" 2>&1 || { tail -20 "$to/said"; exit 1; }
all=$(echo "$tests" | wc -w)
# A test whose end is not reported has not passed.
tr -d '\r' <"$to/report" | awk -v all="$all" -v form="$form" -v board="$board" '
	/Num=/ { sub(/.*Num=/, ""); test = $1 }
	/Result=/ { if (/Passed/) passed++; else printf "test_i%03d %s\n", test, $0 }
	/TOTAL PASSED/ { said = $NF }
	END { printf "%s, %s: %d of %d passed\n", board, form, said, all; exit said != all || passed != all }'
