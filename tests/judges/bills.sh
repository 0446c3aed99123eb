# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Bills of materials, of packages and of a product, before judges who are not us: the schemas that the standards' makers publish.
# CycloneDX's come with its validator.  SPDX's is in no package: it is schemas/spdx-schema.json of the tag v2.3 of the specification's
# repository, known by its hash, from the cache or from the file that SPDX_SCHEMA names, which is kept there.
#
#	tests/judges/bills.sh cyclonedx|spdx
set -eu
standard=$1 schema=
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/e2e/product.sh
export NODE_PATH="$top/out/deps/npm/bills/node_modules"

spdx_schema() {
	hash=239208b7ac287b3cf5d9a9af23f9d69863971102a5e1587a27a398b43490b89b
	kept=${XDG_CACHE_HOME:-$HOME/.cache}/microservice-sdk/sources/spdx-schema-2.3.json
	schema=${SPDX_SCHEMA:-$kept}
	[ -e "$schema" ] || skip "no schema of SPDX 2.3 here: say where it is by SPDX_SCHEMA=FILE"
	same "$(sha256sum <"$schema")" "$hash  -"
	[ "$schema" = "$kept" ] || { mkdir -p "${kept%/*}" && cp "$schema" "$kept"; }
}

# The judge itself; without it nothing is judged, and the test says so.
judge() {
	why=$(cd "$top" && sh tests/judges/fetch_npm.sh bills 2>&1) || skip "$why"
	[ "$standard" = cyclonedx ] || spdx_schema
}

judged() {
	node "$top/tests/judges/npm/bills/bills.js" "$standard" "$1" ${schema:+"$schema"} || { echo "$1 is refused"; return 1; }
}

# The bill that a package holds, or that as SPDX.
bill_of() {
	ms inspect --sbom "$standard" "$1"
}

# One that provides an interface, and one that calls it.
packages_have_good_bills() {
	judge
	for example in 04-two-services/server 04-two-services/client; do
		name=$(basename "$example")
		cp -R "$top/examples/$example" "$here/$name"
		SOURCE_DATE_EPOCH=1700000000 ms -q package "$here/$name" -o "$here/$name.msp" >"$here/log" 2>&1
		bill_of "$here/$name.msp" >"$here/$name.json"
		judged "$here/$name.json"
	done
}

a_product_has_a_good_bill() {
	packages_have_good_bills
	door
	for epoch in 0 1700000000; do
		SOURCE_DATE_EPOCH=$epoch ms -q product build >"$here/log"
		case $standard in
		cyclonedx) judged out/product/sbom.cdx.json ;;
		spdx) judged out/product/sbom.spdx.json ;;
		esac
	done
}

run packages_have_good_bills a_product_has_a_good_bill
