#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Install Microservice SDK: the packages it needs, the libraries it is built
# on, the SDK itself.  scripts/ has the parts, in the order in which they run.
set -eu
umask 022

usage() {
	cat <<-'END'
	usage: ./install.sh [--prefix DIR] [--sources DIR]     build, and install ms and the SDK
	   or: ./install.sh --demo  [--sources DIR]            build, and show what it does
	   or: ./install.sh --check [--sources DIR]            build, and run all tests
	   or: ./install.sh --deps  [--sources DIR]            only what the build needs
	   or: ./install.sh --uninstall [--prefix DIR]         remove exactly what was installed

	    --prefix DIR     where to install (default: ~/.local)
	    --sources DIR    take source archives and Debian packages from a folder
	    --help           show this text
	END
}

misuse() {
	echo "install.sh: $1" >&2
	usage >&2
	exit 2
}

mode=install prefix=${HOME:-/root}/.local sources=
want() {
	[ $# -ge 2 ] && [ -n "$2" ] || misuse "option '$1' needs a folder"
}
while [ $# -gt 0 ]; do
	case $1 in
	--demo | --check | --deps | --uninstall)
		[ "$mode" = install ] || misuse "'--$mode' and '$1' exclude each other"
		mode=${1#--} ;;
	--prefix) want "$@"; prefix=$2; shift ;;
	--prefix=*) want --prefix "${1#*=}"; prefix=${1#*=} ;;
	--sources) want "$@"; sources=$2; shift ;;
	--sources=*) want --sources "${1#*=}"; sources=${1#*=} ;;
	--help | -h) usage; exit 0 ;;
	*) misuse "unknown option '$1'" ;;
	esac
	shift
done

absolute() {
	case $1 in /*) echo "$1" ;; *) echo "$PWD/$1" ;; esac
}
prefix=$(absolute "$prefix")
if [ -n "$sources" ]; then
	[ -d "$sources" ] || misuse "there is no folder '$sources'"
	sources=$(absolute "$sources")
fi

cd "$(dirname "$0")"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/microservice-sdk
targets='v7em v7em-fp'
mkdir -p out "$cache"

. scripts/step.sh
. scripts/sources.sh
. scripts/deps.sh

: >"$log"
step "source of picolibc" get_source picolibc
step "source of mbedTLS" get_source mbedtls
step "picolibc for sim $targets" make_picolibc
step "mbedTLS for host sim $targets" make_mbedtls
