#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A product that changes: another version, a right taken back, a service gone; what a reviewer is told of it.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/e2e/product.sh

# Another version of the client, 1.1.0, which no longer asks for `checksum`, but for `counter` and a device.
newer() {
	cd "$scratch/shelf"
	cp -R client newer
	sed -i 's/^version: .*/version: 1.1.0/; /name: checksum/d; s/^requests:/&\n  devices: [ { name: uart1, interrupts: 2 } ]/' newer/ms.yaml
	cat >newer/src/main.c <<-'END'
	#include <SysCall.h>

	int main(void)
	{
		LOG_INFO("another client");
		return 0;
	}
	END
	rm -f newer/src/[!m]*.c
	as client ms -q package newer -o newer.msp >>log 2>&1
	as other ms -q package newer -o stolen-newer.msp >>log 2>&1
	cd "$top"
}

a_right_is_taken_back_and_denied_by_name() {
	both
	sed -i 's/^name: door/name: door  # ours/; s/\(grants: .*\)/\1  # for the sum/' product.yaml
	unchanged 8 ms product deny client counter
	says "$here/out" "'client' is granted 'counter' [MS1720]"
	says "$here/out" "ms product revoke client counter"
	unchanged 8 ms product revoke client conter
	says "$here/out" "'client' is not granted 'conter'"
	ms product revoke client counter >"$here/out"
	says "$here/out" "client no longer has counter"
	says product.yaml "# ours"
	says product.yaml "# for the sum"
	fails 7 ms product check
	says "$here/out" "'client' asks for interface 'counter': neither granted nor denied"
	unchanged 8 ms product deny client conter
	says "$here/out" "did you mean 'counter'?"
	ms product deny client counter >"$here/out"
	says "$here/out" "client may not call counter"
	ms -q product check --locked >"$here/out"
	unchanged 8 ms product revoke client counter
	says "$here/out" "'client' is denied 'counter'"
	ms product deny client counter 2>"$here/err"
	says "$here/err" "nothing new"
	unchanged 2 ms product deny nobody counter
}

a_service_goes_with_its_grants_alone() {
	both
	cp product.yaml "$here/both.yaml"
	ms -q product add "$shelf/other.msp" --trust "$shelf/other.pem" >"$here/out" 2>&1 && return 1
	unchanged 2 ms product remove clint
	says "$here/out" "did you mean 'client'?"
	ms product remove client >"$here/out"
	same "$(cat product.yaml)" "$(sed '/client/d; /grants:/d' "$here/both.yaml")"
	lacks product.lock client
	ms -q product check --locked >"$here/out"
	ms -q product add "$shelf/client.msp" >"$here/out"
	ms -q product grant client --all >"$here/out"
	same "$(cat product.yaml)" "$(cat "$here/both.yaml")"
	ms -q product remove server >"$here/out"
	fails 8 ms product check
	ms -q product remove client >"$here/out"
	says product.yaml 'services: []'
}

another_version_keeps_what_is_granted() {
	both
	unchanged 7 ms product update "$shelf/stolen-newer.msp"
	unchanged 2 ms product update "$shelf/server.msp" extra
	sed -i 's/\(.*grants.*\)/    # Ask Ada.\n\1/' product.yaml
	ms product update "$shelf/newer.msp" >"$here/out"
	says "$here/out" "beta.example/client 1.1.0 in place of 1.0.0: signed by key"
	says "$here/out" "no longer asked for, and no longer decided: checksum"
	says "$here/out" "to be decided: ms product grant client uart1 (or deny)"
	says product.yaml "    # Ask Ada."
	says product.yaml "grants: { ipc: [ counter ] }"
	says product.yaml "packages/beta.example-client-1.1.0.msp"
	says product.lock "package beta.example/client 1.1.0"
	lacks product.lock "client 1.0.0"
	fails 7 ms product check
	says "$here/out" "'client' asks for device 'uart1': neither granted nor denied"
	ms -q product deny client uart1 >"$here/out"
	ms -q product check --locked >"$here/out"
	unchanged 7 ms product update "$shelf/client.msp"
	says "$here/out" "beta.example/client 1.0.0 is not higher than 1.1.0, which the product has [MS1738]"
	ms product update "$shelf/client.msp" --downgrade >"$here/out"
	says "$here/out" "no longer asked for, and no longer decided: uart1"
	says "$here/out" "to be decided: ms product grant client checksum"
	ms -q product remove client >"$here/out"
	unchanged 2 ms product update "$shelf/newer.msp"
	says "$here/out" "the product has no beta.example/client to update"
}

gains_come_first() {
	both
	ms -q product build >"$here/out"
	ms product diff . out/product >"$here/out"
	same "$(cat "$here/out")" ""
	cp -R out/product "$here/old"
	ms -q product update "$shelf/newer.msp" >"$here/out"
	ms -q product grant client uart1 >"$here/out"
	printf '    priority: 12\n    reason: it must answer\n' >>product.yaml
	ms -q product build >"$here/out"
	fails 1 ms product diff "$here/old" .
	cp "$here/out" "$here/diff"
	says "$here/diff" "+ client: device uart1, not asked for -> granted"
	says "$here/diff" "+ client: priority, 8 -> 12"
	says "$here/diff" "- client: interface checksum of server, granted -> not asked for"
	says "$here/diff" "~ client: version, 1.0.0 -> 1.1.0"
	same "$(cut -c1 "$here/diff" | uniq | tr -d '\n')" "+-~"
	fails 1 ms product diff . "$here/old"
	says "$here/out" "- client: device uart1, granted -> not asked for"
	as stranger ms -q key new integrator
	as stranger ms -q product build >"$here/out"
	fails 1 ms product diff "$here/old" .
	says "$here/out" "+ product: integrator's key, "
	fails 1 ms product diff "$here/old" "$here"
	says "$here/out" "ms product build"
	echo '[]' >"$here/evidence.json"
	fails 7 ms product diff "$here/old" "$here"
}

a_service_is_explained_with_the_lines_that_grant() {
	both
	ms -q product revoke client checksum >"$here/out"
	ms -q product deny client checksum >"$here/out"
	printf '    priority: 12\n    reason: it must answer\n' >>product.yaml
	ms product explain client >"$here/out"
	says "$here/out" "client  beta.example 1.0.0, signed by key"
	says "$here/out" "may call counter of server"
	line=$(grep -n 'grants:' product.yaml)
	says "$here/out" "granted in product.yaml:${line%%:*}"
	says "$here/out" "may not call checksum of server"
	line=$(grep -n 'denies:' product.yaml)
	says "$here/out" "denied in product.yaml:${line%%:*}"
	says "$here/out" "priority: 12 in place of 8, raised, product.yaml:"
	says "$here/out" "reason: it must answer"
	at=$(sed -n 's/.*RAM \(0x[0-9a-f]*\),.*/\1/p' "$here/out")
	ms product layout >"$here/layout"
	says "$here/layout" "  $at "
	fails 2 ms product explain clint
}

# tried COMMAND...: it says what it would do, and does nothing.
tried() {
	find . -path ./out -prune -o -type f -print | sort | xargs sha256sum >"$here/before"
	ms product "$@" --dry-run >"$here/out" 2>"$here/err"
	says "$here/err" "nothing was changed: --dry-run"
	find . -path ./out -prune -o -type f -print | sort | xargs sha256sum >"$here/after"
	diff "$here/before" "$here/after"
	cp "$here/out" "$here/tried"
}

# tried_then COMMAND...: and then it does what it has said.
tried_then() {
	tried "$@"
	ms product "$@" >"$here/out" 2>"$here/err"
	same "$(cat "$here/out")" "$(cat "$here/tried")"
	find . -path ./out -prune -o -type f -print | sort | xargs sha256sum >"$here/after"
	! diff "$here/before" "$here/after" >"$here/diff" || { echo "this has changed nothing: $*"; return 1; }
}

what_is_only_tried_is_said_and_changes_nothing() {
	mkdir "$here/door"
	cd "$here/door"
	tried_then init --vendor acme.example
	tried_then add "$shelf/server.msp" --trust "$shelf/server.pem"
	tried_then add "$shelf/client.msp" --trust "$shelf/client.pem"
	tried_then grant client --all
	tried_then revoke client checksum
	tried_then deny client checksum
	tried_then update "$shelf/newer.msp"
	as client ms -q key revoke developer --reason 'the test ends' -o "$here/client.revocation"
	tried_then add "$here/client.revocation"
	tried_then remove client
	ms product remove server --dry-run --json >"$here/out"
	says "$here/out" '"ok":true,"exit":0,"error":null,"dry_run":true}'
}

what_would_be_refused_is_refused_when_it_is_tried() {
	both
	unchanged 7 ms product add "$shelf/stolen.msp" --dry-run
	unchanged 3 ms product add "$shelf/server.msp" --dry-run
	unchanged 8 ms product grant client nothing --dry-run
	unchanged 7 ms product update "$shelf/stolen-newer.msp" --dry-run
	unchanged 2 ms product remove nobody --dry-run
	unchanged 1 ms product init --dry-run
	says "$here/out" "'product.yaml' is there already [MS2104]"
	unchanged 1 ms -C "$shelf/client" product init --dry-run
	says "$here/out" "holds a service, and a product has a folder of its own"
}

shelf
newer
run what_is_only_tried_is_said_and_changes_nothing what_would_be_refused_is_refused_when_it_is_tried \
	a_right_is_taken_back_and_denied_by_name a_service_goes_with_its_grants_alone another_version_keeps_what_is_granted gains_come_first \
	a_service_is_explained_with_the_lines_that_grant
