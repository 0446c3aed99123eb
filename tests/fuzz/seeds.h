/* SPDX-License-Identifier: Apache-2.0 */
/* What fuzzing starts from: valid objects, made by our own writers. */
#ifndef SEEDS_H
#define SEEDS_H

#include "bytes.h"

/* Keep bytes as the seed `name` of a fuzz program; ends the program when it cannot be written. */
void seed_keep(const char *program, const char *name, struct bytes seed);

/* The same with one byte in front, which tells the fuzz program something. */
void seed_keep_behind(uint8_t first, const char *program, const char *name, struct bytes seed);

void seed_reader(void);
void seed_image(void);
void seed_cose(void);
void seed_provision(void);
void seed_reloc(void);
void seed_table(void);
void seed_cbor(void);
void seed_manifest(void);
void seed_package(void);
void seed_elf(void);
void seed_trust(void);
void seed_statement(void);
void seed_key(void);
void seed_printable(void);
void seed_schema(void);
void seed_product(void);
void seed_console(void);
void seed_gdbremote(void);
void seed_trace(void);
void seed_toolwords(void);
void seed_stackwalk(void);
void seed_sizediff(void);
void seed_import(void);
void seed_network(void);
void seed_firmware(void);
void seed_testreport(void);
void seed_boardframe(void);
void seed_rig(void);
void seed_store(void);

#endif
