#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Show the main job on real input, with what was staged: install.sh --demo ends
# with this, from the top of the tree.  It works in out/demo, with keys of its own.
set -eu
top=$PWD
demo=$top/out/demo
PATH=$top/out/stage/bin:$PATH
MS_HOME=$demo/home
NO_COLOR=1
export PATH MS_HOME NO_COLOR
unset MS_SDK MS_STORE

rm -rf "$demo"
mkdir -p "$demo"
cp -R examples/02-crash "$demo/crash"
find "$demo/crash" -name out -type d -prune -exec rm -rf {} +
cd "$demo"
ms -q key new developer
ms -q key new integrator

# Whatever happens: the store does not outlive the demonstration.
store=
close_store() {
	[ -n "$store" ] || return 0
	kill "$store" 2>/dev/null || :
	wait "$store" || :
	store=
}
trap close_store EXIT

# A store of its own in the background, until it says that it is ready.
open_store() {
	printf '$ %-50s # %s\n' "ms store serve --dir store --listen 127.0.0.1:0 &" "a store: nothing to set up"
	ms store serve --dir "$demo/store" --listen 127.0.0.1:0 >"$demo/store.log" 2>&1 &
	store=$!
	until grep -q '^ready: ' "$demo/store.log"; do
		kill -0 "$store" 2>/dev/null || { cat "$demo/store.log"; exit 1; }
		sleep 0.1
	done
	grep '^ready: ' "$demo/store.log"
	MS_STORE=$(sed -n 's/^ready: //p' "$demo/store.log")
	export MS_STORE
}

# Lines as they come, but for the last: it waits for the time since `start`.
with_time() {
	last=
	while IFS= read -r line; do
		[ -z "$last" ] || printf '%s\n' "$last"
		last=$line
	done
	tenths=$((($(date +%s%N) - start) / 100000000))
	if [ ${#last} -gt 88 ]; then
		printf '%s\n' "$last"
		last=
	fi
	printf '%-88s  [%d.%d s]\n' "$last" "$((tenths / 10))" "$((tenths % 10))"
}

# show STATUS WHAT COMMAND: run it as typed; it must end with that status.
show() {
	printf '$ %-50s # %s\n' "$3" "$2"
	start=$(date +%s%N)
	{
		got=0
		sh -c "$3" 2>&1 || got=$?
		echo "$got" >"$demo/status"
	} | with_time
	got=$(cat "$demo/status")
	[ "$got" -eq "$1" ] || { echo "demo: that ended with status $got, not $1"; exit 1; }
}

show 0 "a service of your own" "ms -q new hello >/dev/null; ls -C hello"
cd hello
show 0 "compile, link, check, sign" "ms build"
show 0 "its tests, on this computer" "ms test"
show 0 "isolated on an emulated Cortex-M4" "ms run"
cd ../crash
show 0 "one service falls; its neighbour counts on" "ms run --fast --until 'run 3'"
cd ../hello
show 0 "what others get" "ms package -o hello.msp"
show 0 "what others check" "ms verify hello.msp"

# The lowest bit of one byte of the last executable.
flip() {
	at=$(($(LC_ALL=C grep -abo "$(printf '\177ELF')" "$1" | tail -n 1 | cut -d : -f 1) + 4096))
	byte=$(od -An -tu1 -j "$at" -N 1 "$1")
	# shellcheck disable=SC2059 # the format is the byte
	printf "\\$(printf %o "$((byte ^ 1))")" | dd of="$1" bs=1 seek="$at" conv=notrunc status=none
}
cp hello.msp bad.msp
flip bad.msp
show 7 "one bit flipped: refused, status 7" "ms -q verify bad.msp >/dev/null"


open_store
show 0 "in a store, for all" "ms -q publish --claim hello.msp | tail -n 1"
ms -q key export >"$demo/developer.pem"
sed -n 's/^key of its log: //p' "$demo/store.log" >"$demo/log.key"
# Somebody else, who has been told two keys: the store's and the developer's.
export MS_HOME="$demo/theirs"
ms -q key trust --store "$(cat "$demo/log.key")" 2>/dev/null
mkdir "$demo/door"
cd "$demo/door"
ms -q product init --board mps2-an386 --vendor acme.example
show 0 "elsewhere: what is there for a product?" "ms search --fits ."
show 0 "into the product, checked first" "ms add example.org/hello --trust ../developer.pem"
close_store
show 0 "with the store stopped" "ms verify packages/*.msp --key trust/*.pem | tail -n 1"

cat <<-'END'
	Next:  ./install.sh                        install ms and the SDK into ~/.local
	       ms new NAME && cd NAME && ms run    a service of your own, running
	       ms help                             what else there is
END
