#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The three vendors, each with a key of their own: what they send is then in parcels/, packages and public keys.
#
#	sh vendors.sh
set -eu

# vendor NAME PROJECT: people/NAME is where this one has their keys, which nobody else sees.
vendor() {
	export MS_HOME="$PWD/people/$1"
	ms -q key export >/dev/null 2>&1 || ms -q key new developer
	ms -q key export >"parcels/$1.pem"
	ms -q package "$2" -o "parcels/$(basename "$2").msp"
}

mkdir -p parcels
vendor crypto.example cipher
vendor example.org ../../services/uart-cmsdk
vendor meter.example meter
