#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Put the source of zlib, as Debian has it and unmodified, into both projects.
#
#	sh get.sh [ARCHIVE]	from this file, from what is cached, or from the archive that apt on this machine is set up for
set -eu
archive=zlib_1.3.dfsg+really1.3.1.orig.tar.gz
hash=60dd315c07f616887caa029408308a018ace66e3d142726a97db164b3b8f69fb
cache=${XDG_CACHE_HOME:-$HOME/.cache}/microservice-sdk/sources
here=$(cd "$(dirname "$0")" && pwd)
sdk=$here/../..

if [ $# -gt 0 ]; then
	cache=$(dirname "$1") archive=$(basename "$1")
elif [ ! -f "$cache/$archive" ] && [ -f "$sdk/tests/judges/fetch.sh" ]; then
	(cd "$sdk" && sh tests/judges/fetch.sh zlib out/zlib.fetched)
fi
if [ ! -f "$cache/$archive" ]; then
	echo "get.sh: '$cache/$archive' is not there" >&2
	echo "  fix: get it where Debian's source packages are ('apt-get source --tar-only --download-only zlib'), then: sh get.sh $archive" >&2
	exit 1
fi
echo "$hash  $cache/$archive" | sha256sum --check --status || {
	echo "get.sh: '$cache/$archive' is another zlib than the one that this example was written for, or damaged" >&2
	echo "  fix: the SHA-256 of the right one is $hash" >&2
	exit 1
}

for project in zip own-tests; do
	rm -rf "${here:?}/$project/zlib"
	mkdir "$here/$project/zlib"
	tar -xzf "$cache/$archive" -C "$here/$project/zlib" --strip-components=1 --no-same-owner
done
echo "zlib is in zip/zlib and own-tests/zlib"
