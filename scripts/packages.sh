# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Sourced by install.sh.  Debian packages: asked for only when one is missing,
# so that a machine that has them needs no network and no root.

# The packages that a mode needs.
packages_wanted() {
	case $mode in
	check | deps) group='use|check' ;;
	*) group=use ;;
	esac
	awk -v group="^($group)\$" '$1 ~ group { print $2 }' scripts/packages.list
}

packages_missing() {
	packages_wanted | while read -r package; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
	done
}

# Run as root, by sudo where that is needed and there.
as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

package_apt() {
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
		-o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 "$@"
}

# A .deb from a folder must be the one that apt's signed lists know, if they know that version.
package_check() {
	name=$(dpkg-deb -f "$1" Package)
	version=$(dpkg-deb -f "$1" Version)
	known=$(apt-cache show "$name=$version" 2>/dev/null | sed -n 's/^SHA256: //p' | head -n 1)
	if [ -z "$known" ]; then
		warn "$name $version is taken from '$sources' as it is: apt's lists do not know it"
	elif [ "$(hash_of "$1")" != "$known" ]; then
		refuse "'$1' is not the package $name $version of the archive" "get it again with apt-get download $name"
	fi
}

packages_from_folder() {
	for file in "$sources"/*.deb; do
		package_check "$file"
	done
	package_apt --no-download --no-install-recommends install "$sources"/*.deb
}

# A computer without dpkg has what it has: the build says what it misses.
packages_without_dpkg() {
	warn "no dpkg here, so nothing was checked; needed: $(packages_wanted | tr '\n' ' ')"
}

get_packages() {
	if ! command -v dpkg-query >/dev/null; then
		packages_without_dpkg
		return
	fi
	missing=$(packages_missing | tr '\n' ' ')
	if [ -z "$missing" ]; then
		echo present >"$state/install.note"
		return
	fi
	if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
		refuse "these packages are missing, and there is no sudo to install them with: $missing" \
			"as root: apt-get install --no-install-recommends $missing"
	fi

	# An interrupted run of dpkg is finished first.
	as_root dpkg --configure -a
	if [ -n "$sources" ] && ls "$sources"/*.deb >/dev/null 2>&1; then
		packages_from_folder
	else
		package_apt update
		# shellcheck disable=SC2086 # a list of words
		package_apt --no-install-recommends install $missing
	fi
	missing=$(packages_missing | tr '\n' ' ')
	[ -z "$missing" ] || refuse "still missing: $missing" "look into out/install.log"
	echo installed >"$state/install.note"
}
