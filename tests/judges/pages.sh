# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2119 # options of serve may be left out
# The store's pages in a real browser, before axe-core, and by the keyboard alone: as a store with packages gives them.  Pictures of them are left in PICTURES.
#
#	PAGE=out/check/tests/store/page PICTURES=DIR tests/judges/pages.sh
set -eu
PAGE=$PWD/$PAGE PICTURES=$PWD/$PICTURES
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh
. tests/store/pages.sh

# Without a browser and its judge nothing is judged, and the test says so.
judge() {
	browser=$(command -v chromium || command -v chromium-browser) || skip "there is no Chromium here: install the package chromium"
	command -v node >"$here/node" || skip "there is no Node here: install the package nodejs"
	why=$(cd "$top" && sh tests/judges/fetch_npm.sh pages 2>&1) || skip "$why"
	export NODE_PATH="$top/out/deps/npm/pages/node_modules"
}

# serve_samples FOLDER: on loopback, until this shell ends; $address is where.
serve_samples() {
	policy=$(sed -n 's/.*PAGES_POLICY "\(.*\)"/\1/p' "$top/store/pages.h")
	mkfifo "$here/open"
	node "$top/tests/judges/npm/pages/serve.js" "$1" "$policy" <"$here/open" >"$here/address" 2>&1 &
	exec 9>"$here/open"
	while [ ! -s "$here/address" ]; do
		kill -0 $! && sleep 0.1
	done
	address=$(cat "$here/address")
}

# sell FOLDER VERSION [QUERY]: publish the service there.
sell() {
	package "$1" "$2" >"$here/path"
	same "$(ask "/v1/publish${3:-}" -K"$here/with" --data-binary "@$(cat "$here/path")")" 201
}

# state VERSION JSON [CURL OPTION]: of the service hello.
state() {
	told 200 '' "/v1/services/example.org/hello/$1/state" "${3:--K$here/with}" -d "$2"
}

# A store with a version in each state, and a service that asks for something.
fill() {
	serve
	[ -e "$MS_HOME/config/keys/judge.pem" ] || ms key new judge >"$here/made" 2>&1
	hello "$here/hello"
	echo 'categories: [ data, examples ]' >>"$here/hello/ms.yaml"
	project "$here/hungry" <<-'END'
	int main(void)
	{
		return 0;
	}
	END
	sed -i 's/^name: .*/name: hungry/' "$here/hungry/ms.yaml"
	cat >>"$here/hungry/ms.yaml" <<-'END'
	requests:
	  devices: [ uart1, { name: uart2, interrupts: 2 } ]
	  ipc: [ { name: counter, sid: 0x48000401, version: 1 } ]
	provides: [ { name: speech, sid: 0x48000501, version: 3 } ]
	categories: [ drivers, connectivity ]
	END
	package "$here/hello" 1.0.0 >"$here/path"
	same "$(claim example.org "$MS_HOME/config/keys/developer.pem")" 201
	with "$(field token)" >"$here/option"
	for version in 1.0.0 1.1.0 1.2.0 1.3.0; do
		sell "$here/hello" "$version"
	done
	state 1.0.0 '{"state":"yanked","reason":"broken","words":"It <b>forgets</b> to say \"hello\" & more, and the sentence about that is long enough for more than one line on any screen.","replacement":"1.3.0"}'
	state 1.1.0 '{"state":"deprecated","reason":"old"}'
	printf 'header = "Authorization: Bearer %s"\n' "$(cat "$here/shop/admin-token")" >"$here/admin"
	state 1.2.0 '{"state":"quarantined","reason":"malware"}' "-K$here/admin"
	ms -q -C "$here/hungry" build >"$here/built" 2>&1
	ms -q -C "$here/hungry" package >>"$here/built" 2>&1
	same "$(ask /v1/publish -K"$here/with" --data-binary "@$here/hungry/out/hungry-1.0.0.msp")" 201
}

pages_are_good_in_a_browser() {
	judge
	mkdir -p "$PICTURES"
	fill
	node "$top/tests/judges/npm/pages/pages.js" "$browser" "$url" "$PICTURES" \
		/ /services '/services?q=nothing&target=v8m' '/services?category=drivers' '/services?fits=mps2-an386' '/services?fits=microbit' /services/example.org/hello /services/example.org/hello/1.0.0 /services/example.org/hello/1.1.0 /services/example.org/hello/1.2.0 \
		/services/example.org/hungry /publishers/example.org /log /about 404:/nothing >"$here/said" 2>&1 || { grep -v '  OK \]' "$here/said"; exit 1; }
}

end_static() {
	kill "$static" 2>/dev/null || true
	end_shop
}

# What a mirror has, served by what knows nothing of stores.
pages_of_a_mirror_are_good_in_a_browser() {
	judge
	command -v python3 >"$here/which" || skip "there is no python3 here, whose web server this is about"
	mkdir -p "$PICTURES/mirror"
	fill
	ms store mirror "$url" "$here/mirror" --key "$(sed 's/.*"key":"\([^"]*\)".*/\1/' "$here/shop/index/config.json")" >"$here/mirrored" 2>&1
	python3 -u -m http.server 0 --bind 127.0.0.1 --directory "$here/mirror" >"$here/static" 2>&1 &
	static=$!
	trap end_static EXIT
	until grep -q '^Serving HTTP' "$here/static"; do
		kill -0 "$static" && sleep 0.1
	done
	node "$top/tests/judges/npm/pages/pages.js" "$browser" "http://127.0.0.1:$(sed -n 's/.* port \([0-9]*\) .*/\1/p' "$here/static")" "$PICTURES/mirror" mirror \
		/ /list/category/drivers.html /services/example.org/hello/1.2.0.html /services/example.org/hungry.html /publishers/example.org.html /log.html /about.html >"$here/said" 2>&1 || { grep -v '  OK \]' "$here/said"; exit 1; }
}

# A judge who lets a bad page pass is none.
bad_pages_are_found() {
	judge
	mkdir "$here/pages"
	pages "$here/pages"
	sed -i 's/--quiet: #[0-9a-f]*;/--quiet: #c8c8c8;/' "$here/pages/style.css"
	sed -i 's/<label for="f-target">[^<]*<\/label>//' "$here/pages/services.html"
	sed -i 's/<\/main>/<script>1<\/script><p>Awordthatisfartoolongforanynarrowscreenthereisanywhereintheworldofverysmallmachines<\/p><\/main>/' "$here/pages/services.html"
	serve_samples "$here/pages"
	! node "$top/tests/judges/npm/pages/pages.js" "$browser" "$address" "$here" /services >"$here/said" 2>&1 || exit 1
	grep -q 'axe-core finds nothing.*color-contrast' "$here/said"
	grep -q 'axe-core finds nothing.*select-name' "$here/said"
	grep -q 'FAILED.*there is no script' "$here/said"
	grep -q 'FAILED.*the browser has no complaint' "$here/said"
	grep -q 'FAILED.*nothing is wider than the screen' "$here/said"
}

run pages_are_good_in_a_browser pages_of_a_mirror_are_good_in_a_browser bad_pages_are_found
