# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2119,SC2120 # options of curl in words; options of serve may be left out
# ms publish, add and install with sources, against a real store: what is given away and what is not, that who takes it builds the very package, and that a store
# which lies about it is refused.  Nothing waits for a time: a store that is stopped has ended before it is asked for, and one that is started has said that it is ready.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

# The publisher's home is $scratch/home.  Of version 1.0.0 the package, its source, another source of that very package, and one of another package.
one_package
publishers=$MS_HOME
sources() {
	ms -q package --source "$scratch/hello" -o "$scratch/$1" >"$scratch/built" 2>&1 || { cat "$scratch/built"; exit 1; }
}
sources one-source.msp
echo 'What it is for.' >"$scratch/hello/README.md"
sources again-source.msp
rm "$scratch/hello/README.md"
sed -i 's/"Hello"/"Other"/' "$scratch/hello/src/main.c"
sources other-source.msp
sed -i 's/"Other"/"Hello"/' "$scratch/hello/src/main.c"

# begun: a store, its publisher logged in, and a copy of the project.
begun() {
	serve
	cp -R "$publishers" "$here/publisher"
	rm -rf "$here/publisher/config/stores" "$here/publisher/config/trust/stores" "$here/publisher/state"
	cp -R "$scratch/hello" "$here/project"
	rm -rf "$here/project/out"
	cp "$scratch"/*.msp "$here"
	cd "$here"
	MS_HOME=$here/publisher
	MS_STORE=$url
	export MS_STORE
	ms -q login "$url" --claim example.org
}

# given: the package and its source are in the store; then a product of somebody else, who trusts the store's key and is told the id of the developer's.
given() {
	begun
	ms -q publish one.msp
	[ $# -eq 0 ] || ms -q publish "$1"
	kid=$(sed 's/.*"kid":"\([0-9a-f]*\)".*/\1/' shop/index/he/ll/example.org/hello)
	MS_HOME=$here/home
	ms -q key trust --store "$(log_key)"
	mkdir door
	cd door
	ms -q product init --board mps2-an386 --vendor acme.example
}

log_key() {
	sed 's/.*"key":"\([^"]*\)".*/\1/' "$here/shop/index/config.json"
}

# heard: how many publishes the store has heard of.  It says each before it answers, so who has an answer reads of it here.
heard() {
	grep -c 'POST /v1/publish' "$here/served" || true
}

# untouched: the product has nothing of what was refused.
untouched() {
	[ ! -e packages ] && [ ! -e product.lock ] && [ ! -e trust ]
	lacks product.yaml 'source:'
}

a_project_goes_with_its_sources_which_are_listed_before() {
	begun
	cp shop/log/checkpoint before
	ms publish --source --dry-run project >said 2>&1
	says said 'source/src/main.c'
	says said 'for all to read, and for ever'
	says said 'not looked at by the store, which has no such version yet'
	cmp before shop/log/checkpoint
	[ ! -e project/out/hello-1.0.0.msp.tlog-proof ] && [ ! -e project/out/hello-1.0.0-source.msp.tlog-proof ]
	ms publish --source project --json >said 2>/dev/null
	says said '"file":"source/src/main.c"'
	says said '"source_repeated":false'
	cmp project/out/hello-1.0.0.msp one.msp
	cmp project/out/hello-1.0.0-source.msp one-source.msp
	ms -q key trust --store "$(log_key)"
	before=$(heard)
	[ "$before" -ge 2 ]
	ms publish --source project >said 2>&1
	says said '1.0.0: already there, live'
	says said 'its source: already there'
	# What is there already was not sent.
	same "$(heard)" "$before"
	end_shop
	unset MS_STORE
	for each in project/out/hello-1.0.0.msp project/out/hello-1.0.0-source.msp; do
		ms verify "$each" >said
		says said 'ok       log: entry'
	done
	# Neither proof is one of the other.
	mv project/out/hello-1.0.0-source.msp.tlog-proof project/out/hello-1.0.0.msp.tlog-proof
	fails 7 ms verify project/out/hello-1.0.0.msp
	says out MS2908
}

what_is_no_source_or_would_give_away_a_key_stays_here() {
	begun
	cp publisher/config/keys/developer.pem project/kept.pem
	fails 3 ms publish --source project
	says out MS1615
	says out kept.pem
	rm project/kept.pem
	ln -s /etc/hostname project/src/name.h
	fails 3 ms publish --source project
	says out MS1614
	rm project/src/name.h
	fails 2 ms publish --source one.msp
	says out "name the project's folder"
	fails 2 ms publish --source --approve project
	fails 2 ms publish --stage one-source.msp
	head -c 3000 one-source.msp >cut.msp
	fails 7 ms publish cut.msp
	sed 's/"Hello"/"Jello"/' one-source.msp >changed.msp
	fails 7 ms publish changed.msp
	same "$(heard)" 0
}

# Without the option no source leaves, and it can be given when it is wanted: once, and of this very package alone.
a_source_comes_later_and_once() {
	begun
	fails 1 ms publish one-source.msp
	says out 'publish the package first'
	ms -q publish project
	lacks shop/index/he/ll/example.org/hello '"source"'
	before=$(heard)
	fails 1 ms publish other-source.msp
	says out 'promises another package'
	same "$(heard)" "$before"
	cp shop/log/checkpoint before
	ms publish one-source.msp --dry-run >said
	says said 'its source: would be there'
	cmp before shop/log/checkpoint
	ms publish one-source.msp >said 2>&1
	says said 'its source: published'
	[ -s one-source.msp.tlog-proof ]
	before=$(heard)
	[ "$before" -ge 2 ]
	ms publish one-source.msp >said 2>&1
	says said 'its source: already there'
	fails 1 ms publish again-source.msp
	says out 'has another source in the store already'
	[ ! -e again-source.msp.tlog-proof ]
	# What is refused or there already was not sent.
	same "$(heard)" "$before"
}

a_build_server_stages_a_project_with_its_source() {
	begun
	ms -q token create --scope stage --label ci --days 1 -o ci.token
	ms publish --source --stage project --token-file ci.token >said 2>&1
	says said 'published, staged'
	says said 'its source: published'
	same "$(ask /v1/services/example.org/hello/1.0.0)" 404
	ms -q publish --approve project
	grep -q '"source":"'"$(sha256sum <one-source.msp | cut -c1-64)" shop/index/he/ll/example.org/hello
}

a_source_is_added_built_and_verified_with_the_store_gone() {
	given one-source.msp
	ms search hello >../said
	says ../said 'with its source'
	ms search hello --store ../shop --json >../said
	says ../said "\"source\":\"$(sha256sum <../one-source.msp | cut -c1-64)"
	ms add example.org/hello --dry-run >../said
	says ../said 'its source is there:'
	says ../said '--source builds it here'
	# Whoever signed it is not trusted yet, and nothing of it was built.
	fails 7 ms add example.org/hello --source
	says ../out "--trust $kid"
	lacks ../out building
	untouched
	ms add example.org/hello --source --trust "$kid" --json >../said 2>&1 || { cat ../said; return 1; }
	says ../said '"source":"packages/example.org-hello-1.0.0-source.msp"'
	cmp packages/example.org-hello-1.0.0.msp ../one.msp
	cmp packages/example.org-hello-1.0.0-source.msp ../one-source.msp
	# The package itself was not fetched, but made here.
	[ -s "$MS_HOME/cache/store/$(sha256sum <../one-source.msp | cut -c1-64).msp" ]
	[ ! -e "$MS_HOME/cache/store/$(sha256sum <../one.msp | cut -c1-64).msp" ]
	says product.lock "source example.org/hello 1.0.0 $(sha256sum <../one-source.msp | cut -c1-64)"
	MS_HOME=$here/publisher ms -q yank example.org/hello 1.0.0 --reason broken >../said
	ms -q store mirror "$url" ../mirror >../said
	end_shop
	rm -rf ../shop ../publisher ../project
	unset MS_STORE
	ms -q product check --locked >../said
	verified >../said 2>&1 || { cat ../said; return 1; }
	same "$(grep -c 'ok       log: entry' ../said)" 2
	# A clone gets both by their hashes, from whoever has them, and hears once that the version was withdrawn.
	cp packages/*.msp ..
	rm -r packages
	MS_HOME=$here/nobody ms install --offline --store ../mirror >../said 2>&1
	says ../said 'packages/example.org-hello-1.0.0-source.msp'
	same "$(grep -c 'is yanked (broken)' ../said)" 1
	for each in packages/*; do
		cmp "$each" "../${each#packages/}"
	done
	rm packages/*-source.msp
	ms install --offline --store ../mirror --json >../said
	says ../said '"kind":"source"'
	says ../said '"packages":1,"fetched":1,"sources":1'
	ms -q product check --locked >../said
}

# With no network at all, where the kernel lets one give it up.
verified() {
	unshare -rn true 2>/dev/null && alone='unshare -rn' || alone=
	$alone ms verify packages/*.msp --key trust/*.pem
}

who_asks_for_a_source_that_is_not_there_is_told() {
	given
	ms search hello --json >../said
	says ../said '"source":null'
	ms add example.org/hello --dry-run >../said
	lacks ../said 'its source'
	fails 1 ms add example.org/hello --source --trust "$kid"
	says ../out 'there is no source of example.org/hello 1.0.0'
	says ../out MS3009
	says ../out 'ms publish NAME-VERSION-source.msp'
	untouched
	# A client of it takes its interfaces, and builds nothing.
	hello "$here/caller" caller
	fails 2 ms -C ../caller add example.org/hello --source
	says ../out 'leave out --source'
	# A lock that wants one which nobody has.
	ms -q add example.org/hello --trust "$kid"
	ms -q product remove hello
	ms -q product add ../one-source.msp
	rm packages/*-source.msp
	fails 1 ms install
	says ../out 'has no source of example.org/hello 1.0.0 with the SHA-256'
}

# A developer who signs a source that does not give the package which it promises: a store takes it, since it builds nothing, and nobody has anything of it.
a_source_that_gives_another_package_is_refused_with_what_differs() {
	"$top/out/check/tests/e2e/source-forge" "$scratch/one-source.msp" "$publishers/config/keys/developer.pem" "$here/forged.msp" src/main.c '#include <SysCall.h>

int main(void)
{
	LOG_INFO("Jello");
	return 0;
}
'
	given forged.msp
	fails 7 ms add example.org/hello --source --trust "$kid"
	says ../out 'building example.org/hello from its source'
	says ../out MS1612
	says ../out 'section .rodata'
	untouched
}

a_store_that_gives_other_bytes_is_refused() {
	given one-source.msp
	ms -q store mirror "$url" ../mirror >../said
	end_shop
	blob=blobs/sha256/$(sha256sum <../one-source.msp | cut -c1-64)
	cp -R ../mirror ../bit
	sed 's/"Hello"/"Hellp"/' ../one-source.msp >"../bit/$blob"
	fails 7 ms add example.org/hello --source --trust "$kid" --store ../bit
	says ../out 'what '
	says ../out 'gives for the source of example.org/hello 1.0.0 has not the SHA-256'
	cp -R ../mirror ../short
	head -c 4096 ../one-source.msp >"../short/$blob"
	fails 7 ms add example.org/hello --source --trust "$kid" --store ../short
	cp -R ../mirror ../none
	rm "../none/$blob"
	fails 1 ms add example.org/hello --source --trust "$kid" --store ../none
	# An index that names another one than the log.
	cp -R ../mirror ../index
	sed -i 's/"source":"....../"source":"000000/' ../index/index/he/ll/example.org/hello
	fails 7 ms add example.org/hello --source --trust "$kid" --store ../index
	says ../out 'has another source of example.org/hello 1.0.0 than its log'
	cp -R ../mirror ../entry
	sed -i 's/"source_entry":./"source_entry":3/' ../entry/index/he/ll/example.org/hello
	fails 7 ms add example.org/hello --source --trust "$kid" --store ../entry
	says ../out 'than its log'
	untouched
	ms -q add example.org/hello --source --trust "$kid" --store ../mirror >../said 2>&1
}

# Who runs it and has its key puts into the log that a source is this package's which promises another one.
a_log_that_lies_about_a_source_is_refused() {
	given
	end_shop
	"$top/out/check/tests/store/log-liar" ../shop ../one.msp ../other-source.msp >../line
	sed -i "s/\"abi\":/$(cat ../line),&/" ../shop/index/he/ll/example.org/hello
	cp ../other-source.msp "../shop/blobs/sha256/$(sha256sum <../other-source.msp | cut -c1-64)"
	fails 7 ms add example.org/hello --source --trust "$kid" --store ../shop
	says ../out 'promises another example.org/hello'
	says ../out MS1612
	lacks ../out building
	untouched
}

run a_source_is_added_built_and_verified_with_the_store_gone a_project_goes_with_its_sources_which_are_listed_before what_is_no_source_or_would_give_away_a_key_stays_here a_source_comes_later_and_once \
	a_build_server_stages_a_project_with_its_source who_asks_for_a_source_that_is_not_there_is_told a_source_that_gives_another_package_is_refused_with_what_differs \
	a_store_that_gives_other_bytes_is_refused a_log_that_lies_about_a_source_is_refused
