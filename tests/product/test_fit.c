/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Does a service fit?  What is said from a store's index, before anything is fetched, is what the product's own check says of the package itself: for services and
 * products that were made up by chance, on boards with each kind of memory protection.
 *
 * The one side has facts that went through JSON, as an index has them.  The other has images and manifests, and an integrator who grants all that is asked
 * for, and denies what 'check' says that nobody there provides.
 */
#include "given.h"

#include <string.h>

#include "fit.h"
#include "identity.h"

enum { ROUNDS = 400, BESIDE_MAX = 5, NAME_MAX_ = 24 };

static const char *const board_names[] = { "microbit", "mps2-an386", "mps2-an505", "netduinoplus2", "nucleo-f446re", "nrf52840-dk" };
enum { BOARD_COUNT = sizeof(board_names) / sizeof(*board_names) };

static struct arena lasting;
static struct board boards[BOARD_COUNT];
static uint64_t chance = 1;

static uint32_t below(uint32_t n)
{
	chance = chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((chance >> 33) % n);
}

/* A package that was made up: its manifest, and an image for each target. */
struct made { struct manifest manifest; struct image header[MANIFEST_TARGET_MAX]; struct bytes image[MANIFEST_TARGET_MAX]; };

static const char *const interface_names[] = { "adder", "clock", "crypto", "store", "radio" };
static const char *const device_names[] = { "uart0", "uart1", "uart2", "timer0", "gpio0", "nothing0" };
static const char *const block_names[] = { "ring", "frame", "pool" };

static void make_interfaces(struct manifest *m)
{
	for (uint32_t i = 0; i < 5; i++) {
		struct manifest_interface n = {
			.name = { (const uint8_t *)interface_names[i], strlen(interface_names[i]) }, .sid = 0x100 + i, .version = (uint16_t)(1 + below(2)), .flags = below(4) ? 0 : MANIFEST_CONNECTIONS,
			.fingerprint = below(3) ? (struct bytes){ 0 } : (struct bytes){ (const uint8_t *)(below(2) ? "01234567" : "76543210"), MANIFEST_FINGERPRINT_SIZE },
		};

		if (!below(6)) {
			n.flags |= below(4) ? 0 : MANIFEST_STRICT;
			m->provides[m->provide_count++] = n;
		} else if (!below(4)) {
			n.flags |= below(3) ? 0 : MANIFEST_WEAK;
			m->calls[m->call_count++] = n;
		}
	}
}

static void make_mapped(struct manifest *m)
{
	for (uint32_t i = 0; i < 6 && m->device_count < 2; i++)
		if (!below(9))
			m->devices[m->device_count++] = (struct manifest_mapped){ { (const uint8_t *)device_names[i], strlen(device_names[i]) }, below(3) ? 0 : 1 + below(2), 0 };
	/* Its own first, as manifests have them. */
	for (int own = 1; own >= 0; own--)
		for (uint32_t i = 0; i < 3; i++)
			if (!below(8) && (own || !m->shared_count))
				m->shared[m->shared_count++] = (struct manifest_mapped){ { (const uint8_t *)block_names[i], strlen(block_names[i]) }, own ? 32 * (1 + below(64)) : 0, own || below(2) ? 0 : MANIFEST_WRITE };
}

static void make_image(struct made *p, uint32_t i)
{
	uint32_t text = 64 + 4 * below(1 << below(16)), data = 8 * below(64);
	struct image *im = &p->header[i];
	uint8_t *at;

	*im = (struct image){
		.abi_major = MS_ABI_MAJOR, .abi_minor = (uint8_t)p->manifest.abi_minor, .target = p->manifest.targets[i], .text_size = text, .data_offset = IMAGE_HEADER_SIZE + text, .data_size = data,
		.static_size = 8 + data + 8 * below(1 << below(11)), .reloc_offset = IMAGE_HEADER_SIZE + text + data, .image_size = IMAGE_HEADER_SIZE + text + data, .stack_size = p->manifest.stack_size, .heap_size = p->manifest.heap_size,
	};
	if ((im->target == MS_TARGET_V7EM_FP || im->target == MS_TARGET_V8M_FP) && below(2))
		im->flags = IMAGE_FLAG_FPU;
	image_set_alignment(im);
	at = arena_take(&arena, im->image_size);
	image_encode(im, at);
	p->image[i] = (struct bytes){ at, im->image_size };
}

static void make(struct made *p, unsigned number)
{
	struct manifest *m = &p->manifest;
	struct err e;

	*p = (struct made){ .manifest = { .stack_size = 256 + 32 * below(64), .heap_size = 8 * below(512), .security_counter = below(9), .license = BYTES_LITERAL("Apache-2.0") } };
	assert_int_equal(identity_set(m, "example.org", arena_printf(&arena, "service%u", number), "1.2.3", &arena, &e), MS_OK);
	if (!below(40))
		m->abi_minor++;
	for (uint8_t t = 1; t < 16 && m->target_count < MANIFEST_TARGET_MAX; t++)
		if (target_known(t) && below(4))
			m->targets[m->target_count++] = t;
	if (!m->target_count)
		m->targets[m->target_count++] = MS_TARGET_V6M;
	make_interfaces(m);
	make_mapped(m);
	for (uint32_t i = 0; i < m->target_count; i++)
		make_image(p, i);
}

/* An integrator's side: texts that one line of product.yaml holds. */
struct integrated { struct texts ipc, devices, shared, denied; const char *at[4][NAME_MAX_]; };

static void grant_all(struct integrated *g, const struct manifest *m)
{
	for (int i = 0; i < 4; i++)
		(&g->ipc)[i] = (struct texts){ g->at[i], 0 };
	for (uint32_t i = 0; i < m->call_count; i++)
		g->ipc.at[g->ipc.count++] = arena_string(&arena, m->calls[i].name);
	for (uint32_t i = 0; i < m->device_count; i++)
		g->devices.at[g->devices.count++] = arena_string(&arena, m->devices[i].name);
	for (uint32_t i = 0; i < m->shared_count; i++)
		if (!m->shared[i].number)
			g->shared.at[g->shared.count++] = arena_string(&arena, m->shared[i].name);
}

/* What stands between quotes after `before` in a sentence moves to what is denied; false: there is no such sentence. */
static bool deny_named(struct integrated *g, struct texts *from, const char *sentence, const char *before)
{
	const char *name = strstr(sentence, before);

	if (!name)
		return false;
	name += strlen(before);
	for (uint32_t i = 0; i < from->count; i++) {
		if (strncmp(from->at[i], name, strlen(from->at[i])) || name[strlen(from->at[i])] != '\'')
			continue;
		g->denied.at[g->denied.count++] = from->at[i];
		from->at[i] = from->at[--from->count];
		return true;
	}
	return false;
}

static void service_of(struct device_service *s, const struct made *p, const struct board *b, struct integrated *g)
{
	int best = target_best(p->manifest.targets, p->manifest.target_count, b->target);

	*s = (struct device_service){ 0 };
	device_service_default(s);
	s->name = arena_string(&arena, identity_name(&p->manifest));
	s->manifest = &p->manifest;
	s->image = p->image[best];
	s->flags |= p->header[best].flags & IMAGE_FLAG_FPU ? TABLE_FPU : 0;
	s->granted = &g->ipc;
	s->granted_devices = &g->devices;
	s->granted_shared = &g->shared;
	s->denied = &g->denied;
}

/* Grant, deny, check, until it is good or refused for another reason than that somebody is missing. */
static int integrate(struct device *d, struct integrated *g, struct err *e)
{
	for (;;) {
		struct device copy = *d;

		copy.services = arena_array(&arena, struct device_service, d->service_count);
		memcpy(copy.services, d->services, d->service_count * sizeof(*d->services));
		int rc = device_check(&copy, &arena, e);
		const char *mine = d->services[d->service_count - 1].name;
		bool is_mine = rc < 0 && !strncmp(e->text, arena_printf(&arena, "'%s' asks for", mine), strlen(mine) + 11);

		if (is_mine && strstr(e->text, "which no service here provides") && deny_named(g, &g->ipc, e->text, "asks for '"))
			continue;
		if (is_mine && strstr(e->text, "which no other service here has") && deny_named(g, &g->shared, e->text, "shared memory '"))
			continue;
		return rc;
	}
}

/* A product that is good, of as many services as chance has it; the grants are the caller's. */
static void make_product(struct device *d, const struct board *b, struct integrated grants[])
{
	uint32_t wanted = below(BESIDE_MAX + 1);
	struct err e;

	*d = (struct device){ .board = b, .vendor = "acme.example", .services = arena_array(&arena, struct device_service, BESIDE_MAX + 2), .sequence = 1 };
	for (uint32_t i = 0; i < wanted; i++) {
		struct made *p = arena_new(&arena, struct made);
		struct integrated *g = &grants[d->service_count];

		make(p, i);
		if (target_best(p->manifest.targets, p->manifest.target_count, b->target) < 0)
			continue;
		grant_all(g, &p->manifest);
		service_of(&d->services[d->service_count++], p, b, g);
		if (integrate(d, g, &e) < 0)
			d->service_count--;
	}
}

/* As it went through an index. */
static const struct storefacts *facts_of(const struct made *p)
{
	struct storefacts *f = arena_new(&arena, struct storefacts), *out = arena_new(&arena, struct storefacts);
	struct err e;

	f->manifest = p->manifest;
	for (uint32_t i = 0; i < p->manifest.target_count; i++)
		f->target[i] = (struct storefacts_target){ "0", p->header[i].image_size, image_ram_size(&p->header[i]), p->header[i].flags & IMAGE_FLAG_FPU };
	json_t *o = storefacts_json(f, &arena);
	char *text = json_dumps(o, JSON_COMPACT);
	json_t *again = json_loads(text, 0, NULL);

	if (storefacts_read(again, "example.org", arena_string(&arena, identity_name(&p->manifest)), "1.2.3", &arena, out, &e) < 0)
		fail_msg("%s\n%s", e.text, text);
	free(text);
	json_decref(o);
	json_decref(again);
	return out;
}

static unsigned fitting, refused, needing;

static void agree(const struct board *b)
{
	struct integrated grants[BESIDE_MAX + 1], *g = &grants[BESIDE_MAX];
	struct made *p = arena_new(&arena, struct made);
	struct device d;
	struct fit fit;
	struct err e = { 0 };

	make_product(&d, b, grants);
	make(p, 90);
	fit_look(&d, facts_of(p), &arena, &fit);
	if (target_best(p->manifest.targets, p->manifest.target_count, b->target) < 0) {
		assert_false(fit.fits);
		return;
	}
	grant_all(g, &p->manifest);
	service_of(&d.services[d.service_count++], p, b, g);
	int rc = integrate(&d, g, &e);
	if ((rc >= 0) != fit.fits || (rc < 0 && strcmp(e.text, fit.why.text)))
		fail_msg("%s: the product says '%s', the index '%s'", b->name, rc < 0 ? e.text : "good", fit.fits ? "it fits" : fit.why.text);
	assert_int_equal(fit.needs.count >= g->denied.count, true);
	fitting += fit.fits;
	refused += !fit.fits;
	needing += fit.needs.count > 0;
}

static void what_the_index_says_is_what_the_product_says(void **state)
{
	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		agree(&boards[i % BOARD_COUNT]);
		arena_done(&arena);
	}
	/* Chance has shown both sides of it. */
	assert_true(fitting > ROUNDS / 10);
	assert_true(refused > ROUNDS / 10);
	assert_true(needing > ROUNDS / 20);
}

static void what_nobody_there_has_is_named(void **state)
{
	(void)state;
	struct made *p = arena_new(&arena, struct made);
	struct device d = { .board = &boards[1], .vendor = "acme.example", .sequence = 1 };
	struct fit fit;

	*p = (struct made){ .manifest = { .stack_size = 1024, .license = BYTES_LITERAL("MIT"), .targets = { MS_TARGET_V7EM }, .target_count = 1 } };
	struct err e;
	assert_int_equal(identity_set(&p->manifest, "example.org", "client", "1.2.3", &arena, &e), MS_OK);
	p->manifest.calls[p->manifest.call_count++] = (struct manifest_interface){ .name = BYTES_LITERAL("adder"), .sid = 7, .version = 1 };
	make_image(p, 0);
	fit_look(&d, facts_of(p), &arena, &fit);
	assert_true(fit.fits);
	assert_int_equal(fit.needs.count, 1);
	const struct fit_need *need = fit.needs.at[0];
	assert_string_equal(need->name, "adder");
	assert_string_equal(need->kind, DEVICE_INTERFACE);
	assert_false(need->weak);
}

/* Each member that is taken out, or is of another type, is refused by a sentence; nothing of it is believed by half. */
static void facts_that_cannot_be_of_a_package_are_refused(void **state)
{
	(void)state;
	static const char *const whole = "{\"abi\":\"1.0\",\"license\":\"MIT\",\"counter\":1,\"stack\":1024,\"heap\":0,\"targets\":[{\"target\":\"v7em\",\"image\":\"0\",\"flash\":4096,\"ram\":2048}],"
					 "\"provides\":[{\"name\":\"adder\",\"sid\":7,\"version\":1,\"header\":\"0123456789abcdef\"}],\"calls\":[],\"devices\":[{\"name\":\"uart1\",\"interrupts\":1}],"
					 "\"shared\":[{\"name\":\"ring\",\"size\":64}],\"requests\":[]}";
	static const struct { const char *from, *to; } wrong[] = {
		{ "\"1.0\"", "\"1\"" }, { "\"1.0\"", "\"9.0\"" }, { "\"1.0\"", "\"1.0x\"" }, { "1024", "1023" }, { "1024", "-1" }, { "1024", "4294967296" }, { "1024", "1e3" }, { "v7em", "v9" },
		{ "4096", "63" }, { "4096", "99999999" }, { "2048", "1000" }, { "2048", "2049" }, { "2048", "4294967264" }, { "\"sid\":7", "\"sid\":0" }, { "\"version\":1,\"header", "\"version\":65536,\"header" },
		{ "0123456789abcdef", "0123456789abcde" }, { "0123456789abcdef", "0123456789abcdeG" }, { "adder", "ad der" }, { "uart1", "" }, { "\"interrupts\":1", "\"interrupts\":29" }, { "64}", "65}" },
		{ "\"calls\":[],", "" }, { "\"requests\":[]", "\"requests\":[[1,2]]" }, { "\"requests\":[]", "\"requests\":{}" }, { "MIT", "M\\u001bIT" }, { "\"requests\":[]", "\"requests\":[],\"overlays\":[\"AAAA\"]" },
	};
	struct storefacts f;
	struct err e;

	json_t *o = json_loads(whole, 0, NULL);
	assert_int_equal(storefacts_read(o, "example.org", "hello", "1.0.0", &arena, &f, &e), MS_OK);
	assert_int_equal(storefacts_read(o, "example.org", "Hello", "1.0.0", &arena, &f, &e), -MS_ESIGNATURE);
	assert_int_equal(storefacts_read(o, "example", "hello", "1.0.0", &arena, &f, &e), -MS_ESIGNATURE);
	assert_int_equal(storefacts_read(o, "example.org", "hello", "1.0", &arena, &f, &e), -MS_ESIGNATURE);
	json_decref(o);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		const char *at = strstr(whole, wrong[i].from);
		const char *text = arena_printf(&arena, "%.*s%s%s", (int)(at - whole), whole, wrong[i].to, at + strlen(wrong[i].from));

		o = json_loads(text, 0, NULL);
		assert_non_null(o);
		if (storefacts_read(o, "example.org", "hello", "1.0.0", &arena, &f, &e) != -MS_ESIGNATURE)
			fail_msg("taken: %s", text);
		json_decref(o);
	}
}

static int begin(void **state)
{
	(void)state;
	struct err e = { 0 };

	for (int i = 0; i < BOARD_COUNT; i++)
		if (board_open(arena_printf(&lasting, "out/boards/%s/board.dtb", board_names[i]), &lasting, &boards[i], &e) < 0)
			fail_msg("%s", e.text);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_done(&lasting);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(what_the_index_says_is_what_the_product_says, give_back),
		cmocka_unit_test_teardown(what_nobody_there_has_is_named, give_back),
		cmocka_unit_test_teardown(facts_that_cannot_be_of_a_package_are_refused, give_back),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
