# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2016 # programs are written, not expanded
# Sourced by the tests of install.sh: a small project with the real install.sh
# and scripts, whose libraries and SDK take no time to build, and a computer
# whose packages are what a test says.

# The project is $here/project; "$here/a cache" and "$here/a prefix" are its user's.
sandbox() {
	project=$here/project
	mkdir -p "$project/third-party/mbedtls" "$project/ninja" "$here/a cache" "$here/bin"
	cp "$top/install.sh" "$project"
	cp -R "$top/scripts" "$project"
	cp "$top/third-party/toolchain.sh" "$project/third-party"
	cp "$top"/ninja/target.ninja "$top"/ninja/v*.ninja "$project/ninja"
	mkdir -p "$project/sdk/include/ms/abi"
	cp "$top/sdk/include/ms/abi/targets.def" "$project/sdk/include/ms/abi"
	echo '/* none */' >"$project/third-party/mbedtls/config.h"
	for library in picolibc mbedtls; do
		sandbox_recipe "$library"
	done
	sandbox_source picolibc 1.0.1 "$here/files" >"$project/third-party/sources.pins"
	sandbox_source mbedtls 3.6.1 "$here/files" >>"$project/third-party/sources.pins"
	sandbox_build bin/ms 'share/a page'
	sandbox_packages installed
	sandbox_program arm-none-eabi-gcc 'echo gcc 12'
	sandbox_program curl 'exit 9'
	PATH=$here/bin:$PATH
}

# A recipe that counts its runs in $here/built.
sandbox_recipe() {
	cat >"$project/third-party/$1.sh" <<-END
	#!/bin/sh
	set -e
	echo "$1 \$1" >>"$here/built"
	mkdir "\$3" && cp "\$2/content" "\$3"
	END
	chmod +x "$project/third-party/$1.sh"
}

# sandbox_source NAME VERSION FOLDER: make an archive there; the line that pins it is the result.
sandbox_source() {
	mkdir -p "$3" "$here/unpacked/$1-$2"
	echo "$1 $2" >"$here/unpacked/$1-$2/content"
	tar -C "$here/unpacked" -czf "$3/$1_$2.orig.tar.gz" "$1-$2"
	echo "$1 $2 $1_$2.orig.tar.gz $(sha256sum "$3/$1_$2.orig.tar.gz" | cut -d' ' -f1)"
}

# The project's build makes these files, and nothing else, under out/stage.
sandbox_build() {
	{
		printf 'rule make\n  command = printf "#!/bin/sh\\\\necho ms\\\\n" >$out && chmod +x $out\n'
		printf 'build stage: phony'
		for file in "$@"; do
			printf ' out/stage/%s' "$(echo "$file" | sed 's/ /$ /g')"
		done
		echo
		for file in "$@"; do
			printf 'build out/stage/%s: make\n' "$(echo "$file" | sed 's/ /$ /g')"
		done
	} >"$project/build.ninja"
}

# A program that is found before the computer's own.
sandbox_program() {
	printf '#!/bin/sh\n%s\n' "$2" >"$here/bin/$1"
	chmod +x "$here/bin/$1"
}

# Whether dpkg says that packages are installed.
sandbox_packages() {
	sandbox_program dpkg-query "printf %s $1"
}

install_sh() {
	XDG_CACHE_HOME="$here/a cache" HOME="$here/home" "$project/install.sh" "$@"
}

from_folder() {
	install_sh --sources "$here/files" "$@"
}

# Every file and folder below one, with its kind.
tree_of() (
	cd "$1" && find . -printf '%y %p\n' | sort
)
