// SPDX-License-Identifier: Apache-2.0

// judge FOLDER PROOFS: a log of ours before golang.org/x/mod/sumdb, which reads the logs of Go's modules.  Its hashes, tiles, root, checkpoint and
// proofs are made anew from the entries alone and compared; PROOFS is what proofs.c said.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func check(err error) {
	if err != nil {
		refuse(err.Error())
	}
}

func refuse(format string, args ...interface{}) {
	fmt.Printf("judge: "+format+"\n", args...)
	os.Exit(1)
}

// pathOf is the C2SP name of a tile: Go's, without its height.
func pathOf(t tlog.Tile) string {
	return strings.Replace(t.Path(), "tile/8/", "tile/", 1)
}

// A log's stored hashes, in the order in which the library numbers them.
type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var out []tlog.Hash
	for _, i := range indexes {
		out = append(out, h[i])
	}
	return out, nil
}

// readEntries gives all of them, from the bundles.
func readEntries(folder string, size int64) [][]byte {
	var all [][]byte
	for n := int64(0); n*256 < size; n++ {
		t := tlog.Tile{H: height, L: 0, N: n, W: 256}
		if size-n*256 < 256 {
			t.W = int(size - n*256)
		}
		name := strings.Replace(pathOf(t), "tile/0/", "tile/entries/", 1)
		left, err := os.ReadFile(filepath.Join(folder, "log", name))
		check(err)
		for len(left) > 0 {
			end := 2 + int(binary.BigEndian.Uint16(left))
			all = append(all, left[2:end])
			left = left[end:]
		}
	}
	if int64(len(all)) != size {
		refuse("%d entries, not %d", len(all), size)
	}
	return all
}

// openCheckpoint believes a signed note by the key, and takes it apart.
func openCheckpoint(text []byte, key string) (size int64, root tlog.Hash) {
	verifier, err := note.NewVerifier(key)
	check(err)
	n, err := note.Open(text, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		refuse("the checkpoint says %q", n.Text)
	}
	size, err = strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err = tlog.ParseHash(lines[2])
	check(err)
	return size, root
}

// checkTiles makes each tile anew, and compares it with the file.
func checkTiles(folder string, stored hashes, size int64) int {
	count := 0
	for _, t := range tlog.NewTiles(height, 0, size) {
		if t.W < 256 && int64(t.W) != size>>(height*t.L)-t.N*256 {
			continue // as it was when the log was smaller, if anybody saw it then
		}
		want, err := tlog.ReadTileData(t, stored)
		check(err)
		got, err := os.ReadFile(filepath.Join(folder, "log", pathOf(t)))
		check(err)
		if !bytes.Equal(got, want) {
			refuse("%s is another tile", pathOf(t))
		}
		count++
	}
	return count
}

func parseHashes(words []string) []tlog.Hash {
	var out []tlog.Hash
	for _, word := range words {
		var h tlog.Hash
		raw, err := hex.DecodeString(word)
		check(err)
		copy(h[:], raw)
		out = append(out, h)
	}
	return out
}

func same(a, b []tlog.Hash) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// checkLine holds one proof of ours against the library's check, and against the library's own proof.
func checkLine(words []string, stored hashes, root tlog.Hash) {
	at, err := strconv.ParseInt(words[1], 10, 64)
	check(err)
	size, err := strconv.ParseInt(words[2], 10, 64)
	check(err)
	path := parseHashes(words[3:])
	var theirs []tlog.Hash
	if words[0] == "entry" {
		check(tlog.CheckRecord(path, size, root, at, stored[tlog.StoredHashIndex(0, at)]))
		theirs, err = tlog.ProveRecord(size, at, stored)
	} else {
		old, problem := tlog.TreeHash(at, stored)
		check(problem)
		check(tlog.CheckTree(path, size, root, at, old))
		theirs, err = tlog.ProveTree(size, at, stored)
	}
	check(err)
	if !same(path, theirs) {
		refuse("%s: another proof than the library's", strings.Join(words[:3], " "))
	}
}

// checkFile is about c2sp.org/tlog-proof: a proof with its entry and a checkpoint of its own.
func checkFile(path, key string) {
	text, err := os.ReadFile(path)
	check(err)
	head, checkpoint, found := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		refuse("%s is no proof", path)
	}
	entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	check(err)
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	check(err)
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		h, err := tlog.ParseHash(line)
		check(err)
		proof = append(proof, h)
	}
	size, root := openCheckpoint([]byte(checkpoint), key)
	check(tlog.CheckRecord(proof, size, root, index, tlog.RecordHash(entry)))
}

func main() {
	folder := os.Args[1]
	proofs, err := os.Open(os.Args[2])
	check(err)
	lines := bufio.NewScanner(proofs)
	lines.Scan()
	key := strings.TrimPrefix(lines.Text(), "key ")

	checkpoint, err := os.ReadFile(filepath.Join(folder, "log/checkpoint"))
	check(err)
	size, root := openCheckpoint(checkpoint, key)
	var stored hashes
	for n, entry := range readEntries(folder, size) {
		more, err := tlog.StoredHashes(int64(n), entry, stored)
		check(err)
		stored = append(stored, more...)
	}
	ours, err := tlog.TreeHash(size, stored)
	check(err)
	if ours != root {
		refuse("another root than the checkpoint's")
	}
	tiles, count := checkTiles(folder, stored, size), 0
	for ; lines.Scan(); count++ {
		checkLine(strings.Fields(lines.Text()), stored, root)
	}
	checkFile(folder+".tlog-proof", key)
	fmt.Printf("%d entries, %d tiles, root, checkpoint, %d proofs, a proof as a file: all as Go's library has them\n", size, tiles, count)
}
