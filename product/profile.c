/* SPDX-License-Identifier: Apache-2.0 */
#include "profile.h"

#include <stddef.h>
#include <string.h>

#include "uuid.h"

struct known { const struct product *product; const struct device *device; struct arena *arena; };

/* A fact's value, or NULL when it does not hold for this product. */
typedef const char *fact_function(const struct known *k);

static uint32_t count_of(const struct known *k, size_t texts_at)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < k->product->service_count; i++)
		count += ((const struct texts *)((const char *)&k->product->services[i] + texts_at))->count;
	return count;
}

#define COUNT_OF(k, member) count_of(k, offsetof(struct product_service, member))

static const char *fact_isolation(const struct known *k)
{
	const struct board *b = k->device->board;

	return b->mpu == MPU_NONE ? NULL : arena_printf(k->arena, "%s has %s, %u regions; %u service%s, each with its own memory", b->name, b->mpu == MPU_V7 ? "PMSAv7" : "PMSAv8",
							b->mpu_regions, k->device->service_count, k->device->service_count == 1 ? "" : "s");
}

static const char *fact_default_deny(const struct known *k)
{
	return arena_printf(k->arena, "granted: %u of interfaces, %u of devices, %u of shared memory; denied: %u", COUNT_OF(k, ipc), COUNT_OF(k, devices), COUNT_OF(k, shared),
			    COUNT_OF(k, denies));
}

static const char *fact_signed_table(const struct known *k)
{
	return arena_printf(k->arena, "table ms/table1, sequence %u, ECDSA P-256", k->product->sequence);
}

static const char *fact_image_hash(const struct known *k)
{
	return arena_printf(k->arena, "SHA-256 of %u image%s in the table", k->device->service_count, k->device->service_count == 1 ? "" : "s");
}

/* The product's own trust is by vendor; what a person believes beside it is not the product's. */
static const char *fact_signed_packages(const struct known *k)
{
	return k->product->trust ? arena_printf(k->arena, "%u package%s", k->product->service_count, k->product->service_count == 1 ? "" : "s") : NULL;
}

static const char *fact_bill(const struct known *k)
{
	return arena_printf(k->arena, "CycloneDX 1.6 and SPDX 2.3 of %u service%s and the runtime", k->device->service_count, k->device->service_count == 1 ? "" : "s");
}

static const char *fact_versions(const struct known *k)
{
	struct text t = { 0 };

	for (uint32_t i = 0; i < k->device->service_count; i++) {
		const struct device_service *s = &k->device->services[i];

		if (!s->manifest || !s->manifest->license.size)
			return NULL;
		text_add(&t, k->arena, "%s%s %.*s", i ? ", " : "", s->name, (int)s->manifest->version_text.size, (const char *)s->manifest->version_text.at);
	}
	return t.at;
}

static const char *fact_identity(const struct known *k)
{
	uint8_t class_id[UUID_SIZE];

	uuid_of_board(k->device->board->name, class_id);
	return arena_printf(k->arena, "%s of %s, class %s", k->product->name, k->product->vendor, uuid_text(class_id, k->arena));
}

/* "never" is a decision as well; without a limit a service could restart for ever. */
static const char *fact_restart(const struct known *k)
{
	struct text t = { 0 };

	for (uint32_t i = 0; i < k->product->service_count; i++) {
		const struct product_service *s = &k->product->services[i];

		if (!s->restart_limit && strcmp(s->restart, "never"))
			return NULL;
		text_add(&t, k->arena, "%s%s: %s", i ? ", " : "", k->device->services[i].name, s->restart);
		if (strcmp(s->restart, "never"))
			text_add(&t, k->arena, " at most %u times", s->restart_limit);
	}
	return t.at;
}

static const char *fact_events(const struct known *k)
{
	const struct product *p = k->product;

	return arena_printf(k->arena, "fault: %s, refused: %s, quarantine: %s", p->events.fault, p->events.refused, p->events.quarantine);
}

static const char *fact_devices(const struct known *k)
{
	return k->device->board->mpu == MPU_NONE ? NULL : arena_printf(k->arena, "%u of %u devices granted", COUNT_OF(k, devices), k->device->board->device_count);
}

static const char *fact_algorithms(const struct known *k)
{
	(void)k;
	return "ECDSA P-256 with SHA-256 (ESP256), SHA-256";
}

static const char *fact_input(const struct known *k)
{
	return k->device->board->mpu == MPU_NONE ? NULL : "each pointer against the caller's own regions, in every system call";
}

struct requirement {
	const char *number, *text;
	enum profile_status status;
	fact_function *fact;		/* of one that can be met */
	const char *said, *where;	/* what the fact is, and where it stands; what is missing; who has to say it */
};

/* Of each fact its two texts. */
#define FACT(name, what, where) static const char what_##name[] = what, where_##name[] = where;
#include "profile_facts.def"
#undef FACT

#define MET(number, text, name) { number, text, PROFILE_MET, fact_##name, what_##name, where_##name },
#define OPEN(number, text, missing) { number, text, PROFILE_OPEN, NULL, missing, NULL },
#define OTHERS(number, text, who) { number, text, PROFILE_NOT_OURS, NULL, who, NULL },
static const struct requirement psa_l1[] = {
#include "profile_psa_l1.def"
};
static const struct requirement sesip[] = {
#include "profile_sesip.def"
};
static const struct requirement cra[] = {
#include "profile_cra.def"
};
static const struct requirement psti[] = {
#include "profile_psti.def"
};
static const struct requirement en303645[] = {
#include "profile_en303645.def"
};
#undef MET
#undef OPEN
#undef OTHERS

#define ROWS(table) table, sizeof(table) / sizeof(table[0])
/* What each list was made from; what was not compared with the text itself says so. */
static const struct profile { const char *name, *title, *source; const struct requirement *rows; size_t count; } profiles[] = {
	{ "psa-l1", "PSA: goals of the security model",
	  "Platform Security Model 1.1, ten goals. Their order and subjects are those of a summary; neither it nor the questionnaire of PSA Certified level 1 (JSADEN001), whose "
	  "questions have other numbers, was compared word by word", ROWS(psa_l1) },
	{ "sesip", "SESIP: functional requirements",
	  "SESIP, GlobalPlatform GPT_SPE_150 and EN 17927:2023. Names are those of a published list of the catalogue; the text itself was not compared, and its further requirements for "
	  "applications are not held against here", ROWS(sesip) },
	{ "cra", "Cyber Resilience Act, annex I",
	  "Regulation (EU) 2024/2847, Official Journal of 20 November 2024, annex I parts I and II, by letter; its wording was not at hand whole", ROWS(cra) },
	{ "psti", "PSTI regulations of the United Kingdom",
	  "The Product Security and Telecommunications Infrastructure (Security Requirements for Relevant Connectable Products) Regulations 2023, SI 2023/1007, schedules 1 and 4, "
	  "compared with descriptions of them, not with the text", ROWS(psti) },
	{ "en303645", "ETSI EN 303 645",
	  "ETSI EN 303 645 V3.1.3 (2024-09). Numbers are those of its table B.1; what is asked for was compared with the wording of V2.1.1 (2020-06) and, where that has no such number, "
	  "with the titles of the tests for it", ROWS(en303645) },
};
enum { PROFILE_COUNT = sizeof(profiles) / sizeof(profiles[0]) };
const char profile_names[] = "psa-l1|sesip|cra|psti|en303645";

const char *profile_status_text(enum profile_status status)
{
	static const char *const texts[] = { [PROFILE_MET] = "met", [PROFILE_OPEN] = "open", [PROFILE_NOT_OURS] = "not ours" };

	return texts[status];
}

static struct profile_answer *answer(const struct requirement *r, const struct known *k)
{
	struct profile_answer *out = arena_new(k->arena, struct profile_answer);
	const char *value = r->fact ? r->fact(k) : NULL;

	*out = (struct profile_answer){ r->number, r->text, r->said, r->where, r->status };
	if (value)
		out->said = arena_printf(k->arena, "%s (%s)", r->said, value);
	else if (r->fact)
		*out = (struct profile_answer){ r->number, r->text, arena_printf(k->arena, "not so in this product: %s", r->said), r->where, PROFILE_OPEN };
	return out;
}

bool profile_answers(const char *name, const struct product *p, const struct device *d, struct arena *a, struct list *out)
{
	const struct known k = { p, d, a };

	for (size_t i = 0; i < PROFILE_COUNT; i++) {
		if (strcmp(profiles[i].name, name))
			continue;
		for (size_t n = 0; n < profiles[i].count; n++)
			list_push(out, a, answer(&profiles[i].rows[n], &k));
		return true;
	}
	return false;
}

const char *profile_source(const char *name)
{
	for (size_t i = 0; i < PROFILE_COUNT; i++)
		if (!strcmp(profiles[i].name, name))
			return profiles[i].source;
	return NULL;
}

char *profile_manual(struct arena *a)
{
	struct text t = { 0 };

	for (size_t i = 0; i < PROFILE_COUNT; i++) {
		text_add(&t, a, "%s## %s: %s\n\nFrom: %s.\n\n| | asked for | | by what, what is missing, or who has to say it |\n|---|---|---|---|\n", i ? "\n" : "", profiles[i].name, profiles[i].title, profiles[i].source);
		for (size_t n = 0; n < profiles[i].count; n++) {
			const struct requirement *r = &profiles[i].rows[n];

			text_add(&t, a, "| %s | %s | %s | %s |\n", r->number, r->text, r->fact ? "can be met" : profile_status_text(r->status), r->said);
		}
	}
	return t.at;
}
