# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2119,SC2120 # options of serve may be left out
# HTTPS as who stands between would like to have it: other certificates, old versions, no TLS at all, handshakes that stall; at the store and at its clients.
# What is waited for is an answer, the end of a line, or that of a process.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

rawlines=$top/out/check/tests/fakes/rawlines
ms key new developer >/dev/null 2>&1

# authority NAME: NAME.crt and NAME.key in the scratch folder.
authority() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$1" -keyout "$scratch/$1.key" -out "$scratch/$1.crt" 2>/dev/null
}

# certified FILE AUTHORITY NAMES [OPTION OF x509...]: FILE.crt and FILE.key, for these names.
certified() {
	file=$scratch/$1 by=$scratch/$2 names=$3
	shift 3
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=store -keyout "$file.key" -out "$file.request" 2>/dev/null
	printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\n' "$names" >"$file.extensions"
	openssl x509 -req -in "$file.request" -CA "$by.crt" -CAkey "$by.key" -CAcreateserial -extfile "$file.extensions" -out "$file.crt" "$@" 2>/dev/null
	chmod 600 "$file.key"
}

authority known
authority stranger
certified good known IP:127.0.0.1,DNS:localhost -days 20
certified renewed known IP:127.0.0.1,DNS:localhost -days 25
certified elsewhere known DNS:store.example.org -days 20
certified wild known 'DNS:*' -days 20
certified strange stranger IP:127.0.0.1 -days 20
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 20 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout "$scratch/own.key" -out "$scratch/own.crt" 2>/dev/null
# One whose time was over yesterday, from an authority whose was not.
mkdir "$scratch/ca"
: >"$scratch/ca/index"
cp "$scratch/good.key" "$scratch/old.key"
printf '[ca]\ndefault_ca=c\n[c]\ndatabase=%s\nnew_certs_dir=%s\nrand_serial=yes\ndefault_md=sha256\npolicy=p\nunique_subject=no\n[p]\ncommonName=supplied\n' "$scratch/ca/index" "$scratch/ca" >"$scratch/ca/config"
openssl ca -batch -config "$scratch/ca/config" -cert "$scratch/known.crt" -keyfile "$scratch/known.key" -in "$scratch/good.request" -extfile "$scratch/good.extensions" -startdate 20200101000000Z -enddate 20200201000000Z \
	-notext -out "$scratch/old.crt" 2>/dev/null
chmod 600 "$scratch/own.key" "$scratch/old.key"

# shown NAME [OPTION...]: a store with that certificate.
shown() {
	with=$1
	shift
	serve --certificate "$scratch/$with.crt" --key "$scratch/$with.key" "$@"
}

alive() {
	told 200 '' /livez --cacert "$scratch/known.crt"
}

a_store_speaks_no_old_tls() {
	shown good
	alive
	for version in 1.2 1.3; do
		told 200 '' /livez --cacert "$scratch/known.crt" "--tlsv$version" --tls-max "$version"
	done
	# As somebody would ask whose own library does not refuse by itself.
	for version in -tls1 -tls1_1; do
		if openssl s_client -connect "${url#https://}" "$version" -cipher 'ALL:@SECLEVEL=0' </dev/null >"$here/old" 2>&1; then return 1; fi
		says "$here/old" 'Cipher is (NONE)'
	done
	for cipher in NULL-SHA256 aNULL RC4 3DES EXPORT; do
		if openssl s_client -connect "${url#https://}" -tls1_2 -cipher "$cipher:@SECLEVEL=0" </dev/null >"$here/old" 2>&1; then return 1; fi
	done
	alive
}

who_shows_another_certificate_gets_no_word_of_a_client() {
	for certificate in elsewhere wild strange own old; do
		echo "$certificate"
		shown "$certificate"
		fails 10 ms login "$url" --claim example.org --ca "$scratch/known.crt"
		says "$here/out" 'shows no certificate that is believed'
		says "$here/out" '--ca FILE'
		lacks "$here/served" '/v1'
		end_shop
	done
	# Without --ca it is this computer's authorities that count.
	shown good
	fails 10 ms login "$url" --claim example.org
	lacks "$here/served" '/v1'
	ms -q login "$url" --claim example.org --ca "$scratch/known.crt"
	ms -q token list >/dev/null
	# Somebody takes its place, who has the store's files even, but not its certificate.
	end_shop
	serve --certificate "$scratch/strange.crt" --key "$scratch/strange.key"
	fails 10 ms token list --store "$url" --ca "$scratch/known.crt"
	lacks "$here/served" '/v1'
}

who_speaks_no_tls_where_it_is_spoken_is_told_so_and_ends_nothing() {
	shown good
	port=${url##*:}
	fails 9 ms login "http://127.0.0.1:$port" --claim example.org --ca "$scratch/known.crt"
	same "$(curl -s -m 60 -o "$here/body" -w '%{http_code}' "http://127.0.0.1:$port/livez" || true)" 000
	head -c 4000 /dev/urandom | timeout 60 openssl s_client -connect "127.0.0.1:$port" -quiet -tls1_2 >/dev/null 2>&1 || true
	alive
	end_shop
	serve
	fails 9 ms login "https://127.0.0.1:${url##*:}" --claim example.org --ca "$scratch/known.crt"
	told 200 '' /livez
}

# It sends the begin of a handshake, and then a byte now and then, for as long as it is let.
a_handshake_that_does_not_end_is_not_waited_for() {
	shown good --idle 1
	timeout 300 "$rawlines" "${url##*:}" 20 tls >"$here/lines"
	says "$here/lines" closed
	alive
}

a_handshake_is_not_begun_anew() {
	shown good
	mkfifo "$here/typed"
	openssl s_client -connect "${url#https://}" -tls1_2 -CAfile "$scratch/known.crt" <"$here/typed" >"$here/talk" 2>&1 &
	talk=$!
	exec 3>"$here/typed"
	soon grep -q 'Verify return code: 0' "$here/talk"
	says "$here/talk" 'Secure Renegotiation IS supported'
	echo R >&3
	# The store closes the line; nothing else ends it.
	soon gone "$talk"
	exec 3>&-
	says "$here/talk" RENEGOTIATING
	alive
}

a_renewed_certificate_is_shown_after_the_next_start() {
	cp "$scratch/good.crt" "$here/store.crt"
	cp "$scratch/good.key" "$here/store.key"
	serve --certificate "$here/store.crt" --key "$here/store.key"
	seen() {
		openssl s_client -connect "${url#https://}" </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256
	}
	same "$(seen)" "$(openssl x509 -in "$scratch/good.crt" -noout -fingerprint -sha256)"
	cp "$scratch/renewed.crt" "$here/store.crt"
	cp "$scratch/renewed.key" "$here/store.key"
	same "$(seen)" "$(openssl x509 -in "$scratch/good.crt" -noout -fingerprint -sha256)"
	end_shop
	serve --certificate "$here/store.crt" --key "$here/store.key"
	same "$(seen)" "$(openssl x509 -in "$scratch/renewed.crt" -noout -fingerprint -sha256)"
	alive
}

a_key_that_others_read_or_that_is_another_s_opens_no_store() {
	cp "$scratch/good.key" "$here/open.key"
	chmod 644 "$here/open.key"
	fails 7 timeout 300 ms store serve --dir "$here/none" --listen 127.0.0.1:0 --certificate "$scratch/good.crt" --key "$here/open.key"
	says "$here/out" "chmod 600"
	fails 7 timeout 300 ms store serve --dir "$here/none" --listen 127.0.0.1:0 --certificate "$scratch/good.crt" --key "$scratch/strange.key"
	fails 7 timeout 300 ms store serve --dir "$here/none" --listen 127.0.0.1:0 --certificate "$scratch/good.request" --key "$scratch/good.key"
	fails 2 timeout 300 ms store serve --dir "$here/none" --listen 127.0.0.1:0 --certificate "$scratch/good.crt"
}

run a_store_speaks_no_old_tls who_shows_another_certificate_gets_no_word_of_a_client who_speaks_no_tls_where_it_is_spoken_is_told_so_and_ends_nothing a_handshake_that_does_not_end_is_not_waited_for a_handshake_is_not_begun_anew \
	a_renewed_certificate_is_shown_after_the_next_start a_key_that_others_read_or_that_is_another_s_opens_no_store
