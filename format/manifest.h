/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The package manifest and the ELF's meta note: one deterministic CBOR map
 * (docs/formats.md 4).  The note is the same map without what only
 * packages have, and with one target.
 */
#ifndef MANIFEST_H
#define MANIFEST_H

#include "table.h"
#include "target.h"

enum {
	MANIFEST_TARGET_MAX = 8,
	MANIFEST_REQUEST_MAX = 64,
	MANIFEST_MEMBER_MAX = 128,
	MANIFEST_PROVIDE_MAX = 28,	/* signals 4 to 31 */
	MANIFEST_CALL_MAX = 64,
	MANIFEST_MAPPED_MAX = 5,		/* devices and blocks of shared memory: regions of the protection */
	MANIFEST_INTERRUPT_MAX = 28,	/* of a device: signals 4 to 31 */
	MANIFEST_SHARED_SIZE_MAX = 1 << 20,
	MANIFEST_INTERFACE_NAME_MAX = 40,
	MANIFEST_FINGERPRINT_SIZE = 8,
	MANIFEST_META_MAX = 4096,	/* bytes */
	MANIFEST_META_KEYS = 11,	/* pairs: 1 to 7, 9 to 12 */
	MANIFEST_PACKAGE_KEYS = 16,	/* and 13, 18 to 21 */
};

struct manifest_request { uint32_t object, operations, argument; };

/* What a service lets others call, or calls itself, by messages (docs/abi.md). */
struct manifest_interface {
	struct bytes name;
	uint32_t sid;
	uint16_t version;	/* 1.. */
	uint8_t flags;		/* MANIFEST_CONNECTIONS ... */
	struct bytes fingerprint;	/* of its header, MANIFEST_FINGERPRINT_SIZE bytes; empty: it has none */
};

enum {
	MANIFEST_CONNECTIONS = 1,	/* clients connect to it; otherwise it is stateless */
	MANIFEST_STRICT = 2,		/* provided: to clients of this very version only */
	MANIFEST_WEAK = 4,		/* called: it can do without */
};

/* A device that it uses, or a block of shared memory: its own, or one of another service that it borrows. */
struct manifest_mapped {
	struct bytes name;	/* as that of an interface */
	uint32_t number;	/* of a device: interrupts that it takes, 0..; of a block: its size, a multiple of 32, or 0: borrowed */
	uint8_t flags;		/* of a borrowed block: MANIFEST_WRITE */
};

enum { MANIFEST_WRITE = 1 };

enum { MANIFEST_WORD_MAX = 512, MANIFEST_WORD_SIZE_MAX = 1024 };

/*
 * How a package was built: what may explain that the same source gives other
 * bytes elsewhere.  Nothing of the builder's own computer is in it.
 */
struct manifest_build {
	struct bytes sdk;		/* "0.1.0"; empty: nothing of all this is said */
	struct bytes compiler, linker;	/* "arm-none-eabi-gcc 12.2.1", "GNU ld 2.40" */
	bool release;
	/* Words of compiler and linker, each once: encoded arrays of texts (cbor.h) of at most MANIFEST_WORD_MAX. */
	struct bytes words;		/* the same for all targets */
	struct bytes own[MANIFEST_TARGET_MAX];
};

struct manifest_member { struct bytes path; uint64_t size; const uint8_t *sha256; struct bytes media; };

struct manifest {
	struct bytes name;		/* vendor/name */
	struct table_version version;
	struct bytes version_text;
	const uint8_t *component;	/* 16 bytes */
	uint32_t security_counter;
	const uint8_t *vendor;		/* 16 bytes */
	uint8_t targets[MANIFEST_TARGET_MAX];	/* enum ms_target, ascending */
	uint32_t target_count;
	uint16_t abi_major, abi_minor;
	uint32_t stack_size, heap_size;
	struct manifest_request requests[MANIFEST_REQUEST_MAX];
	uint32_t request_count;
	struct manifest_interface provides[MANIFEST_PROVIDE_MAX];	/* the first has signal 4 */
	uint32_t provide_count;
	struct manifest_interface calls[MANIFEST_CALL_MAX];	/* by local index */
	uint32_t call_count;
	struct manifest_mapped devices[MANIFEST_MAPPED_MAX];	/* by local index */
	uint32_t device_count;
	struct manifest_mapped shared[MANIFEST_MAPPED_MAX];	/* by local index */
	uint32_t shared_count;
	bool fixed;			/* linked for its place by the product (docs/build.md, "Fixed mode") */
	/* the package's only */
	struct manifest_member members[MANIFEST_MEMBER_MAX];
	uint32_t member_count;
	struct bytes license;
	uint64_t source_epoch;
	const uint8_t *build_id[MANIFEST_TARGET_MAX];	/* 20 bytes each */
	const uint8_t *image_sha256[MANIFEST_TARGET_MAX];	/* 32 bytes each */
	struct manifest_build build;
};

/*
 * Decode and check a package manifest: MS_OK, -MS_EFORMAT, or
 * -MS_EINCOMPATIBLE (format or ABI major).  *out borrows from `in` and is
 * untouched on failure.  That numbers and texts agree (version, UUIDs) is the
 * caller's to check.
 */
int manifest_decode(struct bytes in, struct manifest *out);

/* The same for the meta note: the package's fields are left zero. */
int manifest_decode_meta(struct bytes in, struct manifest *out);

/* Is this the name of an interface: a letter, then letters, digits, - and _? */
bool manifest_interface_name_ok(struct bytes name);

/*
 * Write them.  Lists must be sorted and each pointer lead to its bytes, also
 * where nothing is known yet; the note takes the first target.  What is
 * written is what was given: manifest_decode is the check.
 */
void manifest_encode(const struct manifest *m, struct writer *w);
void manifest_encode_meta(const struct manifest *m, struct writer *w);

#endif
