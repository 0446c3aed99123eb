#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Copy a tree whose files Ninja does not know, for ninja/stage.ninja.
#
#   scripts/stage_tree.sh FROM TO STAMP
#
# TO becomes exactly what FROM is, links followed.  STAMP.d tells Ninja every
# file and folder of FROM, so that a changed, new or removed one copies again.
set -eu
from=$1 to=$2 stamp=$3

rm -rf "$to"
mkdir -p "$to"
cp -RL "$from/." "$to"
{
	printf '%s: \\\n' "$stamp"
	find -L "$from" | sed 's/ /\\ /g; s/.*/  & \\/'
	echo
} >"$stamp.d"
touch "$stamp"
