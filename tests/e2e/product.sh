# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154
# Sourced after tests/e2e/sdk.sh by tests of `ms product`: packages of several vendors, and products of them.

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

# A product of both services, complete.
both() {
	product
	ms -q product add "$shelf/server.msp" --trust "$shelf/server.pem" >"$here/out"
	ms -q product add "$shelf/client.msp" --trust "$shelf/client.pem" >"$here/out"
	ms -q product grant client --all >"$here/out"
}

# door: from server.msp and client.msp of one developer, in $here, a product in $here/door, not built yet.
door() {
	ms key export >"$here/developer.pem"
	mkdir "$here/door"
	cd "$here/door"
	ms -q product init --name door --vendor acme.example
	ms -q product add "$here/server.msp" --trust "$here/developer.pem" >"$here/log"
	ms -q product add "$here/client.msp" >"$here/log"
	ms -q product grant client --all >"$here/log"
}
