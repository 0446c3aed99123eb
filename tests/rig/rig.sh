# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced after tests/shell.sh and tests/e2e/sdk.sh by tests that have a rig.

agent=

# serve [OPTION...]: an agent with that, reached by the socket $here/s, its folder $here/state; its process is $agent.
serve() {
	ms-rig serve --socket "$here/s" --state "$here/state" -v "$@" >>"$here/agent" 2>&1 </dev/null &
	agent=$!
	trap end_agent EXIT
	soon grep -q 'reached by' "$here/agent"
	soon answers
}

answers() {
	ms -q rig list "unix:$here/s" >/dev/null 2>&1
}

end_agent() {
	[ -z "${agent:-}" ] || { kill "$agent" 2>/dev/null || true; wait "$agent" 2>/dev/null || true; }
	agent=
}

# free: all boards are.
free() {
	ms -q rig list "unix:$here/s" >"$here/list" 2>&1
	[ -s "$here/list" ] && ! grep -qv 'free$' "$here/list"
}
