#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# shellcheck disable=SC2164 # a test ends where a command fails
# ms test: what a service may use is what a device has; what is wrong with a project is said with its place.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# passing FOLDER: the test that every project here has.
passing() {
	mkdir -p "$1/tests"
	cat >"$1/tests/test_it.c" <<-'END'
	#include <setjmp.h>
	#include <stdarg.h>
	#include <stddef.h>
	#include <stdint.h>
	#include <cmocka.h>
	#include <ms/sim.h>

	static void it_runs(void **state)
	{
		sim_run(*state, "hello", 1000);
		assert_log(*state, "hello", "Hello");
	}

	int main(void)
	{
		const struct CMUnitTest tests[] = {
			cmocka_unit_test_setup_teardown(it_runs, sim_setup, sim_teardown),
		};

		return cmocka_run_group_tests(tests, NULL, NULL);
	}
	END
}

a_function_of_the_host_is_refused() {
	project "$here/p" <<-'END'
	int fork(void);
	static int start(void)
	{
		return fork();
	}
	int main(void) { return start(); }
	END
	passing "$here/p"
	cd "$here/p"
	fails 3 ms test
	says "$here/out" "src/main.c:4"
	says "$here/out" "undefined symbol 'fork', used by 'start'"
	says "$here/out" "fix: a service is one program"
}

each_function_of_the_host_is_named() {
	project "$here/p" <<-'END'
	int fork(void);
	int popen(int, int);
	int main(void) { return fork() + popen(0, 0); }
	END
	passing "$here/p"
	cd "$here/p"
	fails 3 ms test
	# shellcheck disable=SC2016 # that is how a linker quotes
	says "$here/out" 'undefined reference to `fork'
	# shellcheck disable=SC2016
	says "$here/out" 'undefined reference to `popen'
}

# As it is on a device: from the compiler's own library.
what_the_compiler_calls_is_there() {
	project "$here/p" <<-'END'
	#include <stdio.h>

	static volatile double _Complex z = 2;
	static volatile unsigned long long bits = 0xf0f;
	static volatile float base = 3;

	int main(int argc, char **argv)
	{
		z *= z;
		if ((double)z == 4 && __builtin_popcountll(bits) == 8 && __builtin_powif(base, 2) == 9 && argc == 1 && !*argv[0] && !argv[1])
			puts("Hello");
		return 0;
	}
	END
	passing "$here/p"
	cd "$here/p"
	ms test
	ms run --fast --timeout 20 --until Hello
}

a_source_is_not_a_test() {
	project "$here/p" <<-'END'
	int main(void) { return 0; }
	END
	passing "$here/p"
	echo 'int x;' >"$here/p/tests/more.c"
	echo 'sources: [ src/*.c, tests/more.c ]' >>"$here/p/ms.yaml"
	cd "$here/p"
	fails 3 ms test
	says "$here/out" "'tests/more.c' is a source of the service, but what lies in tests/ belongs to the tests"
}

a_weak_name_does_not_find_the_hosts() {
	project "$here/p" <<-'END'
	#include <stdio.h>
	extern int getrusage(void) __attribute__((weak));
	int main(void) { printf("Hello, %s\n", getrusage ? "host" : "device"); return 0; }
	END
	passing "$here/p"
	sed -i 's/"Hello"/"Hello, device"/' "$here/p/tests/test_it.c"
	cd "$here/p"
	ms test
}

a_header_of_the_host_is_not_there() {
	project "$here/p" <<-'END'
	#include <sys/epoll.h>
	int main(void) { return 0; }
	END
	passing "$here/p"
	cd "$here/p"
	fails 3 ms test
	says "$here/out" "src/main.c:1"
	says "$here/out" "there is no header 'sys/epoll.h'"
}

a_service_without_main() {
	project "$here/p" <<-'END'
	int not_main(void) { return 0; }
	END
	passing "$here/p"
	cd "$here/p"
	fails 3 ms test
	says "$here/out" "undefined symbol 'main'"
}

# The test would take it from the service for all of its program.
a_name_that_the_simulation_needs() {
	project "$here/p" <<-'END'
	int poll(int);
	int poll(int x) { return x; }
	int main(void) { return 0; }
	END
	passing "$here/p"
	sed -i 's/static void it_runs/int poll(int);&/; s/sim_run/assert_int_equal(poll(3), 3);&/' "$here/p/tests/test_it.c"
	cd "$here/p"
	fails 3 ms test
	says "$here/out" "a test names 'poll' of the service, which is a function of the host, too; rename it"
}

an_error_in_a_test() {
	hello "$here/p"
	passing "$here/p"
	sed -i 's/assert_log/assert_lag/' "$here/p/tests/test_it.c"
	cd "$here/p"
	fails 3 ms test
	says "$here/out" "tests/test_it.c"
	says "$here/out" "assert_lag"
}

an_error_in_the_service() {
	project "$here/p" <<-'END'
	int main(void) { return 0 }
	END
	passing "$here/p"
	cd "$here/p"
	fails 3 ms test
	says "$here/out" "src/main.c:1:26"
	says "$here/out" "cannot compile 'src/main.c'"
}

a_project_without_tests() {
	hello "$here/p"
	cd "$here/p"
	fails 3 ms test
	says "$here/out" "'hello' has no tests"
	says "$here/out" "tests/test_hello.c"
}

assembly_is_refused() {
	hello "$here/p"
	passing "$here/p"
	echo '	bx lr' >"$here/p/src/fast.S"
	echo 'sources: [ src/*.c, src/*.S ]' >>"$here/p/ms.yaml"
	cd "$here/p"
	fails 3 ms test
	says "$here/out" "'src/fast.S' is assembly"
}

wrong_services_beside() {
	hello "$here/p"
	passing "$here/p"
	mkdir -p "$here/p/tests/services/Not A Name"
	echo 'int main(void) { return 0; }' >"$here/p/tests/services/Not A Name/main.c"
	cd "$here/p"
	fails 3 ms test
	says "$here/out" "tests/services/Not A Name"
	mv "tests/services/Not A Name" tests/services/hello
	fails 3 ms test
	says "$here/out" "has the name of the service that is tested"
	for name in one two three four five six seven eight nine ten eleven twelve; do
		cp -R tests/services/hello "tests/services/$name"
	done
	rm -rf tests/services/hello
	fails 3 ms test
	says "$here/out" "more than 11 services"
	rm -rf tests/services/twelve
	fails 0 ms test
}

names_that_are_hard() {
	folder="$here/a \$b 'c' \"d\" ü #;&"
	hello "$folder"
	passing "$folder"
	cp "$folder/tests/test_it.c" "$folder/tests/test_ two \$x 'y' ü.c"
	cd "$folder"
	ms test >"$here/out"
	says "$here/out" "2 tests: 2 passed"
}

a_name_with_a_line_break() {
	hello "$here/p"
	passing "$here/p"
	cp "$here/p/tests/test_it.c" "$here/p/tests/a
b.c"
	cd "$here/p"
	fails 3 ms test
	says "$here/out" "a file of 'tests' has a line break in its name"
}

two_at_once() {
	hello "$here/p"
	passing "$here/p"
	cd "$here/p"
	ms test >"$here/one" 2>&1 &
	ms test >"$here/two" 2>&1
	wait $!
	says "$here/one" "1 test: 1 passed"
	says "$here/two" "1 test: 1 passed"
}

nothing_is_made_twice() {
	hello "$here/p"
	passing "$here/p"
	cd "$here/p"
	ms test
	touch -r out/test/test_it "$here/then"
	ms test
	[ -z "$(find out/test -newer "$here/then" -type f ! -name ".*")" ]
	sed -i 's/Hello/Hello again/' src/main.c
	ms test
	[ -n "$(find out/test/test_it -newer "$here/then")" ]
}

without_the_tools() {
	hello "$here/p"
	passing "$here/p"
	mkdir "$here/bin"
	for tool in ninja sh; do
		ln -s "$(command -v $tool)" "$here/bin/$tool"
	done
	cd "$here/p"
	fails 6 env PATH="$here/bin" "$top/out/check/ms" test
	says "$here/out" "cannot find the program 'gcc'"
}

run a_function_of_the_host_is_refused what_the_compiler_calls_is_there a_source_is_not_a_test each_function_of_the_host_is_named a_weak_name_does_not_find_the_hosts \
	a_header_of_the_host_is_not_there a_service_without_main a_name_that_the_simulation_needs an_error_in_a_test \
	an_error_in_the_service a_project_without_tests assembly_is_refused wrong_services_beside names_that_are_hard a_name_with_a_line_break two_at_once nothing_is_made_twice \
	without_the_tools
