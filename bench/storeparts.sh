# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034,SC2154 # work, top, seconds: who sources this has them
# Read by what measures a store: one that is served on a processor of its own, another server, and what either took.
. bench/made.sh
our_cpu=0 their_cpu=1
[ "$(nproc)" -gt 1 ] || their_cpu=0
shop='' nginx='' nginx_port='' nginx_master=''

# used PID: microseconds of the processor that it has taken, with all its threads.
used() {
	cat "/proc/$1"/task/*/schedstat | awk '{ sum += $1 } END { printf "%d\n", sum / 1000 }'
}

end_shop() {
	[ -z "$shop" ] || { kill "$shop" 2>/dev/null || :; wait "$shop" 2>/dev/null || :; }
	shop=
}

end_nginx() {
	[ -z "$nginx_master" ] || { kill "$nginx_master" 2>/dev/null || :; wait "$nginx_master" 2>/dev/null || :; }
	nginx_master=
}

end_all() {
	end_shop
	end_nginx
}

# serve FOLDER: its store, in the place of one that was served before; $url, $shop and $took, the milliseconds until it answered.
serve() {
	end_shop
	: >"$work/served"
	began=$(date +%s%N)
	taskset -c "$our_cpu" out/stage/bin/ms-store serve --dir "$1" --listen 127.0.0.1:0 --rate 1000000 >"$work/served" 2>&1 </dev/null &
	shop=$!
	until grep -q '^ready: ' "$work/served"; do
		kill -0 "$shop" 2>/dev/null || { cat "$work/served" >&2; exit 1; }
		sleep 0.002
	done
	took=$((($(date +%s%N) - began) / 1000000))
	url=$(sed -n 's/^ready: \(http.*\)/\1/p' "$work/served")
}

# claim FOLDER VENDOR KEY: of the store that is served; what curl reads a token from is in $work/token.
claim() {
	nonce=$(curl -s -X POST "$url/v1/challenges" | sed 's/.*"nonce":"\([0-9a-f]*\)".*/\1/')
	out/stage/bin/ms-store claim "$(cat "$1/name")" "$url" "$2" "$nonce" --key "$3" >"$work/claim"
	curl -s --data-binary "@$work/claim" "$url/v1/claims" | sed 's/.*"token":"\(ms_[0-9a-f]*\)".*/header = "Authorization: Bearer \1"/' >"$work/token"
	echo >>"$work/token"
}

# nginx with the store's folder and one worker: a port that is free, tried until one is.
begin_nginx() {
	mkdir "$work/nginx"
	for nginx_port in $(seq 20000 37 30000); do
		cat >"$work/nginx/conf" <<-END
		user $(id -un);
		worker_processes 1; daemon off; pid $work/nginx/pid; error_log $work/nginx/errors;
		events { worker_connections 1024; }
		http {
			access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; default_type application/octet-stream;
			client_body_temp_path $work/nginx/t; proxy_temp_path $work/nginx/t; fastcgi_temp_path $work/nginx/t; uwsgi_temp_path $work/nginx/t; scgi_temp_path $work/nginx/t;
			server { listen 127.0.0.1:$nginx_port; root $work/shop; }
		}
		END
		taskset -c "$our_cpu" nginx -c "$work/nginx/conf" 2>"$work/said" &
		nginx_master=$!
		until curl -s -o "$work/answer" "http://127.0.0.1:$nginx_port/name" || ! kill -0 "$nginx_master" 2>/dev/null; do sleep 0.05; done
		! kill -0 "$nginx_master" 2>/dev/null || break
	done
	cmp "$work/answer" "$work/shop/name"
	nginx=$(tr -d ' ' <"/proc/$nginx_master/task/$nginx_master/children")
}

# asked PID URL: how many requests were answered, and what of the processor it took; none may fail.
asked() {
	before=$(used "$1")
	taskset -c "$their_cpu" wrk -t1 -c32 -d"${seconds}s" "$2" >"$work/wrk"
	! grep -q 'Non-2xx\|Socket errors' "$work/wrk" || { cat "$work/wrk" >&2; exit 1; }
	echo "$(awk '/requests in/ { print $1 }' "$work/wrk") $(($(used "$1") - before))"
}

# What fills a store faster than it could be asked to be (storefill.c), and packages to publish (storepackages.c).
build_parts() {
	doing "what it is measured with is built"
	made stage out/check/tests/product/small.elf
	deps=out/deps/host/mbedtls
	common="-std=c17 -O2 -g -D_GNU_SOURCE -Wall -Wextra -Werror -Isdk/include -iquote format -iquote base -iquote base/net -iquote product -iquote store -isystem $deps/include"
	libs="out/host/libproduct.a out/host/libbase.a out/host/libformat.a -lyaml -ljansson -lfdt -ldw -lelf $deps/lib/libmbedcrypto.a -lcrypto"
	# shellcheck disable=SC2086 # words
	gcc $common -o "$work/storefill" bench/storefill.c out/host/libstore.a out/host/libstorelog.a out/host/libnet.a -lmicrohttpd -lcurl-gnutls -lgnutls -lsqlite3 $libs
	# shellcheck disable=SC2086
	gcc $common -iquote tests/base -iquote tests/product -iquote tests/store -o "$work/storepackages" bench/storepackages.c $libs -lcmocka
}
