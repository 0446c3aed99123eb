# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced by install.sh.  Libraries for each toolchain, built once: a folder of
# the cache is named after everything that went into it, and appears there by
# one rename when it is complete.  out/deps has links to those folders.

. third-party/toolchain.sh

# What decides how a library comes out, apart from its own recipe and source.
toolchain_facts() {
	toolchain "$1"
	echo "$flags"
	"$cc" --version | head -n 1
	"$cc" -dumpmachine
}

# key_of TOOLCHAIN HASH FILE...: a name for the outcome of these inputs.
key_of() {
	{
		toolchain_facts "$1"
		echo "$2"
		shift 2
		cat "$@"
	} | sha256sum | cut -c1-16
}

# Put a link at out/deps/PATH.  Ninja does not see a library behind it change:
# then all that was built with the one before goes.
deps_link() {
	if [ "$(readlink "out/deps/$2")" != "$1" ]; then
		find out -mindepth 1 -maxdepth 1 ! -name deps ! -name 'install.*' -exec rm -rf {} +
		mkdir -p "$(dirname "out/deps/$2")"
		ln -sfn "$1" "out/deps/$2"
	fi
}

# cached ENTRY COMMAND...: COMMAND makes the folder that is its last argument, if the cache lacks it.
cached() {
	entry=$cache/$1
	shift
	[ ! -d "$entry" ] || return 0
	making=$(mktemp -d "$cache/tmp.XXXXXX")
	"$@" "$making/made"
	mkdir -p "$(dirname "$entry")"
	mv "$making/made" "$entry"
	rm -rf "$making"
}

# unpack ARCHIVE FOLDER: without the folder that everything in the archive lies in.
unpack() {
	mkdir "$2"
	tar -xf "$1" -C "$2" --strip-components=1 --no-same-owner
}

# The unpacked source of a library: sets source and hash.
unpacked() {
	facts=$(source_cached "$1")
	hash=${facts##* }
	file=${facts#* }
	file=${file% *}
	cached "source/$1-$(echo "$hash" | cut -c1-16)" unpack "$cache/sources/$file"
	source=$entry
}

# libraries NAME TOOLCHAIN...: what the cache lacks is made, as many at a time as there are processors; links to all.
# `NAME_key TOOLCHAIN` is the key of one.  out/install.note says so when there was nothing to do.
libraries() {
	name=$1
	shift
	unpacked "$name"
	wanted=$(for tc; do echo "$name/$tc-$("${name}_key" "$tc") $tc"; done)
	missing=$(echo "$wanted" | while read -r entry tc; do
		[ -d "$cache/$entry" ] || echo "$entry $tc"
	done)

	if [ -n "$missing" ]; then
		echo "$missing" | xargs -L 1 -P "$(nproc)" scripts/library.sh "$cache" "$name" "$source"
	else
		echo cached >"$state/install.note"
	fi
	echo "$wanted" | while read -r entry tc; do
		deps_link "$cache/$entry" "$tc/$name"
	done
}

picolibc_key() {
	key_of "$1" "$hash" third-party/picolibc.sh
}

make_picolibc() {
	# shellcheck disable=SC2086 # a list of words
	libraries picolibc sim $targets
	mkdir -p out/deps/src
	ln -sfn "$source" out/deps/src/picolibc	# for tests/judges
}

# The headers of picolibc that it is compiled against count as an input.
mbedtls_key() {
	libc=
	[ "$1" = host ] || libc=$(basename "$(readlink "out/deps/$1/picolibc")")
	key_of "$1" "$hash $libc" third-party/mbedtls.sh third-party/mbedtls/*
}

make_mbedtls() {
	# shellcheck disable=SC2086
	libraries mbedtls host sim $targets
	deps_link "$source" src/mbedtls
}
