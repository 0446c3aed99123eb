# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced by install.sh.  What was installed is listed in the prefix: "f" a file,
# "d" a folder made for it, "p" a folder made for the prefix itself.  The list
# is there before the first file is, so that an installation that is cut off
# can be removed, or done again, like any other.

list=lib/ms-sdk/INSTALLED

# Every file of the staged tree, the list itself, and the folders these lie in.
prefix_wanted() {
	{
		( cd out/stage && find . ! -type d | sed 's/^\.\///' )
		echo "$list"
	} | awk '{
		print "f " $0
		while (sub("/[^/]*$", ""))
			print "d " $0
	}'
}

# The folders that must be made so that there is a prefix.
prefix_parents() {
	folder=$prefix
	while [ ! -d "$folder" ]; do
		echo "p $folder"
		folder=$(dirname "$folder")
	done
}

# Of the new lines of a list: refuse a file that somebody else put there, leave out their folders.
prefix_claim() {
	while IFS= read -r line; do
		path=$prefix/${line#? }
		case $line in
		f*)
			if [ -e "$path" ] || [ -L "$path" ]; then
				refuse "'$path' is there already, and not from this SDK" "move it away, or choose another folder with --prefix DIR"
			fi ;;
		d*) [ ! -d "$path" ] || continue ;;
		esac
		echo "$line"
	done
}

# The list becomes this, at once.
prefix_record() {
	cp "$1" "$prefix/$list.new"
	mv "$prefix/$list.new" "$prefix/$list"
}

# Remove the files of a list, then its folders from the inside out, those that are empty by then.
prefix_remove() {
	sed -n 's/^f //p' "$1" | ( cd "$prefix" && xargs -r -d '\n' rm -f -- )
	sed -n 's/^d //p' "$1" | sort -r | ( cd "$prefix" && xargs -r -d '\n' rmdir --ignore-fail-on-non-empty -- ) || true
	sed -n 's/^p //p' "$1" | sort -r | xargs -r -d '\n' rmdir --ignore-fail-on-non-empty -- || true
}

prefix_writable() {
	if ! { mkdir -p "$prefix/lib/ms-sdk" && touch "$prefix/$list.new"; }; then
		refuse "cannot write to '$prefix'" "choose another folder with --prefix DIR"
	fi
}

do_install() {
	making=$(mktemp -d "$cache/tmp.XXXXXX")
	: >"$making/old"
	[ ! -f "$prefix/$list" ] || sort "$prefix/$list" >"$making/old"
	prefix_wanted | sort -u >"$making/wanted"
	comm -13 "$making/old" "$making/wanted" | prefix_claim >"$making/claimed"
	comm -12 "$making/old" "$making/wanted" >"$making/kept"
	comm -23 "$making/old" "$making/wanted" | grep -v '^p' >"$making/dropped" || true
	{ prefix_parents; grep '^p' "$making/old" || true; } >"$making/parents"
	sort -u "$making/claimed" "$making/kept" "$making/parents" >"$making/new"
	sort -u "$making/old" "$making/new" >"$making/both"

	prefix_writable
	prefix_record "$making/both"
	sed -n 's/^f //p' "$making/wanted" | grep -vxF "$list" >"$making/files"
	tar -C out/stage -cf "$making/tree.tar" --verbatim-files-from -T "$making/files"
	tar -C "$prefix" --no-same-owner -xf "$making/tree.tar"
	prefix_remove "$making/dropped"
	prefix_record "$making/new"
	rm -rf "$making"
	"$prefix/bin/ms" --version
}

do_uninstall() {
	[ -f "$prefix/$list" ] || refuse "no SDK is installed in '$prefix'" "say where with --prefix DIR"
	making=$(mktemp -d "$cache/tmp.XXXXXX")
	cp "$prefix/$list" "$making/old"
	prefix_remove "$making/old"
	rm -rf "$making"
}
