# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced after tests/rig/rig.sh: rounds in which agent, client or link is killed at a random moment of a run on a board that
# notices when it is driven twice.  Which and when follows from a seed.

fakes=${FAKES:-$top/out/check/tests/fakes}	# the board's and the line's programs
lease_sec=1
link=

msec() {
	echo $(($(date +%s%N) / 1000000))
}

# A rig with one such board, by HTTPS behind a line that can be cut and by its socket; its owner is Ann.
kill_begin() {
	ms rig token ann --json >"$here/token"
	cat >"$here/rig.yaml" <<-END
	listen: 127.0.0.1:0
	lease: $lease_sec s
	users: [ { name: ann, token: '$(sed 's/.*"hash":"\([^"]*\)".*/\1/' "$here/token")' } ]
	boards: [ { name: wit, board: mps2-an386, way: command, command: [ $fakes/witness, $here ] } ]
	END
	printf '%3000s' '' >"$here/device.bin"	# bytes at random may begin as a file of another kind does
	: >"$here/log"
	serve --config "$here/rig.yaml"
	pin=$(sed -n 's/.*whose pin is //p' "$here/agent" | tail -n 1)
}

# The agent's port is another after each start; the line leads there.  draw_link BYTES [silent]: cut, or silent, after so many from the agent; -1: never.
draw_link() {
	drop_link
	rm -f "$here/port"
	"$fakes/linkcut" "$here/port" "$(sed -n 's/.*https:.*:\([0-9]*\), whose.*/\1/p' "$here/agent" | tail -n 1)" "$@" &
	link=$!
	while [ ! -s "$here/port" ]; do
		! gone "$link" || { echo "there is no line to the agent: $fakes/linkcut has ended"; return 1; }
		sleep 0.02
	done
	mkdir -p "$MS_HOME/config/rigs"
	rm -f "$MS_HOME/config/rigs/far"
	(umask 077 && printf "url: 'https://127.0.0.1:%s'\npin: '%s'\ntoken: '%s'\n" "$(cat "$here/port")" "$pin" \
		"$(sed 's/.*"token":"\([^"]*\)".*/\1/' "$here/token")" >"$MS_HOME/config/rigs/far")
}

drop_link() {
	[ -z "${link:-}" ] || { kill "$link" 2>/dev/null || true; wait "$link" 2>/dev/null || true; }
	link=
}

agent_anew() {
	wait "$agent" 2>/dev/null || true
	serve --config "$here/rig.yaml"
}

# children PID: what it has started.
children() {
	cat "/proc/$1/task/$1/children" 2>/dev/null || true
}

# strike KIND CLIENT: kill it.
strike() {
	case $1 in
	agent) kill -9 "$agent" ;;
	client) kill -9 "$2" 2>/dev/null || true ;;
	host)	# of the client: it and all that speaks for it, at once
		# shellcheck disable=SC2046 # numbers are words
		kill -9 $(children "$2") "$2" 2>/dev/null || true ;;
	link) kill -9 "$link" ;;
	esac
}

# driven COUNT CLIENT: wait until so many runs have reached the board, or the client has ended without.
driven() {
	while [ "$(grep -c begin "$here/log")" -lt "$1" ] && ! gone "$2"; do
		sleep 0.02
	done
}

# round KIND MSEC WHEN: one run, of which that is killed so long after its start, or, "driven", after the board began to be driven.  What came is added to $here/rounds: KIND STATUS MSEC-UNTIL-FREE.
round() {
	draw_link -1
	runs=$(grep -c begin "$here/log" || true)
	ms -q flash "$here/device.bin" --on rig:far/wit >"$here/said" 2>&1 &
	client=$!
	[ "$3" = start ] || driven $((runs + 1)) "$client"
	sleep "$(awk -v msec="$2" 'BEGIN { printf "%.3f", msec / 1000 }')"
	strike "$1" "$client"
	struck=$(msec)
	[ "$1" != agent ] || agent_anew
	until free; do
		[ $(($(msec) - struck)) -lt 120000 ] || { echo "LOST $1 $2" >>"$here/rounds"; return 1; }
		sleep 0.02
	done
	took=$(($(msec) - struck))
	got=0
	wait "$client" 2>/dev/null || got=$?
	echo "$1 $got $took" >>"$here/rounds"
	case $got in
	0 | 137) ;;
	9) says "$here/said" '  fix: ' ;;
	*) cat "$here/said"; return 1 ;;
	esac
}

# kill_rounds COUNT SEED
kill_rounds() {
	awk -v count="$1" -v seed="$2" 'BEGIN { srand(seed); split("agent client host link", kinds); for (i = 0; i < count; i++) { driven = rand() < 0.7; print kinds[1 + int(4 * rand())], int((driven ? 400 : 1500) * rand()), driven ? "driven" : "start" } }' >"$here/plan"
	kill_begin
	while read -r kind at when; do
		round "$kind" "$at" "$when" </dev/null || return 1
	done <"$here/plan"
	drop_link
	end_agent
}
