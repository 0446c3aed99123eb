# SPDX-License-Identifier: Apache-2.0
# What differs from one demonstration to the next.  Used with sed -E.
s/ *\[[0-9]+\.[0-9] s\]$/ [T]/
s/^ +[0-9]+\.[0-9]{6}  /    T  /
s/  [0-9]+\.[0-9]+ s( |$)/  T\1/
s/[0-9a-f]{16}/KEY/g
s/127\.0\.0\.1:[0-9]{2,5}/127.0.0.1:PORT/
s/(flash|RAM) [0-9]+/\1 N/g
s/[0-9]+ bytes/N bytes/
s/'elf\/v[^']*' was changed/'elf\/TARGET.elf' was changed/
