#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Copy a tree whose files Ninja does not know, for ninja/stage.ninja.
#
#   scripts/stage_tree.sh TO STAMP FROM...
#
# TO becomes exactly what all of FROM are together, links followed.  STAMP.d tells Ninja
# every file and folder of FROM, so that a changed, new or removed one copies again.
set -eu
to=$1 stamp=$2
shift 2

rm -rf "$to"
mkdir -p "$to"
for from; do cp -RL "$from/." "$to"; done
{
	printf '%s: \\\n' "$stamp"
	find -L "$@" | sed 's/ /\\ /g; s/.*/  & \\/'
	echo
} >"$stamp.d"
touch "$stamp"
