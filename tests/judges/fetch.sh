#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The source of somebody's tests, as a Debian source package, known by its hash in sources.pins: from the cache or the archive
# that this machine's apt is set up for.  out/deps/src/NAME leads to it.
#
#	tests/judges/fetch.sh NAME STAMP
set -eu
name=$1 stamp=$2
cache=${XDG_CACHE_HOME:-$HOME/.cache}/microservice-sdk
mkdir -p "$cache/sources" "$cache/source" out/deps/src

. scripts/sources.sh
pins_path=$PWD/tests/judges/sources.pins

pinned "$name" | {
	read -r _ file hash
	if ! has_file "$cache/sources" "$file" "$hash"; then
		fetch=$(mktemp -d "$cache/tmp.XXXXXX")
		trap 'rm -rf "$fetch"' EXIT
		tries=3
		until ( archive_fetch "$fetch" "$name" ) >"$fetch/said" 2>&1; do
			tries=$((tries - 1))
			[ "$tries" -gt 0 ] || { cat "$fetch/said"; exit 1; }
			sleep 5
		done
		has_file "$fetch" "$file" "$hash" || { echo "the archive has another $name than $file"; exit 1; }
		source_keep "$fetch/$file" "$file"
	fi
	folder=$cache/source/$name-$(echo "$hash" | cut -c1-16)
	if [ ! -d "$folder" ]; then
		unpacked=$(mktemp -d "$cache/tmp.XXXXXX")
		tar -xf "$cache/sources/$file" -C "$unpacked" --strip-components=1 --no-same-owner
		mv "$unpacked" "$folder"
	fi
	ln -sfn "$folder" "out/deps/src/$name"
}
touch "$stamp"
