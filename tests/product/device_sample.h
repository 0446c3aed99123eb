/* SPDX-License-Identifier: Apache-2.0 */
/* A device of two services for tests of device images: built, and believed by one key.  Included by each test once. */
#ifndef DEVICE_SAMPLE_H
#define DEVICE_SAMPLE_H

#include "sample_files.h"

#include "device.h"
#include "device_believe.h"
#include "executable.h"
#include "given.h"

#define DTB "out/boards/mps2-an386/board.dtb"

static struct key *integrator, *other;
static struct board board;

/* Believes one key as an integrator, and nobody else. */
static inline bool sample_find(void *context, const uint8_t kid[COSE_KID_SIZE], enum trust_role role, struct believed *out)
{
	const struct key *k = context;

	if (role != TRUST_INTEGRATOR || memcmp(kid, key_public_of(k)->kid, COSE_KID_SIZE))
		return false;
	*out = (struct believed){ .key = *key_public_of(k), .label = "tester" };
	return true;
}

struct sample { struct device device; struct device_service services[3]; };

static inline void sample(struct sample *s)
{
	static const char *const names[] = { "hello", "counter", "third" };
	struct err e = { 0 };
	struct bytes image;

	if (executable_image(sample_file("hello.elf", &arena), "hello.elf", &arena, &image, NULL, &e) < 0)
		fail_msg("%s", e.text);
	*s = (struct sample){ 0 };
	for (int i = 0; i < 3; i++) {
		s->services[i] = (struct device_service){
			.name = names[i], .image = image, .version = { 1, 2, 3, 4 }, .security_counter = 5,
			.signer = key_public_of(other)->thumbprint,
		};
		device_service_default(&s->services[i]);
	}
	s->device = (struct device){
		.board = &board, .vendor = "example.org", .runtime = BYTES_LITERAL("the runtime's bytes"),
		.services = s->services, .service_count = 2, .sequence = 7,
	};
}

static inline struct bytes built(struct sample *s)
{
	struct bytes flash;
	struct err e = { 0 };

	if (device_build(&s->device, integrator, &arena, &flash, &e) < 0)
		fail_msg("%s", e.text);
	return flash;
}

static inline int believe(struct bytes flash, struct device_report *r, struct err *e)
{
	struct believer by = { sample_find, integrator };

	return device_believe(flash, "x.bin", &board, &by, &arena, r, e);
}

static inline int sample_begin(void **state)
{
	(void)state;
	static struct arena lasting;
	struct err e = { 0 };

	integrator = sample_key(&lasting);
	other = sample_key(&lasting);
	return board_open(DTB, &lasting, &board, &e);
}

static inline int sample_end(void **state)
{
	(void)state;
	key_close(integrator);
	key_close(other);
	return 0;
}

#endif
