# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Package and product have the same bytes, whoever builds them, where, when and in which language.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/e2e/product.sh

# elsewhere COMMAND...: by another user where this one may become one, with another home, umask, zone, clock, language and fewer names in the environment; in this folder.
elsewhere() {
	mkdir -p "$here/locale" "$here/their home"
	[ -e "$here/locale/tr_TR.UTF-8" ] || localedef -i tr_TR -f UTF-8 "$here/locale/tr_TR.UTF-8" 2>/dev/null || true
	user=
	if [ "$(id -u)" = 0 ]; then
		chmod 755 "$scratch" "$here"
		chown -R 12345:12345 .
		user="setpriv --reuid 12345 --regid 12345 --clear-groups"
	fi
	umask 027
	# shellcheck disable=SC2086 # words
	env -i PATH="$PATH" MS_SDK="$MS_SDK" MS_HOME="$PWD/their keys" HOME="$PWD" LSAN_OPTIONS="$LSAN_OPTIONS" ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0 USER=somebody LOCPATH="$here/locale" LC_ALL=tr_TR.UTF-8 TZ=Pacific/Chatham \
		$user faketime -f '@2031-05-06 07:08:09' "$@"
	umask 022
}

# A project, packed here and there; the developer's key goes along.
packed() {
	for_anybody
	cp -R "$top/examples/04-two-services/client" "$here/client"
	mkdir -p "$here/deep er/ünder/c"
	cp -R "$here/client" "$here/deep er/ünder/c/client"
	ms -q package "$here/client" -o "$here/client.msp" >"$here/log" 2>&1
	mkdir -p "$here/deep er/ünder/c/their keys/config/keys"
	cp "$MS_HOME/config/keys/developer.pem" "$here/deep er/ünder/c/their keys/config/keys"
}

a_package_is_the_same_by_another_user_elsewhere_and_later() {
	packed
	cd "$here/deep er/ünder/c"
	elsewhere ms -q package client -o there.msp >"$here/log" 2>&1
	cmp "$here/client.msp" there.msp
	# What differs is seen: another source, another time that is asked for.
	echo '/* */' >>client/src/main.c
	elsewhere ms -q package client -o there.msp >"$here/log" 2>&1
	if cmp -s "$here/client.msp" there.msp; then
		return 1
	fi
}

a_product_is_the_same_by_another_user_elsewhere_and_later() {
	packed
	cp -R "$top/examples/04-two-services/server" "$here/server"
	ms -q package "$here/server" -o "$here/server.msp" >"$here/log" 2>&1
	door
	ms -q product build >"$here/log"
	there="$here/deep er/ünder/d"
	mkdir -p "$there/their keys"
	cp -R product.yaml product.lock packages trust "$there"
	cp "$MS_HOME/config/keys/integrator.pem" "$there/k.pem"
	cd "$there"
	elsewhere ms -q product build --locked --key k.pem >"$here/log"
	diff -r "$here/door/out/product" out/product
}

run a_package_is_the_same_by_another_user_elsewhere_and_later a_product_is_the_same_by_another_user_elsewhere_and_later
