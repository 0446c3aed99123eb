# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2034 # who sources this uses them
# Sourced by the recipes, from the top of the tree.  toolchain NAME sets what a
# library is compiled with: cc, ar, flags.  For a device target the facts are in
# ninja/NAME.ninja and ninja/target.ninja: a library gets the flags of a
# service's own objects.  Of debug information it keeps functions and lines,
# which is what a crash is told by; types and variables would double its size.

ninja_value() {
	sed -n "s/^$2 = //p" "ninja/$1.ninja"
}

small='-Os -g1 -pipe -ffunction-sections -fdata-sections'

toolchain() {
	case $1 in
	host)
		cc=gcc ar=ar flags='-O2 -g' ;;
	sim)
		cc=gcc ar=ar flags="$small -fPIC -fno-stack-protector -U_FORTIFY_SOURCE" ;;
	*)
		cc=$(ninja_value target cc) ar=$(ninja_value target ar) cpu=$(ninja_value "$1" cpu)
		flags="$small $(ninja_value target service_flags | sed "s/\$cpu/$cpu/")" ;;
	esac
}
