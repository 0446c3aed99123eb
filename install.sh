#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Install Microservice SDK: the packages it needs, the libraries it is built
# on, the SDK itself.  scripts/ has the parts, in the order in which they run.
set -eu
umask 022
export LC_ALL=C.UTF-8

usage() {
	cat <<-'END'
	usage: ./install.sh [OPTION...]             build, and install ms and the SDK
	   or: ./install.sh --demo [OPTION...]      build, and show what it does
	   or: ./install.sh --check [OPTION...]     build, and run all tests
	   or: ./install.sh --deps [OPTION...]      only get what the build needs
	   or: ./install.sh --uninstall [OPTION...] remove exactly what was installed

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

die() {
	printf 'install.sh: %s\n' "$@" >&2
	exit 1
}

choose() {
	[ "$mode" = install ] || [ "$mode" = "$1" ] || misuse "--$mode and --$1 exclude each other"
	mode=$1
}

# The folder that an option names, as an absolute path.
folder() {
	case $2 in
	'') misuse "$1 needs a folder" ;;
	/*) echo "$2" ;;
	*) echo "$PWD/$2" ;;
	esac
}

HOME=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
mode=install prefix=$HOME/.local sources=
while [ $# -gt 0 ]; do
	case $1 in
	--demo | --check | --deps | --uninstall) choose "${1#--}" ;;
	--prefix=*) prefix=$(folder --prefix "${1#*=}") ;;
	--sources=*) sources=$(folder --sources "${1#*=}") ;;
	--prefix) prefix=$(folder --prefix "${2-}"); shift ;;
	--sources) sources=$(folder --sources "${2-}"); shift ;;
	--help | -h) usage; exit 0 ;;
	*) misuse "unknown option '$1'" ;;
	esac
	shift
done
[ -z "$sources" ] || [ -d "$sources" ] || misuse "there is no folder '$sources'"

cd "$(dirname "$0")"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/microservice-sdk
targets=$(sed -n 's/^MS_TARGET([^"]*"\([^"]*\)".*/\1/p' sdk/include/ms/abi/targets.def | tr '\n' ' ')
targets=${targets% }
mkdir -p out "$cache/sources" || die "cannot write here: this needs a folder of your own, and '$cache'"

# One at a time: what a killed one left half made is nobody's once we have the lock.
exec 9>"$cache/lock"
flock -n 9 || { echo "another install.sh is running: waiting for it"; flock 9; }
rm -rf "$cache"/tmp.*

trap 'printf "\ninstall.sh: interrupted; nothing is half done, run it again to go on\n" >&2; exit 130' INT TERM HUP

. scripts/step.sh
. scripts/packages.sh
. scripts/sources.sh
. scripts/deps.sh
. scripts/prefix.sh
: >"$log"

if [ "$mode" = uninstall ]; then
	step "remove ms and the SDK from $prefix" do_uninstall
	echo "Debian packages stay, and so do the libraries in $cache"
	exit 0
fi

step "Debian packages" get_packages
step "source of picolibc" get_source picolibc
step "source of mbedTLS" get_source mbedtls
step "picolibc for sim $targets" make_picolibc
step "mbedTLS for host sim $targets" make_mbedtls
[ "$mode" != deps ] || exit 0

# What an older version of the tree staged is not installed with this one.
build_stage() {
	ninja -t cleandead
	ninja --quiet stage
}
step "ms, runtimes and the SDK's libraries" build_stage
case $mode in
demo)
	exec 9>&-
	exec sh scripts/demo.sh ;;
check)
	exec 9>&-
	exec sh scripts/check.sh ;;
install)
	step "install into $prefix" do_install
	case :$PATH: in
	*":$prefix/bin:"*) echo "done; try: ms help" ;;
	*) echo "done; put $prefix/bin into PATH, and try: ms help" ;;
	esac ;;
esac
