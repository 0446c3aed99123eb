# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034 # who sources this uses them
# Sourced by the recipes, from the top of the tree.  toolchain NAME sets what a
# library is compiled with: cc, ar, flags.  For a device target the facts are in
# ninja/NAME.ninja: a library gets the flags of a service's own objects.

ninja_value() {
	sed -n "s/^$2 = //p" "ninja/$1.ninja"
}

small='-Os -g -ffunction-sections -fdata-sections'

toolchain() {
	case $1 in
	host)
		cc=gcc ar=ar flags='-O2 -g' ;;
	sim)
		cc=gcc ar=ar flags="$small -fPIC -fno-stack-protector -U_FORTIFY_SOURCE" ;;
	*)
		cc=$(ninja_value "$1" cc) ar=$(ninja_value "$1" ar) cpu=$(ninja_value "$1" cpu)
		flags="$small $(ninja_value "$1" service_flags | sed "s/\$cpu/$cpu/")" ;;
	esac
}
