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
	built=yes
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

# out/install.note says so when there was nothing to do.
deps_note() {
	[ -n "$built" ] || echo cached >"$state/install.note"
}

make_picolibc() {
	built=
	unpacked picolibc
	for tc in sim $targets; do
		key=$(key_of "$tc" "$hash" third-party/picolibc.sh)
		cached "picolibc/$tc-$key" third-party/picolibc.sh "$tc" "$source"
		deps_link "$entry" "$tc/picolibc"
	done
	deps_note
}

# The headers of picolibc that mbedTLS is compiled against count as an input.
make_mbedtls() {
	built=
	unpacked mbedtls
	deps_link "$source" src/mbedtls
	for tc in host sim $targets; do
		libc=
		[ "$tc" = host ] || libc=$(readlink "out/deps/$tc/picolibc")
		key=$(key_of "$tc" "$hash $(basename "$libc")" third-party/mbedtls.sh third-party/mbedtls/*)
		MS_PICOLIBC=$libc cached "mbedtls/$tc-$key" third-party/mbedtls.sh "$tc" "$source"
		deps_link "$entry" "$tc/mbedtls"
	done
	deps_note
}
