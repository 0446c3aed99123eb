# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2119,SC2120 # options of curl in words; options of serve may be left out
# A store that is killed at each place where it could be (storefault.h), that is raced, and whose disk is full: all of a change
# or nothing, and what was answered is there.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

two_packages
cp "$(source_package "$scratch/hello" 1.0.0)" "$scratch/source.msp"
source=$(sha256sum <"$scratch/source.msp" | cut -d' ' -f1)
ms key new other >/dev/null 2>&1
cp "$one" "$scratch/other.msp"
ms -q sign "$scratch/other.msp" --key "$MS_HOME/config/keys/other.pem" >/dev/null 2>&1

# A claimed store to begin with, in $here/begun, and its token.
prepare() {
	serve
	same "$(claim example.org "$ours")" 201
	token=$(field token)
	[ -z "${1:-}" ] || same "$(ask /v1/publish $(with "$token") --data-binary "@$one")" 201
	end_shop
	mv "$here/shop" "$here/begun"
}

# each_place: serve a copy killed at place 1, 2, ... while `change` is done, then see that `holds`; until it was not killed.
# It is served with the options that are given.
each_place() {
	place=0
	killed=1
	while [ "$killed" = 1 ]; do
		place=$((place + 1))
		[ "$place" -lt 40 ]
		rm -rf "$here/shop"
		cp -R "$here/begun" "$here/shop"
		MS_STORE_FAULT=$place
		export MS_STORE_FAULT
		serve "$@"
		unset MS_STORE_FAULT
		status=000
		[ -z "$url" ] || status=$(change)
		killed=0
		grep -q '^ends here: ' "$here/served" && killed=1
		end_shop
		ms -q store check --dir "$here/shop" || { grep '^ends here' "$here/served"; return 1; }
		ms -q audit "$here/shop" >"$here/audit" 2>&1 || { cat "$here/audit"; return 1; }
		serve "$@"
		holds "$status" || { grep '^ends here' "$here/served"; echo "place $place, status $status"; return 1; }
		end_shop
	done
	[ "$place" -ge 4 ] || { echo "only $place places"; return 1; }
}

a_publish_is_all_there_or_not_at_all() {
	change() { ask /v1/publish $(with "$token") --data-binary "@$one"; }
	holds() {
		there=$(ask /v1/services/example.org/hello/1.0.0)
		case $1:$there in 201:200 | 000:200 | 000:404) ;; *) return 1 ;; esac
		# Asked again it is there, once.
		again=$(change)
		case $there:$again in 200:200 | 404:201) ;; *) return 1 ;; esac
		told 200 '' "/blobs/sha256/$(sha256sum <"$one" | cut -d' ' -f1)"
		cmp "$here/body" "$one"
	}
	prepare
	each_place
}

# Its bytes, their entry, and what the version says of it; of the version nothing changes.
a_source_is_all_there_or_not_at_all() {
	change() { ask /v1/publish $(with "$token") --data-binary "@$scratch/source.msp"; }
	holds() {
		told 200 '' /v1/services/example.org/hello/1.0.0
		same "$(field state)" live
		there=$(field source)
		case $1:$there in "201:$source" | "000:$source" | 000:null) ;; *) return 1 ;; esac
		again=$(change)
		case $there:$again in "$source:200" | null:201) ;; *) return 1 ;; esac
		told 200 '' "/blobs/sha256/$source"
		cmp "$here/body" "$scratch/source.msp"
	}
	prepare published
	each_place
}

a_yank_is_said_or_not_at_all() {
	change() { ask /v1/services/example.org/hello/1.0.0/state $(with "$token") -d '{"state":"yanked","reason":"broken"}'; }
	holds() {
		told 200 '' /v1/services/example.org/hello/1.0.0
		case $1:$(field state) in 200:yanked | 000:yanked | 000:live) ;; *) return 1 ;; esac
	}
	prepare published
	each_place
}

a_quarantine_is_said_or_not_at_all() {
	change() { ask /v1/services/example.org/hello/1.0.0/state $(with "$(cat "$here/shop/admin-token")") -d '{"state":"quarantined","reason":"malware"}'; }
	holds() {
		told 200 '' /v1/services/example.org/hello/1.0.0
		case $1:$(field state) in 200:quarantined | 000:quarantined | 000:live) ;; *) return 1 ;; esac
	}
	prepare published
	each_place
}

# The key and both versions that it signed, or none of them: one is live and one staged. The administrator looks: no token counts of who has a key that is quarantined.
a_key_s_quarantine_is_of_all_that_it_signed_or_of_nothing() {
	change() { ask /v1/admin/orders $(with "$(cat "$here/shop/admin-token")") -d "{\"order\":\"quarantine\",\"publisher\":\"example.org\",\"key\":\"$kid\",\"reason\":\"stolen\"}"; }
	holds() {
		told 200 '' /v1/keys/example.org
		now=$(field quarantined)
		for version in 1.0.0 1.1.0; do
			told 200 '' "/v1/services/example.org/hello/$version" $(with "$(cat "$here/shop/admin-token")")
			now="$now $(field state)"
		done
		case $1:$now in 200:'stolen quarantined quarantined' | 000:'stolen quarantined quarantined' | 000:'null live staged') ;; *) echo "$now"; return 1 ;; esac
	}
	prepare published
	mv "$here/begun" "$here/shop"
	serve
	told 201 '' '/v1/publish?stage=1' $(with "$token") --data-binary "@$scratch/two.msp"
	told 200 '' /v1/keys/example.org
	kid=$(field kid)
	end_shop
	mv "$here/shop" "$here/begun"
	each_place
}

# Agreed to by the second administrator: it is done, or it waits as before; what is done and waits still can be agreed to again, and is the same.
an_order_that_another_agrees_to_is_done_or_waits() {
	change() { ask "/v1/admin/orders/$id" -X POST $(with "$(cat "$here/second")"); }
	holds() {
		told 200 '' /v1/services/example.org/hello/1.0.0
		before=$(field state)
		again=$(change)
		told 200 '' /v1/services/example.org/hello/1.0.0
		case $1:$before:$again in 200:quarantined:404 | 000:quarantined:404 | 000:quarantined:200 | 000:live:200) ;; *) return 1 ;; esac
		same "$(field state)" quarantined
	}
	prepare published
	mv "$here/begun" "$here/shop"
	ms -q store administrator "$here/second" --dir "$here/shop"
	serve --admins 2
	told 202 '' /v1/admin/orders $(with "$(cat "$here/shop/admin-token")") -d '{"order":"quarantine","publisher":"example.org","name":"hello","version":"1.0.0","reason":"malware"}'
	id=$(field pending)
	end_shop
	mv "$here/shop" "$here/begun"
	each_place --admins 2
}

who_approves_is_said_or_not_at_all() {
	change() { ask /v1/approval/example.org $(with "$token") -d '{"on":true}'; }
	holds() {
		now=$(ask /v1/publish $(with "$token") --data-binary "@$one")
		case $1:$now in 200:403 | 000:403 | 000:201) ;; *) return 1 ;; esac
	}
	prepare
	each_place
}

# A key is revoked since somebody else has it: then none of their tokens lives on, at whatever moment the store was killed.
a_revoked_key_s_tokens_end_with_it_or_not_at_all() {
	change() { ask "/v1/keys/example.org/$kid?reason=stolen" -X DELETE $(with "$token"); }
	holds() {
		told 200 '' /v1/keys/example.org
		revoked=$(field revoked)
		told "$([ "$revoked" = stolen ] && echo 401 || echo 200)" '' /v1/tokens $(with "$other") || return 1
		case $1:$revoked in 204:stolen | 000:stolen | 000:null) ;; *) return 1 ;; esac
	}
	prepare
	mv "$here/begun" "$here/shop"
	serve
	told 201 '' /v1/tokens $(with "$token") -d '{"scopes":["owner"],"days":3,"label":"other"}'
	other=$(field token)
	told 200 '' /v1/keys/example.org
	kid=$(field kid)
	end_shop
	mv "$here/shop" "$here/begun"
	each_place
}

# The list for OCI's tools is written at an end that is waited for: after a kill it is the one of before, whole, and that is said and no fault.
an_index_json_that_is_behind_is_said_until_the_next_end() {
	listed() { grep -o '"org.opencontainers.image.ref.name":"[^"]*"' "$here/shop/index.json" | cut -d'"' -f4 | tr '\n' ' '; }
	prepare published
	mv "$here/begun" "$here/shop"
	same "$(listed)" 'example.org/hello:1.0.0 '
	ms store check --dir "$here/shop" --json >"$here/said"
	says "$here/said" '"oci_current":true'
	serve
	same "$(ask /v1/publish $(with "$token") --data-binary "@$two")" 201
	kill -KILL "$shop"
	wait "$shop" 2>/dev/null || true
	shop=
	same "$(listed)" 'example.org/hello:1.0.0 '
	ms store check --dir "$here/shop" >"$here/said" 2>&1
	says "$here/said" 'is behind the log'
	serve
	end_shop
	same "$(listed)" 'example.org/hello:1.0.0 example.org/hello:1.1.0 '
	ms store check --dir "$here/shop" >"$here/said" 2>&1
	lacks "$here/said" 'is behind'
	sed -i s/hello:1.1.0/hello:1.2.0/ "$here/shop/index.json"
	fails 7 ms store check --dir "$here/shop"
	says "$here/out" 'index.json: it does not say what the log does'
	ms -q store rebuild --dir "$here/shop"
	ms -q store check --dir "$here/shop"
	same "$(listed)" 'example.org/hello:1.0.0 example.org/hello:1.1.0 '
}

a_store_begins_whole_or_begins_again() {
	for place in 1 2 3 4; do
		rm -rf "$here/shop"
		MS_STORE_FAULT=$place
		export MS_STORE_FAULT
		serve
		unset MS_STORE_FAULT
		end_shop
		serve
		told 200 '' /readyz
		told 204 '' "/v1/tokens/none" -X DELETE $(with "$(cat "$here/shop/admin-token")") || told 404 no-such-token "/v1/tokens/none" -X DELETE $(with "$(cat "$here/shop/admin-token")")
		end_shop
	done
}

# Thirty-two at once, sixteen with each of two packages.
of_two_who_race_for_a_version_one_gets_it() {
	serve
	same "$(claim example.org "$ours")" 201
	token=$(field token)
	for round in 1 2; do
		race 16 "$one" "$scratch/other.msp"
		# The bytes that came first were taken, or asked for again; the others never.
		same "$(grep -c 409 "$here/codes")" 16
		same "$(grep -c '^20[01]$' "$here/codes")" 16
		same "$(grep -c 201 "$here/codes" || true)" "$((2 - round))"
	done
	told 200 '' /v1/services/example.org/hello
	same "$(grep -o '"version":"1.0.0"' "$here/body" | wc -l)" 1
}

a_full_disk_keeps_nothing_and_loses_nothing() {
	mkdir "$here/small"
	mount -t tmpfs -o size=3m none "$here/small" 2>/dev/null || skip 'no small disk can be made here'
	mkdir "$here/small/shop"
	ln -s "$here/small/shop" "$here/shop"
	serve
	trap 'end_shop; umount -l "$here/small"' EXIT
	same "$(claim example.org "$ours")" 201
	token=$(field token)
	dd if=/dev/zero of="$here/small/filler" bs=4k 2>/dev/null || true
	status=$(ask /v1/publish $(with "$token") --data-binary "@$one")
	case $status in 507 | 500) ;; *) echo "status $status"; return 1 ;; esac
	told 503 no-room /readyz
	told 404 '' /v1/services/example.org/hello/1.0.0
	rm "$here/small/filler"
	same "$(ask /v1/publish $(with "$token") --data-binary "@$one")" 201
	# What is small may find a place still: it is done then. 507 says that it was not; 500 that it is not sure.
	dd if=/dev/zero of="$here/small/filler" bs=4k 2>/dev/null || true
	dd if=/dev/zero of="$here/small/filler2" bs=1 count=4096 2>/dev/null || true
	state=live
	for wanted in yanked live deprecated yanked; do
		status=$(ask /v1/services/example.org/hello/1.0.0/state $(with "$token") -d "{\"state\":\"$wanted\",\"reason\":\"broken\"}")
		case $status in 200) state=$wanted ;; 500) state="$state $wanted" ;; 507 | 409) ;; *) echo "status $status"; return 1 ;; esac
	done
	status=$(ask /v1/tokens $(with "$token") -d '{"scopes":["stage"],"days":3,"label":"late"}')
	case $status in 201 | 507 | 500) ;; *) echo "status $status"; return 1 ;; esac
	rm "$here/small/filler" "$here/small/filler2"
	told 200 '' /v1/services/example.org/hello/1.0.0
	case " $state " in *" $(field state) "*) ;; *) echo "$(field state), not $state"; return 1 ;; esac
	told 200 '' /v1/services/example.org/hello/1.0.0/state $(with "$(cat "$here/shop/admin-token")") -d '{"state":"quarantined","reason":"malware"}'
	told 201 '' /v1/tokens $(with "$token") -d '{"scopes":["stage"],"days":3,"label":"after"}'
	end_shop
	ms -q store check --dir "$here/shop"
}

run a_key_s_quarantine_is_of_all_that_it_signed_or_of_nothing an_order_that_another_agrees_to_is_done_or_waits who_approves_is_said_or_not_at_all \
	a_full_disk_keeps_nothing_and_loses_nothing a_yank_is_said_or_not_at_all a_quarantine_is_said_or_not_at_all \
	a_publish_is_all_there_or_not_at_all a_source_is_all_there_or_not_at_all a_revoked_key_s_tokens_end_with_it_or_not_at_all a_store_begins_whole_or_begins_again \
	of_two_who_race_for_a_version_one_gets_it an_index_json_that_is_behind_is_said_until_the_next_end
