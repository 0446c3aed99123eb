# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced by the recipes, from the top of the tree.  toolchain NAME sets what a
# library is compiled with: cc, ar, flags.  For a device target the facts are in
# ninja/NAME.ninja: the library gets the very flags of a service's own objects.

ninja_value() {
	sed -n "s/^$2 = //p" "ninja/$1.ninja"
}

toolchain() {
	case $1 in
	host)
		cc=gcc ar=ar flags='-O2 -g' ;;
	sim)
		cc=gcc ar=ar flags='-Os -g -ffunction-sections -fdata-sections -fPIC -fno-stack-protector -U_FORTIFY_SOURCE' ;;
	*)
		cc=$(ninja_value "$1" cc) ar=$(ninja_value "$1" ar)
		cpu=$(ninja_value "$1" cpu)
		flags="-Os -g -ffunction-sections -fdata-sections $(ninja_value "$1" service_flags | sed "s/\$cpu/$cpu/")" ;;
	esac
}
