# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2016 # programs are written, not expanded
# install.sh: its options, its sources, what it builds once, what it installs and removes.
set -eu
. tests/shell.sh
. tests/install/sandbox.sh

unknown_options_are_refused_with_the_usage() {
	sandbox
	fails 2 install_sh --cheek
	says "$here/out" "unknown option '--cheek'"
	says "$here/out" "usage: ./install.sh"
	fails 2 install_sh --deps --check
	says "$here/out" "--deps and --check exclude each other"
	fails 2 install_sh --prefix
	says "$here/out" "--prefix needs a folder"
	fails 2 install_sh --sources "$here/nowhere"
	says "$here/out" "there is no folder '$here/nowhere'"
	[ ! -d "$project/out" ]
}

help_names_every_option() {
	sandbox
	install_sh --help >"$here/out"
	for option in --demo --check --deps --uninstall --prefix --sources --help; do
		says "$here/out" "$option"
	done
}

libraries_are_built_once() {
	sandbox
	from_folder --deps
	same "$(wc -l <"$here/built")" 17
	same "$(cat "$project/out/deps/v7em/picolibc/content")" "picolibc 1.0.1"
	install_sh --deps
	same "$(wc -l <"$here/built")" 17
}

a_changed_recipe_builds_its_library_again() {
	sandbox
	from_folder --deps
	echo '# changed' >>"$project/third-party/mbedtls.sh"
	install_sh --deps
	same "$(grep -c picolibc "$here/built")" 8
	same "$(grep -c mbedtls "$here/built")" 18
}

changed_flags_build_for_that_target_again() {
	sandbox
	from_folder --deps
	sed -i 's/cortex-m4/cortex-m7/' "$project/ninja/v7em.ninja"
	install_sh --deps
	same "$(tail -n +18 "$here/built" | tr '\n' ' ')" "picolibc v7em mbedtls v7em "
}

# What was compiled with other libraries is not used with these.
changed_libraries_empty_out() {
	sandbox
	from_folder --deps
	mkdir "$project/out/host"
	install_sh --deps
	[ -d "$project/out/host" ]
	echo '# changed' >>"$project/third-party/mbedtls.sh"
	install_sh --deps
	[ ! -e "$project/out/host" ]
}

a_library_that_fails_leaves_nothing_and_the_next_run_works() {
	sandbox
	cp "$project/third-party/mbedtls.sh" "$here/good"
	printf 'mkdir "$3"\necho half >"$3/content"\necho trouble in mbedtls >&2\nexit 1\n' >>"$project/third-party/mbedtls.sh"
	sed -i '/^mkdir "$3" && cp/d' "$project/third-party/mbedtls.sh"
	fails 1 from_folder --deps
	says "$here/out" "failed: mbedTLS for host"
	says "$here/out" "trouble in mbedtls"
	says "$here/out" "out/install.log"
	[ ! -e "$project/out/deps/host/mbedtls" ]
	cp "$here/good" "$project/third-party/mbedtls.sh"
	install_sh --deps
	same "$(find "$here/a cache" -name 'tmp.*')" ""
	same "$(cat "$project/out/deps/host/mbedtls/content")" "mbedtls 3.6.1"
}

# Start building in a session of its own, and end all of that by a signal in the middle of a library.
end_in_the_middle() {
	cp "$project/third-party/picolibc.sh" "$here/good"
	printf '#!/bin/sh\nmkdir "$3"\ntouch "%s/begun"\nexec sleep 60\n' "$here" >"$project/third-party/picolibc.sh"
	XDG_CACHE_HOME="$here/a cache" setsid "$project/install.sh" --deps --sources "$here/files" >"$here/out" 2>&1 &
	while [ ! -e "$here/begun" ]; do sleep 0.1; done
	kill "-$1" "-$!"
	wait "$!" || ended=$?
	same "$(find "$here/a cache" -path '*picolibc/*')" ""
	cp "$here/good" "$project/third-party/picolibc.sh"
	install_sh --deps
	same "$(cat "$project/out/deps/sim/picolibc/content")" "picolibc 1.0.1"
	same "$(find "$here/a cache" -name 'tmp.*')" ""
}

a_killed_build_leaves_nothing_and_the_next_run_works() {
	sandbox
	end_in_the_middle KILL
}

an_interrupted_build_says_so_and_the_next_run_works() {
	sandbox
	end_in_the_middle TERM
	same "$ended" 130
	says "$here/out" "interrupted; nothing is half done"
}

an_unknown_source_in_the_folder_is_refused_with_its_line() {
	sandbox
	line=$(sandbox_source mbedtls 3.6.2 "$here/other")
	cp "$here"/files/picolibc* "$here/other"
	fails 1 install_sh --deps --sources "$here/other"
	says "$here/out" "mbedtls_3.6.2.orig.tar.gz' is not a source that is known to be good"
	says "$here/out" "${line##* }"
	[ ! -e "$here/built" ]
}

a_damaged_source_is_refused() {
	sandbox
	printf x >>"$here/files/picolibc_1.0.1.orig.tar.gz"
	fails 1 from_folder --deps
	says "$here/out" "is not a source that is known to be good"
}

a_folder_without_the_source_says_what_to_put_there() {
	sandbox
	mkdir "$here/empty"
	fails 1 install_sh --deps --sources "$here/empty"
	says "$here/out" "has no source of picolibc"
	says "$here/out" "picolibc_1.0.1.orig.tar.gz"
}

an_older_pin_is_taken_when_it_is_what_there_is() {
	sandbox
	sandbox_source mbedtls 3.6.0 "$here/older" >>"$project/third-party/sources.pins"
	cp "$here"/files/picolibc* "$here/older"
	install_sh --deps --sources "$here/older"
	same "$(cat "$project/out/deps/host/mbedtls/content")" "mbedtls 3.6.0"
}

# The archive's side: apt-get as far as install.sh can see it.
sandbox_archive() {
	sandbox_program apt-get 'case "$*" in
	*indextargets*) echo "bookworm-security main http://security/"; echo "$(. /etc/os-release; echo $VERSION_CODENAME) main file:/srv/mirror/" ;;
	*update) grep . archive.list >>"'"$here"'/lists" ;;
	*source*) for name; do :; done; cp "'"$here"'/archive/$name"_* . ;;
	esac'
}

the_archive_is_the_computers_own() {
	sandbox
	sandbox_archive
	cp -R "$here/files" "$here/archive"
	install_sh --deps
	says "$here/lists" " copy:/srv/mirror/ trixie main"
}

# As in a container whose lists were thrown away.
apt_without_lists_gets_some_first() {
	sandbox
	sandbox_archive
	cp -R "$here/files" "$here/archive"
	mv "$here/bin/apt-get" "$here/bin/apt-with-lists"
	sandbox_program apt-get 'case "$*" in *archive.list*) ;; *update) touch lists/here; exit ;; esac
	[ -e lists/here ] || exit 0
	exec apt-with-lists "$@"'
	install_sh --deps
	says "$here/lists" " copy:/srv/mirror/ trixie main"
}

a_computer_without_an_archive_says_what_to_do() {
	sandbox
	sandbox_program apt-get 'exit 0'
	fails 1 install_sh --deps
	says "$here/out" "apt on this machine knows no Debian archive"
	says "$here/out" "put picolibc_1.0.1.orig.tar.gz in a folder and say --sources DIR"
}

a_patch_release_of_the_archive_is_taken_with_a_warning() {
	sandbox
	sandbox_archive
	cp -R "$here/files" "$here/archive"
	rm "$here"/archive/mbedtls*
	sandbox_source mbedtls 3.6.9 "$here/archive"
	install_sh --deps >"$here/out"
	says "$here/out" "warning: mbedtls 3.6.9 is not pinned"
	same "$(cat "$project/out/deps/host/mbedtls/content")" "mbedtls 3.6.9"
	rm "$here/bin/apt-get"
	sandbox_program apt-get 'exit 100'
	install_sh --deps
	same "$(grep -c mbedtls "$here/built")" 9
}

another_release_of_the_archive_is_refused_with_its_line() {
	sandbox
	sandbox_archive
	cp -R "$here/files" "$here/archive"
	rm "$here"/archive/mbedtls*
	line=$(sandbox_source mbedtls 4.0.0 "$here/archive")
	fails 1 install_sh --deps
	says "$here/out" "the archive has mbedtls 4.0.0, which is not a patch release of 3.6.1"
	says "$here/out" "$line"
}

without_a_network_it_says_so() {
	sandbox
	sandbox_program apt-get 'case "$*" in *indextargets*) echo "$(. /etc/os-release; echo $VERSION_CODENAME) main http://archive.invalid/" ;;
	*) echo "E: Temporary failure resolving archive.invalid"; exit 100 ;; esac'
	fails 1 install_sh --deps
	says "$here/out" "no network: connect, or give the files with --sources DIR"
}

# A user who is not root, on a computer that has what a tool needs and no sudo.
missing_packages_without_sudo_are_named() {
	sandbox
	sandbox_packages not-installed
	sandbox_program id 'echo 1000'
	for program in sh env cat cp mv rm mkdir dirname date awk sed grep tail cut flock getent tr; do
		[ -e "$here/bin/$program" ] || ln -s "$(command -v "$program")" "$here/bin/$program"
	done
	PATH=$here/bin
	fails 1 install_sh --deps
	PATH=/usr/bin:/bin
	says "$here/out" "there is no sudo"
	says "$here/out" "as root: apt-get install --no-install-recommends gcc"
}

present_packages_ask_for_nothing() {
	sandbox
	sandbox_program apt-get 'exit 100'
	sandbox_program sudo 'exit 100'
	sandbox_program id 'echo 1000'
	from_folder --deps
}

what_was_installed_is_removed_and_nothing_else() {
	sandbox
	mkdir -p "$here/a prefix/share" "$here/a prefix/lib"
	touch "$here/a prefix/share/mine"
	tree_of "$here/a prefix" >"$here/before"
	from_folder --prefix "$here/a prefix"
	same "$("$here/a prefix/bin/ms")" ms
	[ -f "$here/a prefix/share/a page" ]
	touch "$here/a prefix/bin/other"
	install_sh --uninstall --prefix "$here/a prefix"
	rm "$here/a prefix/bin/other"
	rmdir "$here/a prefix/bin"
	same "$(tree_of "$here/a prefix")" "$(cat "$here/before")"
}

a_prefix_that_was_made_goes_away_again() {
	sandbox
	from_folder --prefix "$here/a/b c/d"
	install_sh --uninstall --prefix="$here/a/b c/d"
	[ ! -e "$here/a" ]
	fails 1 install_sh --uninstall --prefix "$here/a/b c/d"
	says "$here/out" "no SDK is installed in '$here/a/b c/d'"
}

the_default_prefix_is_below_home() {
	sandbox
	from_folder >"$here/out"
	[ -x "$here/home/.local/bin/ms" ]
	says "$here/out" "put $here/home/.local/bin into PATH"
	install_sh --uninstall
	[ ! -e "$here/home/.local" ]
}

a_new_version_leaves_no_file_of_the_old_one() {
	sandbox
	from_folder --prefix "$here/a prefix"
	sandbox_build bin/ms bin/new
	install_sh --prefix "$here/a prefix"
	[ -e "$here/a prefix/bin/new" ]
	[ ! -e "$here/a prefix/share" ]
	install_sh --uninstall --prefix "$here/a prefix"
	[ ! -e "$here/a prefix" ]
}

installing_again_changes_nothing() {
	sandbox
	from_folder --prefix "$here/a prefix"
	tree_of "$here/a prefix" >"$here/first"
	install_sh --prefix "$here/a prefix"
	same "$(tree_of "$here/a prefix")" "$(cat "$here/first")"
}

a_file_of_somebody_else_is_not_replaced() {
	sandbox
	mkdir -p "$here/a prefix/bin"
	echo theirs >"$here/a prefix/bin/ms"
	fails 1 from_folder --prefix "$here/a prefix"
	says "$here/out" "bin/ms' is there already, and not from this SDK"
	same "$(cat "$here/a prefix/bin/ms")" theirs
	same "$(tree_of "$here/a prefix" | wc -l)" 3
}

a_prefix_that_cannot_be_written_is_said() {
	sandbox
	fails 1 from_folder --prefix /proc/sdk
	says "$here/out" "cannot write to '/proc/sdk'"
	says "$here/out" "--prefix DIR"
}

an_installation_that_was_cut_off_can_be_removed() {
	sandbox
	sandbox_program tar 'case "$*" in *-xf*prefix*|*prefix*-xf*) mkdir -p "'"$here"'/a prefix/bin"; echo part >"'"$here"'/a prefix/bin/ms"; exit 1 ;; esac
	exec /usr/bin/tar "$@"'
	fails 1 from_folder --prefix "$here/a prefix"
	install_sh --uninstall --prefix "$here/a prefix"
	[ ! -e "$here/a prefix" ]
}

# in_namespace OPTION COMMAND...: where root may do what the option says, for this command only.
in_namespace() {
	for way in "$1" "--map-root-user $1" "$1 --propagation unchanged"; do
		# shellcheck disable=SC2086 # options are words
		if unshare $way true 2>/dev/null; then
			shift
			# shellcheck disable=SC2086
			unshare $way "$@"
			return
		fi
	done
	skip "this user may not make a namespace"
}

a_second_run_needs_no_network() {
	sandbox
	from_folder --prefix "$here/a prefix"
	XDG_CACHE_HOME="$here/a cache" in_namespace --net "$project/install.sh" --prefix "$here/a prefix"
}

a_full_disk_is_said_and_the_next_run_works() {
	sandbox
	dd if=/dev/urandom of="$here/unpacked/mbedtls-3.6.1/big" bs=64k count=8
	tar -C "$here/unpacked" -czf "$here/files/mbedtls_3.6.1.orig.tar.gz" mbedtls-3.6.1
	sed -i "/^mbedtls/s/[^ ]*\$/$(sha256sum "$here/files/mbedtls_3.6.1.orig.tar.gz" | cut -d' ' -f1)/" "$project/third-party/sources.pins"
	in_namespace --mount sh -euc '
		mount -t tmpfs -o size=800k none "$1/a cache"
		export XDG_CACHE_HOME="$1/a cache"
		if "$1/project/install.sh" --deps --sources "$1/files" >"$1/full" 2>&1; then exit 1; fi
		mount -o remount,size=4m "$1/a cache"
		"$1/project/install.sh" --deps --sources "$1/files"' sh "$here"
	says "$here/full" "the disk is full: free some space"
}

two_at_once_wait_for_each_other() {
	sandbox
	from_folder --deps >"$here/one" 2>&1 &
	install_sh --sources "$here/files" --deps >"$here/two" 2>&1
	wait $!
	same "$(wc -l <"$here/built")" 17
}

run unknown_options_are_refused_with_the_usage help_names_every_option \
	libraries_are_built_once a_changed_recipe_builds_its_library_again \
	changed_flags_build_for_that_target_again changed_libraries_empty_out \
	a_library_that_fails_leaves_nothing_and_the_next_run_works \
	a_killed_build_leaves_nothing_and_the_next_run_works \
	an_interrupted_build_says_so_and_the_next_run_works \
	an_unknown_source_in_the_folder_is_refused_with_its_line a_damaged_source_is_refused \
	a_folder_without_the_source_says_what_to_put_there an_older_pin_is_taken_when_it_is_what_there_is \
	the_archive_is_the_computers_own apt_without_lists_gets_some_first \
	a_computer_without_an_archive_says_what_to_do a_patch_release_of_the_archive_is_taken_with_a_warning \
	another_release_of_the_archive_is_refused_with_its_line without_a_network_it_says_so \
	missing_packages_without_sudo_are_named present_packages_ask_for_nothing \
	what_was_installed_is_removed_and_nothing_else a_prefix_that_was_made_goes_away_again \
	the_default_prefix_is_below_home a_new_version_leaves_no_file_of_the_old_one \
	installing_again_changes_nothing a_file_of_somebody_else_is_not_replaced \
	a_prefix_that_cannot_be_written_is_said an_installation_that_was_cut_off_can_be_removed \
	a_second_run_needs_no_network a_full_disk_is_said_and_the_next_run_works \
	two_at_once_wait_for_each_other
