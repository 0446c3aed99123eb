#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `ms product`: a product from packages of others, of whom nothing is believed and to whom nothing is given unasked.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh

# as NAME COMMAND...: by another person, with keys of their own.
as() {
	who=$1
	shift
	MS_HOME=$scratch/people/$who "$@"
}

# parcel NAME VENDOR PROJECT: its package as NAME.msp, signed by NAME's own key, and that key as NAME.pem; made once for all tests.
parcel() {
	cp -R "$top/examples/04-two-services/$3" "$1"
	sed -i "s/^vendor: .*/vendor: $2/" "$1/ms.yaml"
	as "$1" ms -q package "$1" -o "$1.msp" >>log 2>&1
	as "$1" ms key export >"$1.pem"
}

shelf() {
	shelf=$scratch/shelf
	mkdir "$shelf"
	cd "$shelf"
	parcel server alpha.example server
	parcel client beta.example client
	parcel other beta.example client
	parcel twin a1pha.example client
	as client ms -q package server -o stolen.msp >>log 2>&1
	cd "$top"
}

# An empty product in $here/p.
product() {
	mkdir "$here/p"
	cd "$here/p"
	ms -q product init --name door --vendor acme.example
}

# unchanged COMMAND...: it fails with that status, and no file but those in out/ is another than before.
unchanged() {
	find . -path ./out -prune -o -type f -print | sort | xargs sha256sum >"$here/before"
	fails "$@"
	find . -path ./out -prune -o -type f -print | sort | xargs sha256sum >"$here/after"
	diff "$here/before" "$here/after"
}

from_nothing_to_a_product_that_runs() {
	mkdir "$here/door"
	cd "$here/door"
	ms product init --board mps2-an386 --vendor acme.example 2>"$here/err"
	ms product add "$shelf/server.msp" --trust "$shelf/server.pem" >"$here/out"
	says "$here/out" "alpha.example/server 1.0.0: signed by key"
	ms product add "$shelf/client.msp" --trust "$shelf/client.pem" >"$here/out"
	ms product grant client server >"$here/out"
	same "$(cat "$here/out")" "$(printf 'client may call counter of server\nclient may call checksum of server')"
	ms product check >"$here/out"
	says "$here/out" "door 0.1.0: good for mps2-an386, 2 services"
	timeout 60 ms run --fast --timeout 30 --until 'the sum is 40' >"$here/out"
}

nothing_is_granted_by_silence() {
	product
	ms -q product add "$shelf/server.msp" --trust "$shelf/server.pem" >"$here/out"
	ms -q product add "$shelf/client.msp" --trust "$shelf/client.pem" >"$here/out"
	fails 7 ms product check
	says "$here/out" "'client' asks for interface 'counter', interface 'checksum': neither granted nor denied [MS1719]"
	says "$here/out" "fix: ms product grant client counter checksum"
	ms -q product grant client counter >"$here/out"
	fails 7 ms product check
	says "$here/out" "'client' asks for interface 'checksum': neither granted nor denied"
	cp product.yaml granted
	echo '    denies: [ checksum ]' >>product.yaml
	ms -q product check >"$here/out"
	unchanged 8 ms product grant client checksum
	says "$here/out" "'client' is denied 'checksum' [MS1720]"
	sed 's/denies: \[ checksum \]/denies: [ counter ]/' product.yaml >"$here/both"
	cp "$here/both" product.yaml
	fails 8 ms product check
	says "$here/out" "'client' is both granted and denied 'counter' [MS1720]"
	sed 's/denies: \[ counter \]/denies: [ checksun ]/' "$here/both" >product.yaml
	fails 8 ms product check
	says "$here/out" "did you mean 'checksum'?"
	cp granted product.yaml
	unchanged 8 ms product grant client conter
	says "$here/out" "did you mean 'counter'?"
	unchanged 2 ms product grant clint counter
	says "$here/out" "did you mean 'client'?"
}

a_key_signs_for_its_vendor_alone() {
	product
	unchanged 7 ms product add "$shelf/server.msp"
	says "$here/out" "no key that signed it is trusted here"
	says "$here/out" "--trust KEY"
	unchanged 7 ms product add "$shelf/server.msp" --trust "$shelf/client.pem"
	ms -q product add "$shelf/client.msp" --trust "$shelf/client.pem" >"$here/out"
	unchanged 7 ms product add "$shelf/stolen.msp" --trust "$shelf/client.pem"
	says "$here/out" "may sign for 'beta.example', not for 'alpha.example' [MS1508]"
	unchanged 7 ms product add "$shelf/stolen.msp"
	unchanged 7 ms product add "$shelf/server.msp" --trust "$shelf/server.pem" --vendor gamma.example
	says "$here/out" "the package is of 'alpha.example'"
	# Whom this person believes otherwise may bring a vendor in, but not a second key for one.
	ms -q key trust "$shelf/server.pem" --vendor alpha.example
	ms -q product add "$shelf/server.msp" >"$here/out"
	same "$(find trust -name '*.pem' | wc -l)" 2
	ms -q key trust "$shelf/other.pem" --vendor beta.example
	sed -i '/client/d' product.yaml
	ms -q lock >"$here/out"
	unchanged 7 ms product add "$shelf/other.msp"
	says "$here/out" "the product trusts the key"
	ms -q product add "$shelf/other.msp" --trust "$shelf/other.pem" >"$here/out"
}

a_name_that_looks_like_another_is_refused() {
	product
	ms -q product add "$shelf/server.msp" --trust "$shelf/server.pem" >"$here/out"
	unchanged 7 ms product add "$shelf/twin.msp" --trust "$shelf/twin.pem"
	says "$here/out" "the package's vendor 'a1pha.example' looks like 'alpha.example' [MS1721]"
	says "$here/out" "--vendor a1pha.example"
	ms -q product add "$shelf/twin.msp" --trust "$shelf/twin.pem" --vendor a1pha.example >"$here/out"
	mkdir own
	cd own
	ms -q product init --vendor a1pha.exampie
	unchanged 7 ms product add "$shelf/twin.msp" --trust "$shelf/twin.pem"
	says "$here/out" "looks like 'a1pha.exampie'"
}

# Whoever uses the product later believes what it believes, whatever keys they have themselves.
a_product_takes_its_trust_along() {
	product
	ms -q product add "$shelf/server.msp" --trust "$shelf/server.pem" >"$here/out"
	as stranger ms -q product check >"$here/out"
	rm trust/*.pem
	as server ms -q verify packages/*.msp >"$here/out"
	fails 7 as server ms product check
	says "$here/out" "no key that signed it is trusted here"
}

the_lock_holds_packages_and_runtime() {
	product
	ms -q product add "$shelf/server.msp" --trust "$shelf/server.pem" >"$here/out"
	hash=$(sha256sum <"$shelf/server.msp")
	says product.lock "package alpha.example/server 1.0.0 ${hash%% *} alpha.example-server-1.0.0.msp"
	says product.lock "runtime board/mps2-an386 "
	ms -q product check --locked >"$here/out"
	SOURCE_DATE_EPOCH=5 as server ms -q package "$shelf/server" -o packages/alpha.example-server-1.0.0.msp >"$here/out" 2>&1
	unchanged 11 ms product check
	says "$here/out" "locked is 1.0.0 ${hash%% *}"
	unchanged 11 ms product add "$shelf/client.msp" --trust "$shelf/client.pem"
	cp "$shelf/server.msp" packages/alpha.example-server-1.0.0.msp
	rm product.lock
	ms -q product check >"$here/out"
	unchanged 11 ms product check --locked
}

a_package_may_stay_where_it_is() {
	product
	cp "$shelf/server.msp" here.msp
	ms -q product add --in-place here.msp --trust "$shelf/server.pem" >"$here/out"
	says product.yaml "- package: here.msp"
	ms -q product add --in-place "$shelf/client.msp" --trust "$shelf/client.pem" >"$here/out"
	says product.yaml "- package: $shelf/client.msp"
	[ ! -e packages ]
	ms -q product grant client --all >"$here/out"
	ms -q product check --locked >"$here/out"
	unchanged 3 ms product add here.msp
	says "$here/out" "the product has alpha.example/server 1.0.0 already [MS1723]"
}

what_a_person_wrote_stays() {
	product
	cat >product.yaml <<-'END'
	# Our door.
	name: door
	vendor: acme.example   # that is us
	board: mps2-an386
	services:
	  # The one that counts.
	  - package: server.msp
	    priority: 4          # it has time

	# The end.
	END
	cp "$shelf/server.msp" server.msp
	mkdir trust
	as server ms -q key trust "$shelf/server.pem" --vendor alpha.example
	cp "$scratch/people/server/config/trust/"*.pem trust
	ms -q product add "$shelf/client.msp" --trust "$shelf/client.pem" >"$here/out"
	ms -q product grant client counter >"$here/out"
	sed '/beta.example/d; /grants/d' product.yaml >"$here/rest"
	cat >"$here/want" <<-'END'
	# Our door.
	name: door
	vendor: acme.example   # that is us
	board: mps2-an386
	services:
	  # The one that counts.
	  - package: server.msp
	    priority: 4          # it has time

	# The end.
	END
	diff "$here/want" "$here/rest"
}

what_is_raised_needs_a_reason() {
	product
	ms -q product add "$shelf/server.msp" --trust "$shelf/server.pem" >"$here/out"
	cp product.yaml plain
	for line in 'priority: 9' 'ceiling: 17' 'quantum: 20 ms' 'restart: reboot' 'restart-limit: 0' 'restart-limit: 6' 'backoff: 99 ms'; do
		{ cat plain; echo "    $line"; } >product.yaml
		fails 7 ms product check
		says "$here/out" "'${line%%:*}' is"
		says "$here/out" "and no reason is given [MS1725]"
		echo '    reason: it counts for all' >>product.yaml
		ms -q product check >"$here/out"
	done
	for line in 'priority: 1' 'ceiling: 8' 'quantum: 1 ms' 'restart: never' 'restart-limit: 1' 'backoff: 1 s'; do
		{ cat plain; echo "    $line"; } >product.yaml
		ms -q product check >"$here/out"
	done
}

# Each of many at once is there in the end, and the lock fits.
two_at_once_lose_nothing() {
	product
	ms -q product add "$shelf/server.msp" --trust "$shelf/server.pem" >"$here/out" 2>&1 &
	one=$!
	ms -q product add "$shelf/client.msp" --trust "$shelf/client.pem" >"$here/out2" 2>&1 &
	two=$!
	wait "$one"
	wait "$two"
	same "$(grep -c 'package:' product.yaml)" 2
	same "$(grep -c '^package ' product.lock)" 2
	ms -q product grant client --all >"$here/out"
	ms -q product check --locked >"$here/out"
}

shelf
run from_nothing_to_a_product_that_runs nothing_is_granted_by_silence a_key_signs_for_its_vendor_alone a_name_that_looks_like_another_is_refused \
	a_product_takes_its_trust_along the_lock_holds_packages_and_runtime a_package_may_stay_where_it_is what_a_person_wrote_stays \
	what_is_raised_needs_a_reason two_at_once_lose_nothing
