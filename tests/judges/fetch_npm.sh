#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Judges from npm: the packages that npm/NAME/package-lock.json knows by their hashes, from the cache or from the registry that this
# machine's npm is set up for.  out/deps/npm/NAME leads to them.
#
#	tests/judges/fetch_npm.sh NAME
set -eu
name=$1 here=$PWD/tests/judges/npm/$name
cache=${XDG_CACHE_HOME:-$HOME/.cache}/microservice-sdk
mkdir -p "$cache/npm" out/deps/npm
folder=$cache/npm/$name-$(sha256sum "$here/package-lock.json" | cut -c1-16)

if [ ! -d "$folder" ]; then
	command -v npm >/dev/null || { echo "there is no npm, and no copy of '$name' in $cache/npm: install npm, or copy that folder from a computer where this ran"; exit 1; }
	fetch=$(mktemp -d "$cache/tmp.XXXXXX")
	trap 'rm -rf "$fetch"' EXIT
	cp "$here/package.json" "$here/package-lock.json" "$fetch"
	if ! ( cd "$fetch" && npm ci --ignore-scripts --no-audit --no-fund --omit=optional --omit=peer ) >"$fetch/said" 2>&1; then
		tail -n 5 "$fetch/said"
		echo "the packages of tests/judges/npm/$name/package-lock.json are neither in $cache/npm nor to be had by npm: connect and run this again"
		exit 1
	fi
	mv -T "$fetch" "$folder" 2>/dev/null || [ -d "$folder" ]	# somebody else was faster
fi
ln -sfn "$folder" "out/deps/npm/$name"
