# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2119,SC2120 # options of curl in words; options of serve may be left out
# Bytes that nobody needs: those that no entry of the log names, and those of removed versions. And a store whose clock is wrong. The clock is set for a program by
# faketime, which sanitizers do not bear: here it is the program as people run it. What is waited for is a line that the store says, a file that is gone, or an answer.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

here=$scratch
hello "$scratch/hello"
for version in 1.0.0 1.1.0; do
	made=$(package "$scratch/hello" "$version")
	cp "$made" "$scratch/$version.msp"
done
cp "$(source_package "$scratch/hello" 1.0.0)" "$scratch/source.msp"
ours=$MS_HOME/config/keys/developer.pem
source=$(sha256sum <"$scratch/source.msp" | cut -d' ' -f1)
hash=$(sha256sum <"$scratch/1.0.0.msp" | cut -d' ' -f1)
lost=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef

# begun: a store in which example.org is claimed and 1.0.0 published with its source; its token is $token.
begun() {
	cd "$here"
	serve
	same "$(claim example.org "$ours")" 201
	token=$(field token)
	same "$(ask /v1/publish $(with "$token") --data-binary "@$scratch/1.0.0.msp")" 201
	same "$(ask /v1/publish $(with "$token") --data-binary "@$scratch/source.msp")" 201
}

# leave NAME AGE: bytes that a power cut has left.
leave() {
	echo 'without an entry' >"shop/blobs/sha256/$1"
	touch -d "$2" "shop/blobs/sha256/$1"
}

# at OFFSET COMMAND...: it sees a clock that is so far off; what measures spans of time stays right.  The command itself, not a process that waits for it.
at() {
	offset=$1
	shift
	FAKETIME=$offset FAKETIME_DONT_FAKE_MONOTONIC=1 LD_PRELOAD=$(faketime -f +0 printenv LD_PRELOAD) exec "$@"
}

has_faketime() {
	command -v faketime >/dev/null || skip 'faketime is missing'
}

# serve_at OFFSET: the store, as people run it, with that clock.
serve_at() {
	: >"$here/served"
	at "$1" "$top/out/host/ms-store" serve --dir "$here/shop" --listen 127.0.0.1:0 >>"$here/served" 2>&1 </dev/null &
	shop=$!
	trap end_shop EXIT
	soon ready
	url=$(sed -n 's/^ready: \(http.*\)/\1/p' "$here/served")
}

what_the_log_does_not_name_goes_after_a_day_and_nothing_else() {
	begun
	end_shop
	leave "$lost" '2 days ago'
	leave "1$lost" '2 days ago'		# is no blob's name
	leave "${lost%f}0" '23 hours ago'
	leave "${lost%f}1" 'next week'		# the clock was wrong, then or now
	touch -d '2 days ago' shop/blobs/sha256/*[2-9a-e] "shop/blobs/sha256/$hash" "shop/blobs/sha256/$source"
	ls shop/blobs/sha256 >before
	ms store sweep --dir shop --dry-run >said 2>&1
	says said "$lost: nothing in the log names it, 17 bytes"
	says said '1 file, 17 bytes: would be removed'
	ls shop/blobs/sha256 >after
	cmp before after
	ms -q store sweep --dir shop
	ls shop/blobs/sha256 >after
	same "$(diff before after | grep '^[<>]')" "< $lost"
	rm "shop/blobs/sha256/1$lost" "shop/blobs/sha256/${lost%f}0" "shop/blobs/sha256/${lost%f}1"
	ms -q store check --dir shop
	ms -q audit shop
}

a_store_that_is_served_sweeps_by_itself() {
	begun
	end_shop
	leave "$lost" '2 days ago'
	serve
	soon grep -q '^swept: 1 files' served
	[ ! -e "shop/blobs/sha256/$lost" ]
	told 200 '' "/blobs/sha256/$hash"
}

# A lost package that is published again is as any other, whatever was left of it before.
what_was_lost_is_published_again() {
	begun
	end_shop
	cp "$scratch/1.1.0.msp" "shop/blobs/sha256/$(sha256sum <"$scratch/1.1.0.msp" | cut -d' ' -f1)"
	touch -d '2 days ago' shop/blobs/sha256/*
	serve
	same "$(ask /v1/publish $(with "$token") --data-binary "@$scratch/1.1.0.msp")" 201
	end_shop
	ms -q store sweep --dir shop
	ms -q store check --dir shop
}

a_sweep_that_is_killed_goes_on_later() {
	begun
	end_shop
	for place in 1 2 3 4 5; do
		for digit in 1 2 3; do leave "${lost%f}$digit" '2 days ago'; done
		MS_STORE_FAULT=$place ms -q store sweep --dir shop || true
		ms -q store check --dir shop
		ms -q store sweep --dir shop
		same "$(find shop/blobs -name "${lost%f}?" | wc -l)" 0
	done
	ms -q audit shop
}

the_bytes_of_a_removed_version_go_after_a_day() {
	has_faketime
	begun
	for state in quarantined removed; do
		told 200 '' /v1/services/example.org/hello/1.0.0/state $(with "$(cat shop/admin-token)") -d "{\"state\":\"$state\",\"reason\":\"malware\"}"
	done
	end_shop
	touch -d '2 days ago' "shop/blobs/sha256/$hash" "shop/blobs/sha256/$source"
	ms -q store sweep --dir shop
	[ -e "shop/blobs/sha256/$hash" ]
	[ -e "shop/blobs/sha256/$source" ]
	(at +25h "$top/out/host/ms-store" sweep --dir shop) >said 2>&1
	for gone in $hash $source; do
		says said "$gone: of a version that was removed"
		[ ! -e "shop/blobs/sha256/$gone" ]
	done
	cp -R shop/index index-before
	ms -q store check --dir shop
	ms -q store rebuild --dir shop
	diff -r index-before shop/index
	ms -q audit shop
	serve
	# The number is never given again, also not to the same bytes.
	told 410 removed "/blobs/sha256/$hash"
	ask /v1/publish $(with "$token") --data-binary "@$scratch/1.0.0.msp" >/dev/null
	ask /v1/publish $(with "$token") --data-binary "@$scratch/source.msp" >/dev/null
	told 200 '' /v1/services/example.org/hello/1.0.0
	same "$(field state)" removed
	[ ! -e "shop/blobs/sha256/$hash" ]
	[ ! -e "shop/blobs/sha256/$source" ]
}

# A clock that goes back makes no entry wrong and no token longer than its days; one that was ahead for a while has ended no token for good.
a_clock_that_is_wrong_loses_nothing_and_lengthens_nothing() {
	has_faketime
	begun
	end_shop
	serve_at +100d
	told 401 not-authorised /v1/tokens $(with "$token")
	told 200 '' "/blobs/sha256/$hash"
	end_shop
	serve_at -400d
	told 200 '' /v1/tokens $(with "$token")
	same "$(ask /v1/publish $(with "$token") --data-binary "@$scratch/1.1.0.msp")" 201
	told 201 '' /v1/tokens $(with "$token") -d '{"scopes":["stage"],"days":1,"label":"short"}'
	short=$(field token)
	end_shop
	ms -q store check --dir shop
	ms -q audit shop
	serve
	told 200 '' /v1/tokens $(with "$token")
	told 401 not-authorised /v1/tokens $(with "$short")
	told 200 '' /v1/services/example.org/hello/1.1.0
}

run what_the_log_does_not_name_goes_after_a_day_and_nothing_else a_store_that_is_served_sweeps_by_itself what_was_lost_is_published_again a_sweep_that_is_killed_goes_on_later \
	the_bytes_of_a_removed_version_go_after_a_day a_clock_that_is_wrong_loses_nothing_and_lengthens_nothing
