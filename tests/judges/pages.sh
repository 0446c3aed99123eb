# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# The store's pages in a real browser, before axe-core, and by the keyboard alone.  Pictures of them are left in PICTURES.
#
#	PAGE=out/check/tests/store/page PICTURES=DIR tests/judges/pages.sh
set -eu
PAGE=$PWD/$PAGE PICTURES=$PWD/$PICTURES
. tests/shell.sh
. tests/store/pages.sh

# Without a browser and its judge nothing is judged, and the test says so.
judge() {
	browser=$(command -v chromium || command -v chromium-browser) || skip "there is no Chromium here: install the package chromium"
	command -v node >"$here/node" || skip "there is no Node here: install the package nodejs"
	why=$(cd "$top" && sh tests/judges/fetch_npm.sh pages 2>&1) || skip "$why"
	export NODE_PATH="$top/out/deps/npm/pages/node_modules"
}

# serve FOLDER: on loopback, until this shell ends; $address is where.
serve() {
	policy=$(sed -n 's/.*PAGES_POLICY "\(.*\)"/\1/p' "$top/store/pages.h")
	mkfifo "$here/open"
	node "$top/tests/judges/npm/pages/serve.js" "$1" "$policy" <"$here/open" >"$here/address" 2>&1 &
	exec 9>"$here/open"
	while [ ! -s "$here/address" ]; do
		kill -0 $! && sleep 0.1
	done
	address=$(cat "$here/address")
}

pages_are_good_in_a_browser() {
	judge
	mkdir -p "$PICTURES" "$here/pages"
	pages "$here/pages"
	cp "$here/pages/service.html" "$here/pages/services_acme.example_uart.html"
	serve "$here/pages"
	node "$top/tests/judges/npm/pages/pages.js" "$browser" "$address" "$PICTURES" \
		/services /services_none /service /service_yanked /service_plain /publisher /log /about /problem >"$here/said" 2>&1 || { grep -v '  OK \]' "$here/said"; exit 1; }
}

# A judge who lets a bad page pass is none.
bad_pages_are_found() {
	judge
	mkdir "$here/pages"
	pages "$here/pages"
	sed -i 's/--quiet: #[0-9a-f]*;/--quiet: #c8c8c8;/' "$here/pages/style.css"
	sed -i 's/<label for="f-target">[^<]*<\/label>//' "$here/pages/services.html"
	sed -i 's/<\/main>/<script>1<\/script><p>Awordthatisfartoolongforanynarrowscreenthereisanywhereintheworldofverysmallmachines<\/p><\/main>/' "$here/pages/services.html"
	serve "$here/pages"
	! node "$top/tests/judges/npm/pages/pages.js" "$browser" "$address" "$here" /services >"$here/said" 2>&1 || exit 1
	grep -q 'axe-core finds nothing.*color-contrast' "$here/said"
	grep -q 'axe-core finds nothing.*select-name' "$here/said"
	grep -q 'FAILED.*there is no script' "$here/said"
	grep -q 'FAILED.*the browser has no complaint' "$here/said"
	grep -q 'FAILED.*nothing is wider than the screen' "$here/said"
}

run pages_are_good_in_a_browser bad_pages_are_found
