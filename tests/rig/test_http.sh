# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2119 # options of serve may be left out
# Requests as no client of ours sends them: each has its answer, the agent lives on, and nobody gets what is not theirs.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/rig/rig.sh
. tests/base/net/problems.sh

rawtalk=$top/out/check/tests/fakes/rawtalk

# asks STATUS TITLE REQUEST: what the agent answers, and what to do where that is a problem; \r\n are written so.
asks() {
	# shellcheck disable=SC2059 # the request is a format
	printf "$3" | "$rawtalk" "$here/s" >"$here/answer"
	grep -q "^HTTP/1.1 $1 " "$here/answer" || { echo "not $1: $3"; cat "$here/answer"; return 1; }
	[ -z "$2" ] || { says "$here/answer" "\"title\":\"$2\"" && says "$here/answer" '"fix":"'; }
}

# "identity" is a coding.
each_title_in_the_code_has_its_row_and_each_row_a_title() {
	have_rows rig 20 identity
}

alive() {
	asks 200 '' 'GET /livez HTTP/1.1\r\nHost: rig\r\n\r\n'
	says "$here/answer" alive
}

what_is_not_there_is_said() {
	serve --board mps2-an386
	asks 404 no-such-path 'GET / HTTP/1.1\r\nHost: rig\r\n\r\n'
	asks 404 no-such-path 'GET /rig/v1/boards/../x HTTP/1.1\r\nHost: rig\r\n\r\n'
	asks 404 no-such-path 'GET /rig/v1/boards/%%2e%%2e/log HTTP/1.1\r\nHost: rig\r\n\r\n'
	asks 404 no-such-board 'POST /rig/v1/boards/nobody/lease HTTP/1.1\r\nHost: rig\r\nContent-Length: 2\r\n\r\n{}'
	asks 405 no-such-method 'DELETE /rig/v1/boards HTTP/1.1\r\nHost: rig\r\n\r\n'
	alive
}

a_body_that_is_no_order_is_refused() {
	serve --board mps2-an386
	for body in '' '[]' 'null' '{' '{"ticket":"x"}' '{"ticket":1,"ticket":2}'; do
		asks 400 not-understood "POST /rig/v1/boards/mps2-an386/lease HTTP/1.1\r\nHost: rig\r\nContent-Length: ${#body}\r\n\r\n$body"
	done
	asks 413 too-large 'POST /rig/v1/boards/mps2-an386/lease HTTP/1.1\r\nHost: rig\r\nContent-Length: 5000\r\n\r\n'
	asks 413 too-large 'POST /rig/v1/boards/mps2-an386/lease HTTP/1.1\r\nHost: rig\r\nContent-Length: 99999999999\r\n\r\n'
	{ printf 'POST /rig/v1/boards/mps2-an386/lease HTTP/1.1\r\nHost: rig\r\nTransfer-Encoding: chunked\r\n\r\n2000\r\n'; head -c 8192 /dev/zero; printf '\r\n0\r\n\r\n'; } |
		"$rawtalk" "$here/s" >"$here/answer"
	says "$here/answer" '"title":"no-size"'
	asks 400 garbled 'POST /rig/v1/boards/mps2-an386/lease HTTP/1.1\r\nHost: rig\r\nContent-Length : 2\r\n\r\n{}'
	asks 403 from-a-page 'POST /rig/v1/boards/mps2-an386/lease HTTP/1.1\r\nHost: rig\r\nOrigin: http://rig\r\nContent-Length: 2\r\n\r\n{}'
	alive
}

nobody_acts_without_the_lease_s_number() {
	serve --board mps2-an386
	asks 400 no-epoch 'POST /rig/v1/boards/mps2-an386/run HTTP/1.1\r\nHost: rig\r\nContent-Length: 2\r\n\r\n{}'
	asks 409 lease-lost 'POST /rig/v1/boards/mps2-an386/run HTTP/1.1\r\nHost: rig\r\nRig-Epoch: 1\r\nContent-Length: 2\r\n\r\n{}'
	asks 201 '' 'POST /rig/v1/boards/mps2-an386/lease HTTP/1.1\r\nHost: rig\r\nContent-Length: 2\r\n\r\n{}'
	says "$here/answer" '"epoch":1,'
	asks 400 no-epoch 'PUT /rig/v1/boards/mps2-an386/lease HTTP/1.1\r\nHost: rig\r\nRig-Epoch: -1\r\nContent-Length: 0\r\n\r\n'
	asks 409 lease-lost 'PUT /rig/v1/boards/mps2-an386/lease HTTP/1.1\r\nHost: rig\r\nRig-Epoch: 2\r\nContent-Length: 0\r\n\r\n'
	asks 200 '' 'PUT /rig/v1/boards/mps2-an386/lease HTTP/1.1\r\nHost: rig\r\nRig-Epoch: 1\r\nContent-Length: 0\r\n\r\n'
	asks 202 '' 'POST /rig/v1/boards/mps2-an386/lease HTTP/1.1\r\nHost: rig\r\nContent-Length: 2\r\n\r\n{}'
	asks 409 no-image 'POST /rig/v1/boards/mps2-an386/run HTTP/1.1\r\nHost: rig\r\nRig-Epoch: 1\r\nContent-Length: 12\r\n\r\n{"do":"run"}'
	asks 400 not-understood 'POST /rig/v1/boards/mps2-an386/run HTTP/1.1\r\nHost: rig\r\nRig-Epoch: 1\r\nContent-Length: 13\r\n\r\n{"do":"fuse"}'
	asks 404 no-run 'GET /rig/v1/boards/mps2-an386/log HTTP/1.1\r\nHost: rig\r\nRig-Epoch: 1\r\n\r\n'
	asks 400 other-digest 'PUT /rig/v1/boards/mps2-an386/image HTTP/1.1\r\nHost: rig\r\nRig-Epoch: 1\r\nRig-Digest: 00\r\nContent-Length: 3\r\n\r\nabc'
	same "$(find "$here/state" -name '*.sent*')" ""
}

# A restarted agent gives no number again, and knows no lease of before.
a_number_of_before_is_of_no_use_afterwards() {
	serve --board mps2-an386
	asks 201 '' 'POST /rig/v1/boards/mps2-an386/lease HTTP/1.1\r\nHost: rig\r\nContent-Length: 2\r\n\r\n{}'
	kill -9 "$agent"
	wait "$agent" 2>/dev/null || true
	serve --board mps2-an386
	asks 409 lease-lost 'PUT /rig/v1/boards/mps2-an386/lease HTTP/1.1\r\nHost: rig\r\nRig-Epoch: 1\r\nContent-Length: 0\r\n\r\n'
	asks 201 '' 'POST /rig/v1/boards/mps2-an386/lease HTTP/1.1\r\nHost: rig\r\nContent-Length: 2\r\n\r\n{}'
	says "$here/answer" '"epoch":2,'
	end_agent
	echo 'x' >"$here/state/mps2-an386.epoch"
	fails 7 timeout 60 ms rig serve --board mps2-an386 --socket "$here/t" --state "$here/state"
	says "$here/out" "holds no number of a lease [MS2702]"
}

noise_ends_nothing() {
	serve --board mps2-an386
	asks 400 '' 'GET /livez HTTP/1.1\r\n\r\n'
	for _ in 1 2 3 4 5; do
		head -c 20000 /dev/urandom | "$rawtalk" "$here/s" >/dev/null || true
	done
	{ printf 'GET /livez HTTP/1.1\r\nHost: rig\r\n'; yes 'X-Long: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' | head -c 100000; } | "$rawtalk" "$here/s" >"$here/answer" || true
	lacks "$here/answer" ' 200 '
	printf 'PUT /rig/v1/boards/mps2-an386/image HTTP/1.1\r\nHost: rig\r\nContent-Length: 30\r\n\r\nabc' | "$rawtalk" "$here/s" >/dev/null
	alive
}

two_agents_do_not_share_a_folder_or_a_socket() {
	serve --board mps2-an386
	fails 1 timeout 60 ms rig serve --board mps2-an386 --socket "$here/t" --state "$here/state"
	says "$here/out" 'give this one its own: --state DIR'
	fails 1 timeout 60 ms rig serve --board mps2-an386 --socket "$here/s" --state "$here/other"
	says "$here/out" '[MS2703]'
	says "$here/out" 'end that one, or choose another path'
	lacks "$here/out" 'port 0'
	alive
	same "$(stat -c %a "$here/s")" 600
}

run each_title_in_the_code_has_its_row_and_each_row_a_title what_is_not_there_is_said a_body_that_is_no_order_is_refused nobody_acts_without_the_lease_s_number a_number_of_before_is_of_no_use_afterwards \
	noise_ends_nothing two_agents_do_not_share_a_folder_or_a_socket
