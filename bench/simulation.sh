#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# How fast the host simulation is: seconds and microseconds of this computer's processor.
# From the top of a tree that was built: bench/simulation.sh
set -eu
. bench/made.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export MS_HOME="$work/home"
ms=$PWD/out/stage/bin/ms

cp -r bench/simulation "$work/simulation"
cp -r templates/hello "$work/hello"
# speed WHAT OPTION...: what the tests of the simulation itself say.
speed() {
	what=$1
	shift
	doing "$what"
	"$ms" -C "$work/simulation" test --no-sanitize --all-output --jobs 1 --timeout 600 "$@" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
	sed -n "s/^ *\\(a system.*\\|a decision.*\\|a day.*\\)/$what: \\1/p" "$work/log"
}
speed "with protection"
speed "without protection" --no-protection
speed "with protection, pct:3" --schedules 1 --strategy pct:3 --filter decisions
speed "without protection, pct:3" --no-protection --schedules 1 --strategy pct:3 --filter decisions

# ten: an hour of ten services, each of which sleeps ten times a second, told as a day.
cp -r "$work/simulation" "$work/ten"
for i in 1 2 3 4 5 6 7 8 9; do
	mkdir -p "$work/ten/tests/services/nap$i"
	printf '#include <unistd.h>\nint main(void)\n{\n\tfor (int i = 0; i < 60 * 60 * 10; i++)\n\t\tusleep(100000);\n\treturn 0;\n}\n' >"$work/ten/tests/services/nap$i/main.c"
done
sed -i 's|\(sim_run(sim, "simulation", 0);\)|for (char name[] = "nap1"; name[3] <= 57; name[3]++) sim_start(sim, name); \1|' "$work/ten/tests/test_speed.c"
"$ms" -C "$work/ten" test --no-sanitize --no-protection --all-output --timeout 600 --filter day | sed -n 's/^ *a day/ten services, without protection: a day/p'

# seconds COMMAND...: what it takes, from beginning to end, and of the processors; other programs that run at the time show in the first alone.
seconds() {
	{ bash -c 'time -p "$@" >/dev/null 2>&1' - "$@"; } 2>&1 |
		awk '/^real/ { real = $2 } /^user|^sys/ { used += $2 } END { printf "%.2f s, %.2f s of a processor\n", real, used }'
}

echo "ms test of the template, first	$(seconds "$ms" -C "$work/hello" test)"
echo "ms test of the template, again	$(seconds "$ms" -C "$work/hello" test)"
echo "its test program, three tests	$(seconds "$work/hello/out/test/test_greeting")"
cp -r examples/06-unit-tests "$work/orders"
"$ms" -C "$work/orders" test >/dev/null 2>&1
echo "1000 orders of one test	$(seconds "$ms" -C "$work/orders" test --schedules 1000 --filter money)"
echo "300 tests, each a process	$(seconds "$ms" -C "$work/orders" test --repeat 100)"

# many COUNT: a program of so many tests.
cp -r templates/hello "$work/many"
many() {
	awk -v count="$1" 'BEGIN {
		print "#include <setjmp.h>\n#include <stdarg.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <cmocka.h>\n#include \"greeting.h\""
		print "static void greets(void **s)\n{\n\tchar b[20];\n\n\t(void)s;\n\tassert_int_equal(greeting_write(b, sizeof(b), \"Ada\"), 10);\n}"
		print "int main(void)\n{\n\tstatic const struct CMUnitTest tests[] = {"
		for (i = 0; i < count; i++)
			printf "\t\t{ \"greets_%d\", greets, NULL, NULL, NULL },\n", i
		print "\t};\n\n\treturn cmocka_run_group_tests(tests, NULL, NULL);\n}"
	}' >"$work/many/tests/test_greeting.c"
}

# A thousand, each of which is a process.
many 1000
for how in "--jobs 1" "--jobs 2" "--no-sanitize --jobs 1" "--no-sanitize --jobs 2"; do
	# shellcheck disable=SC2086 # options are words
	"$ms" -C "$work/many" test $how >/dev/null 2>&1
	# shellcheck disable=SC2086
	echo "1000 tests, $how	$(seconds "$ms" -C "$work/many" test $how)"
done

# Likewise, but one after the other in one process: what the processor has to do for 100,000, by its own clock.
many 100000
for how in "--in-process" "--no-sanitize --in-process"; do
	# shellcheck disable=SC2086
	"$ms" -C "$work/many" test $how >/dev/null 2>&1
	# shellcheck disable=SC2086
	{ bash -c 'time -p "$@"' - "$ms" -C "$work/many" test $how >/dev/null; } 2>&1 |
		awk -v how="$how" '/user|sys/ { sum += $2 } END { printf "100000 tests, %s\t%.2f s of a processor\n", how, sum }'
done

# What fails in turn: sites of one test, and power cuts of another (605 operations of flash).
for how in "" --no-sanitize; do
	rm -rf "$work/client" "$work/server" "$work/cuts"
	cp -r examples/04-two-services/client examples/04-two-services/server "$work"
	cp -r examples/07-power-cut "$work/cuts"
	# shellcheck disable=SC2086 # an option or none
	"$ms" -C "$work/client" test $how --list >/dev/null 2>&1
	# shellcheck disable=SC2086
	"$ms" -C "$work/cuts" test $how --list >/dev/null 2>&1
	# shellcheck disable=SC2086
	echo "18 fault runs $how	$(seconds "$ms" -C "$work/client" test $how --faults --jobs 1 --filter believes)"
	# shellcheck disable=SC2086
	echo "3025 power cuts $how	$(seconds "$ms" -C "$work/cuts" test $how --power-cuts --jobs 1 --filter it_counts)"
done
