# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced by install.sh.  Source archives: from the cache, from a folder that
# the person names, or from the archive that this machine's apt is set up for.
# A file is known by its hash in the pins, whoever it came from.

pins=third-party/sources.pins
pins_path=$PWD/$pins
suite=trixie

# pinned NAME: the known files of a library, newest first, as "version file hash".
pinned() {
	awk -v name="$1" '$1 == name { print $2, $3, $4 }' "$pins_path"
}

hash_of() {
	sha256sum "$1" | cut -d' ' -f1
}

# Is there a file DIR/FILE, and does it have this hash?
has_file() {
	[ -f "$1/$2" ] && [ "$(hash_of "$1/$2")" = "$3" ]
}

# A file from elsewhere becomes one of the cache's, whole or not at all.
source_keep() {
	cp "$1" "$cache/sources/$2.new"
	mv "$cache/sources/$2.new" "$cache/sources/$2"
}

# A release that was accepted earlier without a pin is recorded beside it.
source_accepted() {
	for record in "$cache/sources/$1"_*.accepted; do
		[ -f "$record" ] || continue
		read -r version file hash <"$record"
		if has_file "$cache/sources" "$file" "$hash"; then
			echo "$version $file $hash"
			return
		fi
	done
}

# The newest known file of a library in a folder: "version file hash", or nothing.
source_find() {
	pinned "$1" | while read -r version file hash; do
		if has_file "$2" "$file" "$hash"; then
			echo "$version $file $hash"
			break
		fi
	done
}

source_from_folder() {
	found=$(source_find "$1" "$sources")
	if [ -n "$found" ]; then
		echo "$found" | while read -r version file hash; do
			source_keep "$sources/$file" "$file"
		done
		return
	fi
	for file in "$sources/$1"_*.orig.tar.*; do
		[ ! -f "$file" ] || refuse "'$file' is not a source that is known to be good" \
			"if you trust it, add its line to $pins: $1 VERSION $(basename "$file") $(hash_of "$file")"
	done
	refuse "'$sources' has no source of $1" "put one of these there: $(pinned "$1" | awk '{ printf "%s%s", sep, $2; sep = ", " }')"
}

# apt-get with lists and cache in this folder: the machine's are neither used nor touched.
private_apt() {
	apt-get -q -o Dir::State::lists="$PWD/lists" -o Dir::Cache="$PWD/cache" -o APT::Sandbox::User=root "$@"
}

# The address of the Debian archive that apt on this machine is set up for, as apt itself reads its configuration.
archive_address() {
	codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
	# shellcheck disable=SC2016 # the fields are apt's, not the shell's
	"$@" indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
		awk -v codename="$codename" '$1 == codename && $2 == "main" { print $3; exit }' |
		sed 's/^file:/copy:/'
}

archive_list() {
	keyring=/usr/share/keyrings/debian-archive-keyring.gpg
	signed=
	[ ! -f "$keyring" ] || signed="[signed-by=$keyring] "
	echo "deb-src $signed$1 $suite main"
}

# archive_fetch FOLDER NAME: into that folder, which is there for this only.
archive_fetch() (
	cd "$1"
	mkdir -p lists/partial cache/archives/partial

	# apt says nothing of its archives before it has their lists.
	address=$(archive_address apt-get)
	if [ -z "$address" ]; then
		private_apt update
		address=$(archive_address private_apt)
	fi
	[ -n "$address" ] || no_source "$2" "apt on this machine knows no Debian archive to get the source of $2 from"

	archive_list "$address" >archive.list
	private_apt -o Dir::Etc::sourcelist="$PWD/archive.list" -o Dir::Etc::sourceparts=- update
	private_apt -o Dir::Etc::sourcelist="$PWD/archive.list" -o Dir::Etc::sourceparts=- source --tar-only --download-only "$2"
)

no_source() {
	refuse "$2" "put $(pinned "$1" | head -n 1 | cut -d' ' -f2) in a folder and say --sources DIR"
}

# A release that nobody pinned yet but that the archive's signature vouches for.
source_accept() {
	file=$(basename "$2")
	version=${file#"$1"_}
	version=${version%.orig.tar.*}
	newest=$(pinned "$1" | head -n 1 | cut -d' ' -f1)
	hash=$(hash_of "$2")

	[ "${version%.*}" = "${newest%.*}" ] || refuse "the archive has $1 $version, which is not a patch release of $newest" \
		"if you trust it, add its line to $pins: $1 $version $file $hash"
	source_keep "$2" "$file"
	echo "$version $file $hash" >"$cache/sources/$file.accepted"
	warn "$1 $version is not pinned; taken because the archive's signature covers it"
}

source_from_archive() {
	command -v apt-get >/dev/null || no_source "$1" "there is no apt-get to get the source of $1 with"
	fetch=$(mktemp -d "$cache/tmp.XXXXXX")
	archive_fetch "$fetch" "$1"
	path=$(find "$fetch" -maxdepth 1 -name "$1_*.orig.tar.*" ! -name '*.asc')
	[ -n "$path" ] || no_source "$1" "the archive gave no source of $1"

	if pinned "$1" | grep -q " $(basename "$path") $(hash_of "$path")\$"; then
		source_keep "$path" "$(basename "$path")"
	else
		source_accept "$1" "$path"
	fi
	rm -rf "$fetch"
}

# What the cache has of a library: "version file hash", or nothing.
source_cached() {
	found=$(source_find "$1" "$cache/sources")
	[ -n "$found" ] || found=$(source_accepted "$1")
	echo "$found"
}

get_source() {
	mkdir -p "$cache/sources"
	where=cached
	if [ -z "$(source_cached "$1")" ]; then
		if [ -n "$sources" ]; then
			source_from_folder "$1"
			where="from $sources"
		else
			source_from_archive "$1"
			where="from the archive"
		fi
	fi
	source_cached "$1" | { read -r version file hash; echo "$version, $where" >"$state/install.note"; }
}
