#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The SDK with the runtimes of all boards as one archive, and its checksum, for ninja/stage.ninja.  The same files give the same bytes, whoever
# packs them, where and when.
#
#	scripts/dist.sh FROM ARCHIVE.tar.gz
set -eu
from=$1 archive=$2
name=$(basename "$archive" .tar.gz)

# Links are followed, and what was left by an earlier build is the caller's to take away.
LC_ALL=C tar --format=ustar --sort=name --mtime="@${SOURCE_DATE_EPOCH:-0}" --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX \
	--dereference --hard-dereference --transform="s,^\./,$name/," -C "$from" -cf "$archive.tar" ./bin ./lib ./share
gzip -n <"$archive.tar" >"$archive.new"
rm "$archive.tar"
mv "$archive.new" "$archive"
( cd "$(dirname "$archive")" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256" )
