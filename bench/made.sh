# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Read by scripts that take a while, or need more than `./install.sh` builds.

# doing TEXT: what is being done now, on standard error.
doing() {
	echo "$(date +%H:%M:%S) $*" >&2
}

# made TARGET...: what is not there yet, or older than its sources, is there when this returns.
made() {
	ninja "$@" >&2
}
