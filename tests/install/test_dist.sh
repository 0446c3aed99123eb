# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# The archive of `ninja dist`: the same bytes from the same files, and an SDK that works wherever it is unpacked, with nothing around it.
set -eu
. tests/shell.sh
archive=$(find out/dist -name 'microservice-sdk-*.tar.gz')
sdk=$(basename "$archive" .tar.gz)

# Another umask, clock, zone and language; files with other times and owners' rights.
the_same_files_give_the_same_bytes() {
	cp -R out/stage "$here/stage"
	find "$here/stage" -exec touch -d 2001-02-03 {} +
	chmod -R go-rwx "$here/stage"
	mkdir "$here/again"
	(
		umask 077
		TZ=Asia/Tokyo LC_ALL=tr_TR.UTF-8 faketime '2031-05-06 07:08:09' sh scripts/dist.sh "$here/stage" "$here/again/$sdk.tar.gz"
	)
	cmp "$archive" "$here/again/$sdk.tar.gz"
	cmp "$archive.sha256" "$here/again/$sdk.tar.gz.sha256"
}

its_name_says_the_version_and_its_checksum_holds() {
	case $sdk in
	"microservice-sdk-$(cat VERSION)-linux-$(uname -m)") ;;
	*) echo "it is called $sdk"; return 1 ;;
	esac
	( cd out/dist && sha256sum -c "$sdk.tar.gz.sha256" )
	cp "$archive" "$archive.sha256" "$here"
	printf x >>"$here/$sdk.tar.gz"
	if ( cd "$here" && sha256sum -c "$sdk.tar.gz.sha256" ); then
		return 1
	fi
}

nothing_but_the_sdk_is_in_it() {
	tar tzf "$archive" | grep -v '/$' | sed "s,^$sdk/,," | LC_ALL=C sort >"$here/packed"
	( cd out/stage && find -L bin lib share -type f ) | LC_ALL=C sort >"$here/staged"
	diff "$here/staged" "$here/packed"
	for board in boards/*/board.dts; do
		board=${board%/board.dts}
		[ ! -d "out/stage/lib/ms-sdk/$board" ] || says "$here/packed" "lib/ms-sdk/$board/runtime.elf"
	done
	same "$(tar tvzf "$archive" | awk '{ print $2 }' | sort -u)" 0/0
}

# bare COMMAND...: with the computer's own programs, a home, and nothing else.
bare() {
	env -i PATH=/usr/bin:/bin HOME="$here/home" "$here/$sdk/bin/ms" "$@"
}

it_works_where_it_is_unpacked_with_nothing_around_it() {
	mkdir "$here/home"
	tar xzf "$archive" -C "$here"
	cd "$here"
	bare --version >version
	says version "$(cat "$top/VERSION")"
	bare new hello
	bare build hello
	bare run --fast --timeout 60 hello >console
	says console 'Hello, world'
	[ -s hello/out/v7em/hello.elf ]
}

run its_name_says_the_version_and_its_checksum_holds nothing_but_the_sdk_is_in_it the_same_files_give_the_same_bytes \
	it_works_where_it_is_unpacked_with_nothing_around_it
