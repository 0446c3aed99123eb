#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2164 # a test ends where a command fails
# ms test: test and service are compiled against different C libraries, and mean the same by what both see.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# gate FOLDER: a service with objects of POSIX in a structure of its own.
gate() {
	project "$1" <<-'END'
	int main(void) { return 0; }
	END
	mkdir -p "$1/tests"
	cat >"$1/src/gate.h" <<-'END'
	#include <pthread.h>
	#include <semaphore.h>

	struct gate {
		pthread_mutex_t mutex;
		pthread_cond_t changed;
		pthread_rwlock_t rwlock;
		pthread_once_t once;
		pthread_barrier_t barrier;
		pthread_spinlock_t spin;
		pthread_attr_t attributes;
		sem_t places;
		int passed;
	};

	int gate_pass(struct gate *g);
	int gate_fail(int error);
	END
	cat >"$1/src/gate.c" <<-'END'
	#include "gate.h"

	#include <errno.h>

	int gate_pass(struct gate *g)
	{
		int rc = sem_trywait(&g->places);

		if (rc)
			return rc;
		pthread_mutex_lock(&g->mutex);
		g->passed++;
		return pthread_mutex_unlock(&g->mutex);
	}

	int gate_fail(int error)
	{
		errno = error;
		return error == ETIMEDOUT ? -1 : -2;
	}
	END
}

# a_test FOLDER <BODY: its one test
a_test() {
	{
		cat <<-'END'
		#include <errno.h>
		#include <setjmp.h>
		#include <signal.h>
		#include <stdarg.h>
		#include <stddef.h>
		#include <stdint.h>
		#include <stdio.h>
		#include <stdlib.h>
		#include <cmocka.h>
		#include "gate.h"

		static void it(void **state)
		{
			(void)state;
		END
		cat
		cat <<-'END'
		}

		int main(void)
		{
			const struct CMUnitTest tests[] = { cmocka_unit_test(it) };

			return cmocka_run_group_tests(tests, NULL, NULL);
		}
		END
	} >"$1/tests/test_it.c"
}

objects_of_posix_are_the_services() {
	gate "$here/p"
	a_test "$here/p" <<-'END'
	static struct gate gate = { .mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };

	assert_int_equal(sem_init(&gate.places, 0, 1), 0);
	assert_int_equal(gate_pass(&gate), 0);
	assert_int_equal(gate.passed, 1);
	assert_int_equal(gate_pass(&gate), -1);
	assert_int_equal(errno, EAGAIN);
	assert_int_equal(pthread_mutex_trylock(&gate.mutex), 0);
	assert_int_equal(pthread_mutex_trylock(&gate.mutex), EBUSY);
	assert_int_equal(pthread_mutex_unlock(&gate.mutex), 0);
	END
	cd "$here/p"
	ms test
}

errors_have_the_devices_numbers() {
	gate "$here/p"
	a_test "$here/p" <<-'END'
	errno = 0;
	assert_int_equal(gate_fail(ETIMEDOUT), -1);
	assert_int_equal(errno, ETIMEDOUT);
	assert_int_equal(gate_fail(116), -1);
	assert_int_equal(errno, ETIMEDOUT);
	assert_int_equal(EDEADLK, 45);
	assert_int_equal(ENOTSUP, 134);
	END
	cd "$here/p"
	ms test
}

# The same source on a board, where there is one C library.
the_same_test_passes_on_a_board() {
	gate "$here/p"
	a_test "$here/p" <<-'END'
	struct gate gate = { .mutex = PTHREAD_MUTEX_INITIALIZER };

	assert_int_equal(sem_init(&gate.places, 0, 0), 0);
	assert_int_equal(gate_pass(&gate), -1);
	assert_int_equal(errno, EAGAIN);
	END
	cd "$here/p"
	ms test
	ms test --on mps2-an385
}

a_structure_that_is_not_the_same_is_an_error() {
	gate "$here/p"
	sed -i 's/^#include <pthread.h>/&\n#include <signal.h>/; s/int passed;/sigset_t signals;\n\t&/' "$here/p/src/gate.h"
	a_test "$here/p" <<-'END'
	static struct gate gate;

	assert_int_equal(gate_pass(&gate), -1);
	END
	cd "$here/p"
	fails 3 ms test
	says "$here/out" "src/gate.h:5: error: 'gate' has "
	says "$here/out" "src/gate.h:5: a test cannot use 'gate': it is laid out otherwise in the service"
	says "$here/out" "fix: "
}

# Each function of the two headers goes to the service's library.
no_function_is_forgotten() {
	for header in pthread semaphore; do
		grep -oE "\b(pthread|sem)_[a-z_]+\(" "sdk/posix/include/$header.h" | tr -d '(' | sort -u >"$here/there"
		sed -nE 's/^#pragma redefine_extname ([a-z_]+) ms_lent_\1$/\1/p' "hostsim/agree/$header.h" | sort -u >"$here/named"
		missing=$(comm -23 "$here/there" "$here/named" | grep -v -e pthread_cleanup | tr '\n' ' ')
		same "" "$missing"
	done
}

run objects_of_posix_are_the_services errors_have_the_devices_numbers the_same_test_passes_on_a_board a_structure_that_is_not_the_same_is_an_error \
	no_function_is_forgotten
