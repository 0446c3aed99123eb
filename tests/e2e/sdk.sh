# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced after tests/shell.sh by tests of whole verbs.

# ms with sanitizers (or that in $MS_BIN), the SDK as it would be installed, and a home of the test's own.
PATH=${MS_BIN:-$top/out/check}:$PATH
MS_SDK=$top/out/stage/lib/ms-sdk
MS_HOME=$scratch/home
LSAN_OPTIONS=suppressions=$top/tests/e2e/libdw.supp:print_suppressions=0
export PATH MS_SDK MS_HOME LSAN_OPTIONS
unset SOURCE_DATE_EPOCH

# lacks FILE TEXT: the text is nowhere in the file.
lacks() {
	! grep -qaF -- "$2" "$1" || { echo "said, and should not be: $2"; grep -aF -- "$2" "$1" | head -3; return 1; }
}

# gone PID: no such process, or only what its parent has not yet taken notice of.
gone() {
	! grep -qs '^State:[[:space:]]*[^Z[:space:]]' "/proc/$1/status"
}

# soon COMMAND...: it succeeds within two minutes, which a busy computer may need.
soon() {
	for _ in $(seq 1200); do
		"$@" 2>/dev/null && return 0
		sleep 0.1
	done
	echo "not within two minutes: $*"
	return 1
}

# heeds PID: it has something to do when it is to stop; before, it would just be ended.
heeds() {
	[ $((0x$(sed -n 's/^SigCgt:[[:space:]]*//p' "/proc/$1/status") >> 14 & 1)) -eq 1 ]
}

# stopped PID: end it as somebody who wants it to stop, and check that it says so.  (Ctrl-C itself does not reach the shell's jobs.)
stopped() {
	kill -TERM "$1"
	got=0
	wait "$1" || got=$?
	same "$got" 130
}

# for_anybody: ms and the SDK where another user may read them, too; the checkout may lie in a closed folder.
for_anybody() {
	mkdir "$here/anybody"
	cp "$top/out/check/ms" "$here/anybody"
	cp -R "$MS_SDK" "$here/anybody/sdk"
	chmod -R a+rX "$here/anybody"
	chmod 755 "$scratch" "$here"
	PATH=$here/anybody:$PATH
	MS_SDK=$here/anybody/sdk
}

# project FOLDER [MAIN]: a project, made without `ms new`; its src/main.c comes from standard input.
project() {
	mkdir -p "$1/src"
	cat >"$1/ms.yaml" <<-END
	name: ${2:-hello}
	vendor: example.org
	version: 1.0.0
	license: Apache-2.0
	memory: { stack: 2 KiB, heap: 1 KiB }
	END
	cat >"$1/src/main.c"
}

# A service that greets and ends.
hello() {
	project "$1" "${2:-hello}" <<-'END'
	#include <SysCall.h>

	int main(void)
	{
		LOG_INFO("Hello");
		return 0;
	}
	END
}

# A service that counts for ever.
counter() {
	project "$1" "${2:-counter}" <<-'END'
	#include <SysCall.h>
	#include <time.h>

	int main(void)
	{
		const struct timespec pause = { .tv_nsec = 100 * 1000 * 1000 };

		for (unsigned i = 1; ; i++) {
			LOG_INFO("count %u", i);
			nanosleep(&pause, 0);
		}
	}
	END
}

# A service that writes where it must not.
crasher() {
	project "$1" "${2:-crasher}" <<-'END'
	#include <SysCall.h>

	__attribute__((noinline)) static void poke(volatile int *where)
	{
		*where = 1;
	}

	int main(void)
	{
		LOG_INFO("about to fall");
		poke((int *)0x20000000);
		LOG_INFO("still here");
		return 0;
	}
	END
}
