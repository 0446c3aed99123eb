/* SPDX-License-Identifier: Apache-2.0 */
/* ms product check: all that a build would refuse, without a key and without writing anything. */
#include "integrate.h"

#include <string.h>

#include "identity.h"
#include "locking.h"
#include "out.h"
#include "parameters_room.h"
#include "profile.h"

static const char *profile;

static const struct opt options[] = {
	OPT_CHOOSE('p', "profile", &profile, "psa-l1|sesip|cra|psti|en303645", "hold it against what this scheme or law asks for"),
	LOCKING_OPTIONS,
	OPT_END
};

static const struct example examples[] = {
	{ "ms product check", "would it be built, and what does it grant?" },
	{ "ms product check --profile cra", "what of the Cyber Resilience Act is met by which fact, and what is open" },
	{ "ms product check --locked", "and is all of it in product.lock?" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "product.yaml is wrong" },
	{ 7, "a package is not to be believed, or a request is neither granted nor denied, or a raised value has no reason" },
	{ 8, "a service does not run on this board, is granted what nobody has, or there is no room" },
	{ 11, "product.lock is not what is there" },
	{ 0, NULL }
};

const struct page page_integrate_check = {
	.options = options,
	.complete = OPT_FOLDER,
	.about = "Says all that a build would refuse, without a key and without writing anything. Nothing is granted by silence: a request that is neither granted nor listed under 'denies' "
		 "is refused by name, and what raises a service above others without a 'reason', too; a parameter that a service needs and is not given, or is given and did not ask for, as well.\n\n"
		 "--profile holds the product against a scheme of certification or a law: each requirement is met (by a fact that was checked here, with its value "
		 "and where it stands), open, or not ours, because only the manufacturer can do it or state it. It is no certificate. docs/profiles.md lists all.",
	.examples = examples,
	.statuses = statuses,
	.json = "An event \"product_service\" for each: service, vendor, version, kid, ipc, devices, shared, denies (arrays of names), parameters (name, type, optional, given); result: name, board, services. "
		"With --profile an event \"requirement\" for each: profile, number, text, status (met, open, not ours), said, where; result: profile, source, met, open, not_ours.",
};

static const char *joined(const struct texts *names, struct arena *a)
{
	struct text t = { 0 };

	for (uint32_t i = 0; i < names->count; i++)
		text_add(&t, a, "%s%s", i ? ", " : "", names->at[i]);
	return t.size ? t.at : "-";
}

static json_t *json_texts(const struct texts *names)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < names->count; i++)
		json_array_append_new(list, out_string(names->at[i]));
	return list;
}

/* What it asks for by name; of what it is given no more than that. */
static json_t *say_parameters(const struct device_service *s, uint32_t at, struct arena *a)
{
	struct parameters_room room;
	struct text t = { 0 };
	json_t *list = json_array();

	parameters_room(s->image, at, &room);
	for (uint32_t i = 0; i < room.count; i++) {
		const struct ms_parameter *p = &room.record[i];
		bool given = p->flags & MS_PARAMETER_GIVEN, optional = p->flags & MS_PARAMETER_OPTIONAL;

		text_add(&t, a, "%s%s (%s%s)", i ? ", " : "", p->name, parameter_type(p), given ? "" : ", optional and not given");
		json_array_append_new(list, json_pack("{s:s, s:s, s:b, s:b}", "name", p->name, "type", parameter_type(p), "optional", (int)optional, "given", (int)given));
	}
	if (t.size)
		out_line("  gets %s", t.at);
	return list;
}

static void say_service(const struct product_service *p, const struct device_service *s, uint32_t parameters, struct arena *a)
{
	const char *vendor = arena_string(a, identity_vendor(s->manifest)), *version = arena_string(a, s->manifest->version_text);
	const char *kid = key_kid_text(s->signer, a);

	out_line("%s%s%s  %s %s, key %s", out_bold(), s->name, out_reset(), vendor, version, kid);
	out_line("  calls %s; devices %s; borrows %s", joined(&p->ipc, a), joined(&p->devices, a), joined(&p->shared, a));
	out_event("product_service", json_pack("{s:o, s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:o}", "service", out_string(s->name), "vendor", out_string(vendor),
					       "version", out_string(version), "kid", kid, "ipc", json_texts(&p->ipc), "devices", json_texts(&p->devices),
					       "shared", json_texts(&p->shared), "denies", json_texts(&p->denies),
					       "parameters", say_parameters(s, parameters, a)));
}

static void say_all(const struct plan *p, struct arena *a)
{
	const struct device *d = &p->device;

	for (uint32_t i = 0; i < d->service_count; i++)
		say_service(&p->product->services[i], &d->services[i], ((const struct plan_service *)p->services.at[i])->parameters, a);
	out_line("%s %s: good for %s, %u service%s", p->product->name, p->product->version_text, p->board.name, d->service_count, d->service_count == 1 ? "" : "s");
	out_field("name", out_string(p->product->name));
	out_field("board", out_string(p->board.name));
	out_field("services", json_integer(d->service_count));
}

static const char *colour_of(enum profile_status status)
{
	return status == PROFILE_MET ? out_green() : status == PROFILE_OPEN ? out_bold() : "";
}

static void say_requirement(const struct profile_answer *r)
{
	out_line("%s%-8s%s  %s  %s", colour_of(r->status), profile_status_text(r->status), *colour_of(r->status) ? out_reset() : "", r->number, r->text);
	out_line("          %s%s%s", r->said, r->where ? "; see " : "", r->where ? r->where : "");
	out_event("requirement", json_pack("{s:s, s:s, s:s, s:s, s:o, s:o}", "profile", profile, "number", r->number, "text", r->text, "status",
					   profile_status_text(r->status), "said", out_string(r->said), "where", out_string(r->where)));
}

static void say_profile(const struct plan *p, struct arena *a)
{
	struct list answers = { 0 };
	int count[PROFILE_NOT_OURS + 1] = { 0 };

	profile_answers(profile, p->product, &p->device, a, &answers);
	for (size_t i = 0; i < answers.count; i++) {
		const struct profile_answer *r = answers.at[i];

		count[r->status]++;
		say_requirement(r);
	}
	out_line("%s %s, %s: %d met, %d open, %d not ours", p->product->name, p->product->version_text, profile, count[PROFILE_MET], count[PROFILE_OPEN], count[PROFILE_NOT_OURS]);
	out_line("from: %s", profile_source(profile));
	out_field("profile", json_string(profile));
	out_field("source", json_string(profile_source(profile)));
	out_field("met", json_integer(count[PROFILE_MET]));
	out_field("open", json_integer(count[PROFILE_OPEN]));
	out_field("not_ours", json_integer(count[PROFILE_NOT_OURS]));
}

int integrate_check(int argc, char **argv, struct arena *a, struct err *e)
{
	struct plan plan;

	int rc = integrate_plan(integrate_folder(argc, argv), true, NULL, a, &plan, e);
	if (rc >= 0)
		rc = plan_device(&plan, a, NULL, e);
	if (rc >= 0 && profile)
		say_profile(&plan, a);
	else if (rc >= 0)
		say_all(&plan, a);
	return rc;
}
