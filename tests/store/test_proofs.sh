# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2119,SC2120 # options of curl in words; options of serve may be left out
# Proofs of domains: certificates of an authority that the test makes, brought to a real store by who has them and by who has not.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

ms key new developer >/dev/null 2>&1
one_package
# authority NAME: $NAME.crt, $NAME.key in the scratch folder.
authority() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$1" -keyout "$scratch/$1.key" -out "$scratch/$1.crt" 2>/dev/null
}

# certified FILE DOMAIN AUTHORITY [DAYS [KEY-OPTION...]]: $scratch/FILE.crt and .key; for what $usage says, as an authority with $extension.
certified() {
	file=$scratch/$1 domain=$2 by=$scratch/$3 days=${4:-20}
	shift "$(($# > 4 ? 4 : $#))"
	[ $# -gt 0 ] || set -- -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes
	openssl req "$@" -subj "/CN=$domain" -keyout "$file.key" -out "$scratch/request" 2>/dev/null
	printf 'subjectAltName=DNS:%s\nextendedKeyUsage=%s\n%s\n' "$domain" "${usage:-serverAuth}" "${extension:-}" >"$scratch/extensions"
	openssl x509 -req -in "$scratch/request" -CA "$by.crt" -CAkey "$by.key" -CAcreateserial -extfile "$scratch/extensions" -days "$days" -out "$file.crt" 2>/dev/null
	chmod 600 "$file.key"
}

authority known
authority stranger
certified good example.org known

# proven VENDOR FILE [FILE]: ms login with that certificate, and with its key or that of another.
proven() {
	ms login "$url" --claim "$1" --certificate "$scratch/$2.crt" --certificate-key "$scratch/${3:-$2}.key" --json >"$here/said" 2>"$here/words" || { got=$?; cat "$here/said" "$here/words"; return "$got"; }
}

# refused WHY VENDOR FILE...: it proves nothing, and nothing is claimed by it.
refused() {
	why=$1
	shift
	fails 7 proven "$@"
	says "$here/out" "it is not proven that '$1' is yours"
	says "$here/out" "$why"
	told 404 '' "/v1/keys/$1"
}

who_has_the_domain_proves_it_and_all_can_see() {
	serve --ca "$scratch/known.crt" --proven
	told 200 '' /v1/store
	same "$(field claims)" proven
	fails 10 ms login "$url" --claim example.org
	says "$here/out" "this store gives 'example.org' to who proves to have that domain"
	proven example.org good
	says "$here/said" '"proof":"certificate"'
	told 200 '' /v1/keys/example.org
	same "$(field proof)" certificate
	told 200 '' /publishers/example.org
	says "$here/body" 'Has shown by a certificate of the domain that this name is theirs.'
	end_shop
	ms audit "$here/shop" >"$here/audit" 2>&1
	ms -q store rebuild --dir "$here/shop"
	serve --ca "$scratch/known.crt" --proven
	told 200 '' /v1/keys/example.org
	same "$(field proof)" certificate
	# A token is had again by the key alone: the name space is theirs.
	ms login "$url" --claim example.org --json >"$here/said"
	says "$here/said" '"proof":"certificate"'
}

each_kind_of_key_and_a_chain_prove_it() {
	extension='basicConstraints=critical,CA:TRUE' certified between between.example known
	certified chained chained.example between
	cat "$scratch/between.crt" >>"$scratch/chained.crt"
	certified rsa rsa.example known 20 -newkey rsa:2048 -nodes
	certified edwards edwards.example known 20 -newkey ed25519 -nodes
	certified larger larger.example known 20 -newkey ec -pkeyopt ec_paramgen_curve:P-384 -nodes
	serve --ca "$scratch/known.crt"
	for name in chained rsa edwards larger; do
		proven $name.example $name
		says "$here/said" '"proof":"certificate"'
	done
}

what_proves_nothing_is_refused() {
	serve --ca "$scratch/known.crt"
	certified strange strange.example stranger
	usage=clientAuth certified client client.example known
	certified wild '*.wild.example' known
	certified old old.example known -1
	certified cut cut.example good
	certified weak weak.example known 20 -newkey rsa:1024 -nodes
	refused 'for another name' other.example good
	refused 'for another name' www.example.org good
	refused 'issuer is unknown' strange.example strange
	refused 'purpose' client.example client
	refused 'for another name' a.wild.example wild
	refused 'expired' old.example old
	fails 7 proven weak.example weak
	says "$here/out" 'not supported'
	cat "$scratch/good.crt" >>"$scratch/cut.crt"
	refused '' cut.example cut
	fails 7 proven example.org good old
	says "$here/out" 'cannot be used'
	fails 2 ms login "$url" --claim example.org --certificate "$scratch/good.crt"
	fails 2 ms login "$url" --certificate "$scratch/good.crt" --certificate-key "$scratch/good.key"
	chmod 644 "$scratch/old.key"
	fails 1 proven old.example old
	says "$here/out" "may be used by others"
	lacks "$here/served" 'POST /v1/claims: 201'
}

# signed: a claim of example.org for this store, with a proof; in $here/claim.
signed() {
	ask /v1/challenges -X POST >/dev/null
	"$top/out/check/ms-store" claim "$(cat "$here/shop/name")" "$url" example.org "$(field nonce)" --key "$ours" --certificate "$scratch/good.crt" --certificate-key "$scratch/good.key" >"$here/claim"
}

a_proof_is_of_one_claim() {
	serve --ca "$scratch/known.crt"
	signed
	cp "$here/claim" "$here/one"
	signed
	{ sed '/BEGIN SIGNATURE/,$d' "$here/claim"; sed -n '/BEGIN SIGNATURE/,$p' "$here/one"; } >"$here/mixed"
	told 403 not-believed /v1/claims --data-binary "@$here/mixed"
	says "$here/body" 'has not signed this claim'
	for end in '' x; do
		signed
		{ sed '/BEGIN SIGNATURE/,$d' "$here/claim"; printf -- '-----BEGIN SIGNATURE-----\n%s' "$end"; } >"$here/mixed"
		told 403 not-believed /v1/claims --data-binary "@$here/mixed"
	done
	signed
	{ sed '/END SIGNATURE/q' "$here/claim"; head -c 20000 /dev/urandom; } >"$here/mixed"
	told 403 not-believed /v1/claims --data-binary "@$here/mixed"
	signed
	{ cat "$here/claim"; head -c 40000 /dev/zero; } >"$here/mixed"
	told 413 too-large /v1/claims --data-binary "@$here/mixed"
	told 404 '' /v1/keys/example.org
	told 201 '' /v1/claims --data-binary "@$here/one"
	same "$(field proof)" certificate
	told 409 old-nonce /v1/claims --data-binary "@$here/one"
}

a_name_space_is_proven_later_by_who_has_it_and_its_domain() {
	serve --ca "$scratch/known.crt"
	ms key new squatter >/dev/null 2>&1
	ms -q login "$url" --claim example.org --key "$MS_HOME/config/keys/squatter.pem"
	fails 10 proven example.org good
	says "$here/out" 'belongs to somebody'
	told 200 '' /v1/keys/example.org
	same "$(field proof)" none
	told 200 '' /v1/store
	same "$(field entries)" 3
	proven_by_squatter
	says "$here/out" "it is proven that the domain is yours"
	told 200 '' /v1/keys/example.org
	same "$(field proof)" certificate
	told 200 '' /publishers/example.org
	says "$here/body" 'Has shown by a certificate of the domain'
	told 200 '' /log.json
	says "$here/body" '"words":"example.org: proven by certificate"'
	# Said once: who shows it again gets a token, and the log nothing.
	proven_by_squatter
	told 200 '' /v1/store
	same "$(field entries)" 4
	ms -q store mirror "$url" "$here/mirror" --key "$(sed 's/.*"key":"\([^"]*\)".*/\1/' "$here/shop/index/config.json")" >"$here/out" 2>&1 || { cat "$here/out"; return 1; }
	end_shop
	ms audit "$here/shop" >"$here/audit" 2>&1 || { cat "$here/audit"; return 1; }
	ms audit "$here/mirror" >"$here/audit" 2>&1 || { cat "$here/audit"; return 1; }
	says "$here/mirror/publishers/example.org.html" 'Has shown by a certificate of the domain'
	ms -q store rebuild --dir "$here/shop"
	serve --ca "$scratch/known.crt"
	told 200 '' /v1/keys/example.org
	same "$(field proof)" certificate
}

proven_by_squatter() {
	ms login "$url" --claim example.org --key "$MS_HOME/config/keys/squatter.pem" --certificate "$scratch/good.crt" --certificate-key "$scratch/good.key" >"$here/out" 2>&1
}

# The owner lets another key in, and that claim brings the proof: one order, both entries.
a_proof_comes_with_another_key() {
	serve --ca "$scratch/known.crt"
	ms -q login "$url" --claim example.org
	ms -q token create --store "$url" --publisher example.org --scope owner --label second -o "$here/owner.token"
	ms key new third >/dev/null 2>&1
	ms -q login "$url" --claim example.org --key "$MS_HOME/config/keys/third.pem" --token-file "$here/owner.token" --certificate "$scratch/good.crt" --certificate-key "$scratch/good.key"
	told 200 '' /v1/keys/example.org
	same "$(field proof)" certificate
	same "$(grep -o '"kid"' "$here/body" | wc -l)" 2
	end_shop
	ms audit "$here/shop" >"$here/audit" 2>&1
}

# by KEY VENDOR [FILE]: a claim by that key, of a domain that the certificate FILE is for.
by() {
	key=$MS_HOME/config/keys/$1.pem vendor=$2 file=$scratch/${3:-}
	[ -e "$key" ] || ms key new "$1" >/dev/null 2>&1
	shift "$(($# > 2 ? 3 : 2))"
	[ "$file" = "$scratch/" ] || set -- --certificate "$file.crt" --certificate-key "$file.key"
	ms -q login "$url" --claim "$vendor" --key "$key" "$@"
}

a_name_that_nobody_can_know_does_not_keep_out_who_proves_theirs() {
	serve --ca "$scratch/known.crt"
	by squatter exarnple.org
	fails 10 by developer example.org
	says "$here/out" "looks like 'exarnple.org', which somebody else has here: who reads it reads 0 as o"
	by developer example.org good
	# What is proven is: not even by a certificate does anybody get a name like it, but for the owner, who may mistype.
	certified like exampie.org known
	fails 10 by squatter exampie.org like
	fails 10 by squatter exampie.org
	by developer exampel.org
	same "$(curl -s "$url/v1/keys/exampel.org" | grep -o '"proof":"[a-z]*"')" '"proof":"none"'
	# And nobody gets one below it, but who has that very domain: the owner of the upper one gave it away.
	fails 10 by squatter updates.example.org
	says "$here/out" 'takes a name below a domain'
	certified below updates.example.org known
	by squatter updates.example.org below
	by developer tools.example.org
	# With a token of the owner in place of the key.
	ms -q token create --store "$url" --publisher example.org --scope owner --label second -o "$here/owner.token"
	fails 10 by second docs.example.org
	ms -q login "$url" --claim docs.example.org --key "$MS_HOME/config/keys/second.pem" --token-file "$here/owner.token"
}

what_was_published_keeps_out_whoever_looks_like_it() {
	serve --ca "$scratch/known.crt"
	by squatter shared.example
	by developer acme.shared.example
	by developer example.org
	certified like exampie.org known
	ms -q publish "$one" --store "$url" >"$here/said" 2>&1
	fails 10 by squatter exampie.org like
	says "$here/out" "looks like 'example.org'"
	fails 10 by squatter news.example.org
	ms -q yank example.org/hello 1.0.0 --reason broken --store "$url"
	by squatter exampie.org like
}

a_store_that_believes_no_authority_believes_no_proof() {
	serve
	fails 7 proven example.org good
	says "$here/out" 'believes no authorities'
	end_shop
	fails 2 ms store serve --dir "$here/other" --listen 127.0.0.1:0 --proven
	echo nothing >"$here/empty"
	fails 7 timeout 60 ms store serve --dir "$here/other" --listen 127.0.0.1:0 --ca "$here/empty"
	fails 2 ms store claim s https://s.example example.org 00 --key "$ours" --certificate "$scratch/good.crt"
}

run who_has_the_domain_proves_it_and_all_can_see each_kind_of_key_and_a_chain_prove_it what_proves_nothing_is_refused a_proof_is_of_one_claim \
	a_name_space_is_proven_later_by_who_has_it_and_its_domain a_proof_comes_with_another_key a_name_that_nobody_can_know_does_not_keep_out_who_proves_theirs what_was_published_keeps_out_whoever_looks_like_it \
	a_store_that_believes_no_authority_believes_no_proof
