#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `ms product`: a product from packages of others, of whom nothing is believed and to whom nothing is given unasked.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/e2e/product.sh

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

# A developer's next key needs nobody's word but that of the key before.
a_key_that_follows_a_trusted_one_is_taken() {
	product
	cp -R "$scratch/people/client" "$scratch/people/mover"
	cp -R "$shelf/client" .
	ms -q product add "$shelf/server.msp" --trust "$shelf/server.pem" >"$here/out"
	ms -q product add "$shelf/client.msp" --trust "$shelf/client.pem" >"$here/out"
	as mover ms -q key rotate developer -o "$here/next.rotation" >"$here/out"
	sed -i 's/1\.0\.0/1.1.0/' client/ms.yaml
	as mover ms -q package client -o new.msp >>"$here/log" 2>&1
	sed -i '/client-1.0.0/d' product.yaml
	ms -q lock >"$here/out"
	unchanged 7 ms product add new.msp
	cp -R "$scratch/people/other" "$scratch/people/stray"
	as stray ms -q key rotate developer -o "$here/other.rotation" >"$here/out"
	unchanged 7 ms product add "$here/other.rotation"
	says "$here/out" "is not among those in 'trust' [MS1507]"
	ms product add "$here/next.rotation" new.msp >"$here/out"
	says "$here/out" "as developer of beta.example"
	says "$here/out" "beta.example/client 1.1.0: signed by key"
	same "$(find trust -name '*.pem' | wc -l) $(find trust -name '*.rotation' | wc -l)" "3 1"
	ms -q product grant client --all >"$here/out"
	ms -q product check >"$here/out"
	unchanged 7 ms product add "$shelf/stolen.msp"
}

# Also what is locked: a signature has no time that could be believed.
what_a_revoked_key_has_signed_is_refused() {
	product
	cp -R "$scratch/people/client" "$scratch/people/robbed"
	ms -q product add "$shelf/server.msp" --trust "$shelf/server.pem" >"$here/out"
	ms -q product add "$shelf/client.msp" --trust "$shelf/client.pem" >"$here/out"
	ms -q product grant client --all >"$here/out"
	ms -q product build >"$here/out"
	as robbed ms -q key revoke developer --reason 'the laptop was stolen' -o "$here/it.revocation" >"$here/out"
	sed 's/stolen/stolem/' "$here/it.revocation" >"$here/forged"
	unchanged 7 ms product add "$here/forged"
	says "$here/out" "is not signed by that key, as it says [MS1513]"
	ms product add "$here/it.revocation" >"$here/out"
	says "$here/out" "the laptop was stolen"
	for verb in check build; do
		unchanged 7 ms product "$verb"
		says "$here/out" "beta.example-client-1.0.0.msp' is refused: the key"
		says "$here/out" "the laptop was stolen [MS1511]"
	done
	unchanged 7 ms product add "$shelf/client.msp" --trust "$shelf/client.pem"
	as robbed fails 7 ms verify "$shelf/client.msp"
	says "$here/out" "the laptop was stolen [MS1511]"
	as robbed fails 7 ms verify --key "$shelf/client.pem" "$shelf/client.msp"
	# For oneself, or by the integrator alone for the product.
	rm trust/*.revoked
	ms -q product check >"$here/out"
	kid=$(ms key show "$shelf/server.pem" | sed -n 's/^key *//p')
	ms key revoke "$kid" --product . --reason 'they were sold' >"$here/out"
	fails 7 ms product check
	says "$here/out" "alpha.example-server-1.0.0.msp' is refused: the key $kid was revoked on"
	rm trust/*.revoked
	ms key revoke "$shelf/server.pem" --reason 'I know better' >"$here/out"
	ms -q product check >"$here/out"
	mkdir other
	cd other
	ms -q product init --name window --vendor acme.example
	unchanged 7 ms product add "$shelf/server.msp" --trust "$shelf/server.pem"
	says "$here/out" "I know better [MS1511]"
	rm "$MS_HOME/config/trust/"*.revoked
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

a_build_is_what_runs_in_each_of_its_forms() {
	both
	ms product build >"$here/out"
	says "$here/out" "door 0.1.0 for mps2-an386: 2 services, sequence 1, signed by key"
	ms product verify >"$here/out"
	says "$here/out" "door: good, 2 services for mps2-an386"
	ms verify out/product/door.bin >"$here/out"
	timeout 60 ms run --fast --timeout 30 --until 'the sum is 40' >"$here/out"
	cmp out/run/mps2-an386.bin out/product/door.bin
	for form in "-kernel out/product/door.elf" "-device loader,file=out/product/door.hex"; do
		# shellcheck disable=SC2086 # two words
		timeout 150 qemu-system-arm -M mps2-an386 -nographic -icount shift=0 -display none -serial stdio -monitor none $form </dev/null >"$here/console" 2>&1 &
		qemu=$!
		soon grep -qa 'the sum is 40' "$here/console"
		kill "$qemu"
		wait "$qemu" || :
	done
}

the_same_product_gives_the_same_bytes() {
	both
	ms -q product build >"$here/out"
	mkdir -p "$here/else where"
	cp -R product.yaml product.lock packages trust "$here/else where"
	cp "$MS_HOME/config/keys/integrator.pem" "$here/k.pem"
	( cd "$here/else where"; umask 077; LC_ALL=de_DE.UTF-8 TZ=Asia/Tokyo USER=somebody as stranger ms -q product build --locked --key "$here/k.pem" >"$here/out" )
	diff -r out/product "$here/else where/out/product"
	ms product build >"$here/out"
	same "$(grep -c 'as before' "$here/out")" 8
	SOURCE_DATE_EPOCH=1700000000 ms -q product build >"$here/out"
	says out/product/sbom.spdx.json '"created": "2023-11-14T22:13:20Z"'
	cmp out/product/door.bin "$here/else where/out/product/door.bin"
}

the_evidence_names_what_was_asked_and_given() {
	both
	sed -i 's/checksum \] }/ ] }/; s/counter, *\]/counter ]/' product.yaml
	cat >>product.yaml <<-'END'
	    denies: [ checksum ]
	    priority: 12
	    quantum: 5 ms
	    reason: it must answer in time
	END
	ms -q product build >"$here/out"
	tr -d '\n ' <out/product/evidence.json >"$here/evidence"
	says "$here/evidence" '{"kind":"interface","name":"counter","provider":"server","decision":"granted"},{"kind":"interface","name":"checksum","provider":"server","decision":"denied"}'
	says "$here/evidence" '{"field":"priority","standard":"8","given":"12","raised":true,"reason":"itmustanswerintime"}'
	says "$here/evidence" '{"field":"quantum","standard":"10ms","given":"5ms","raised":false,"reason":null}'
	says "$here/evidence" '"cpe":"cpe:2.3:a:acme.example:door:0.1.0:*:*:*:*:*:*:*","purl":"pkg:generic/acme.example/door@0.1.0"'
	# The table, from the device image itself: its size stands at byte 12 of it, the number of its rules at byte 10.
	at=$(sed -n 's/.*"table":{"flash_address":\([0-9]*\),.*/\1/p' "$here/evidence")
	size=$(od -An -tu4 -j $((at + 12)) -N4 out/product/door.bin | tr -d ' ')
	hash=$(tail -c +$((at + 1)) out/product/door.bin | head -c "$size" | sha256sum)
	says "$here/evidence" "\"size\":$size,\"sha256\":\"${hash%% *}\",\"services\":2,\"rules\":$(od -An -tu2 -j $((at + 10)) -N2 out/product/door.bin | tr -d ' ')}"
	hash=$(sha256sum <"$shelf/client.msp")
	says "$here/evidence" "\"package_sha256\":\"${hash%% *}\""
	for file in door.bin door.hex door.elf sbom.cdx.json sbom.spdx.json; do
		hash=$(sha256sum <"out/product/$file")
		says "$here/evidence" "\"sha256\":\"${hash%% *}\""
	done
}

# Each service, its libraries and the runtime; of other targets nothing.
the_bills_list_what_is_in_it() {
	both
	ms -q product build >"$here/out"
	for what in '"pkg:generic/alpha.example/server@1.0.0"' '"pkg:generic/beta.example/client@1.0.0"' '"microservice-runtime"' '"mbedtls"' '"picolibc"' '"bom-ref": "client/library:picolibc"'; do
		says out/product/sbom.cdx.json "$what"
	done
	says out/product/sbom.cdx.json 'v7em/libms.a'
	lacks out/product/sbom.cdx.json 'v6m/libms.a'
	says out/product/sbom.spdx.json '"spdxVersion": "SPDX-2.3"'
	same "$(grep -c '"referenceType": "purl"' out/product/sbom.spdx.json)" "$(grep -c '"purl"' out/product/sbom.cdx.json)"
}

# Keys of one role; and of a developer of this product not at all.
the_table_is_signed_by_an_integrator() {
	both
	unchanged 7 ms product build --key "$scratch/people/server/config/keys/developer.pem"
	says "$here/out" "signs services of 'alpha.example' in this product, and cannot sign its table, too [MS1508]"
	ms -q key new developer
	unchanged 7 ms product build --key "$MS_HOME/config/keys/developer.pem"
	says "$here/out" "is trusted as developer, not as integrator"
	[ ! -e out/product ]
	as stranger ms -q key new integrator
	as stranger ms -q product build >"$here/out"
	fails 7 ms product verify
	says "$here/out" "not trusted as an integrator's [MS1507]"
	as stranger ms key export integrator >"$here/stranger.pem"
	ms -q product verify --key "$here/stranger.pem" >"$here/out"
}

# One bit of any file, and a file of another release.
# A key that never leaves its token signs the table; all else is bit for bit what another key's build gives.
an_integrator_signs_with_a_token() {
	module=$(find /usr/lib -name libsofthsm2.so | head -n 1)
	[ -n "$module" ] || skip "there is no SoftHSM2"
	both
	mkdir tokens
	echo "directories.tokendir = $here/p/tokens" >"$here/softhsm2.conf"
	export SOFTHSM2_CONF="$here/softhsm2.conf"
	( umask 077; echo 123456 >"$here/pin" )
	softhsm2-util --module "$module" --init-token --free --label factory --pin 123456 --so-pin 654321 >"$here/out"
	openssl ecparam -genkey -noout -name prime256v1 | openssl pkcs8 -topk8 -nocrypt >"$here/k.pem"
	softhsm2-util --module "$module" --token factory --pin 123456 --import "$here/k.pem" --label door --id 01 >"$here/out"
	uri="pkcs11:token=factory;object=door?module-path=$module&pin-source=file:$here/pin"
	ms product build --key "$uri" >"$here/out"
	fails 7 ms product verify
	ms key export "$uri" >"$here/public.pem"
	ms product verify --key "$here/public.pem" >"$here/out"
	mv out/product "$here/by-token"
	chmod 600 "$here/k.pem"
	ms -q product build --key "$here/k.pem" >"$here/out"
	ms product verify --key "$here/public.pem" >"$here/out"
	# The table's block and what hashes it: nothing else differs.
	same "$(cmp -l out/product/door.bin "$here/by-token/door.bin" | wc -l | awk '{ print ($1 > 0 && $1 <= 64) }')" 1
}

what_was_changed_is_refused_by_name() {
	both
	ms -q product build >"$here/out"
	cp -R out/product "$here/first"
	sed -i 's/^version: .*/version: 0.2.0/; s/^board/sequence: 2\nboard/' product.yaml
	ms -q product build >"$here/out"
	for file in evidence.json evidence.sig door.bin door.hex door.elf sbom.cdx.json sbom.spdx.json; do
		rm -rf "$here/other"
		cp -R out/product "$here/other"
		cp "$here/first/$file" "$here/other"
		fails 7 ms product verify "$here/other"
		says "$here/out" "[MS1726]"
		cp "out/product/$file" "$here/other"
		printf '\001' | dd of="$here/other/$file" bs=1 seek=40 conv=notrunc 2>/dev/null
		fails 7 ms product verify "$here/other"
		rm "$here/other/$file"
		fails 1 ms product verify "$here/other"
	done
	ms -q product verify >"$here/out"
}

nothing_is_built_from_what_check_refuses() {
	product
	hello "$here/hello"
	printf 'name: door\nvendor: acme.example\nservices:\n  - path: ../hello\n' >product.yaml
	fails 3 ms product build
	says "$here/out" "put that here: ms product add PACKAGE"
	ms -q product init "$here/q" --name door
	cd "$here/q"
	ms -q product add "$shelf/server.msp" --trust "$shelf/server.pem" >"$here/out"
	ms -q product add "$shelf/client.msp" --trust "$shelf/client.pem" >"$here/out"
	fails 7 ms product build
	says "$here/out" "neither granted nor denied"
	[ ! -e out/product ]
}

builds_at_once_take_turns() {
	both
	for i in 1 2 3; do
		ms -q product build >"$here/out$i" 2>&1 &
		eval "pid$i=$!"
	done
	# shellcheck disable=SC2154 # eval sets them
	wait "$pid1" && wait "$pid2" && wait "$pid3"
	ms -q product verify >"$here/out"
}


shelf
run from_nothing_to_a_product_that_runs nothing_is_granted_by_silence a_key_signs_for_its_vendor_alone a_name_that_looks_like_another_is_refused \
	a_key_that_follows_a_trusted_one_is_taken what_a_revoked_key_has_signed_is_refused \
	a_product_takes_its_trust_along the_lock_holds_packages_and_runtime a_package_may_stay_where_it_is what_a_person_wrote_stays \
	what_is_raised_needs_a_reason two_at_once_lose_nothing a_build_is_what_runs_in_each_of_its_forms the_same_product_gives_the_same_bytes \
	the_evidence_names_what_was_asked_and_given the_bills_list_what_is_in_it the_table_is_signed_by_an_integrator an_integrator_signs_with_a_token what_was_changed_is_refused_by_name \
	nothing_is_built_from_what_check_refuses builds_at_once_take_turns
