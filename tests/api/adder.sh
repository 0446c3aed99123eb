# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced by tests of interfaces: a provider and a client that begin with one header.

# header PARAMETERS [MORE]: that of an adder.
header() {
	cat <<-END
	/* Adds numbers. */
	#include <stdint.h>
	#include <psa/error.h>

	psa_status_t adder_add($1);
	${2:-}
	END
}

# pair: the provider 'adder', which adds, and its client 'caller', in $here.
pair() {
	cd "$here"
	header 'int32_t a, int32_t b, int32_t *sum' >adder.h
	ms -q new adder --interface adder.h >/dev/null
	ms -q new caller --uses adder >/dev/null
	sed -i 's/\*sum = 0;/*sum = a + b;/' adder/src/adder.c
	cat >caller/src/main.c <<-'END'
	#include <stdio.h>
	#include "adder.h"
	int main(void)
	{
		int32_t sum = 0;
		psa_status_t status = adder_add(40, 2, &sum);

		printf("adder_add says %d: %d\n", (int)status, (int)sum);
	}
	END
	sed -i 's/"adder_add")/"adder_add says 0: 42")/' caller/tests/test_with_provider.c
}

both_run() {
	timeout 100 ms -q run --fast --timeout 60 --until "adder_add says 0: 42" "$@" >"$here/said" 2>&1
	says "$here/said" "adder_add says 0: 42"
}

# test_program FILE TEST [HEADER]: a program of one test; what it does comes from standard input, and has `sim`.
test_program() {
	{
		printf '#include <%s>\n' setjmp.h stdarg.h stddef.h stdint.h cmocka.h ms/sim.h
		printf '%s\n' ${3:+"#include \"$3\""}
		printf 'static void %s(void **state)\n{\n\tstruct sim *sim = *state;\n\n' "$2"
		cat
		printf '}\n\nint main(void)\n{\n\tconst struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(%s, sim_setup, sim_teardown) };\n\n' "$2"
		printf '\treturn cmocka_run_group_tests(tests, NULL, NULL);\n}\n'
	} >"$1"
}
