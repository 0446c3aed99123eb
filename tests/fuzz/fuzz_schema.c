/* SPDX-License-Identifier: Apache-2.0 */
/* ms.yaml, product.yaml and partition manifests: whatever is read keeps the rules, whatever is not has a sentence and a place. */
#include <string.h>

#include "fuzz.h"
#include "image.h"
#include "license.h"
#include "name.h"
#include "partition.h"
#include "product.h"
#include "project.h"
#include "version_range.h"

static void check_failure(int rc, const struct err *e)
{
	must(rc == -MS_EPROJECT || rc == -MS_EINCOMPATIBLE);
	must(e->code == rc && e->text[0] && e->file[0] && e->line >= 1 && e->column >= 1);
}

/* What headers and rules are made of: numbers in range, each once. */
static void check_interfaces(const struct project *p)
{
	must(p->provide_count <= MANIFEST_PROVIDE_MAX && p->call_count <= MANIFEST_CALL_MAX);
	for (uint32_t i = 0; i < p->provide_count; i++) {
		const struct interface *n = &p->provides[i];

		must(manifest_interface_name_ok((struct bytes){ (const uint8_t *)n->name, strlen(n->name) }));
		must(n->sid && n->version >= 1 && n->version <= UINT16_MAX && n->policy);
		for (uint32_t k = 0; k < i; k++)
			must(p->provides[k].sid != n->sid);
	}
	for (uint32_t i = 0; i < p->call_count; i++)
		must(p->calls[i].from ? !p->calls[i].sid : p->calls[i].name != NULL);
}

/* A partition of a project that says nothing else. */
static void check_partition(struct bytes in, struct arena *a)
{
	struct project p = { .file = "ms.yaml", .psa_manifest = "p.json", .stack_size = 1024 };
	struct err e = { 0 };

	int rc = partition_decode(in, "p.json", a, &p, &e);
	if (rc < 0) {
		must(rc == -MS_EPROJECT && e.code == rc && e.text[0] && e.file[0]);
		return;
	}
	must(p.partition && p.entry_point && p.stack_size >= IMAGE_STACK_MIN && p.stack_size <= IMAGE_STACK_MAX && p.stack_size % 32 == 0);
	must(p.heap_size <= IMAGE_HEAP_MAX && p.heap_size % 8 == 0);
	check_interfaces(&p);
}

static void check_project(const struct project *p)
{
	struct err e;

	must(name_check(p->name, &e) == MS_OK && name_check_vendor(p->vendor, &e) == MS_OK);
	must(license_check(p->license, &e) == MS_OK && (!p->sdk || version_range_check(p->sdk, &e) == MS_OK));
	must(p->stack_size >= IMAGE_STACK_MIN && p->stack_size <= IMAGE_STACK_MAX && p->stack_size % 32 == 0);
	must(p->heap_size <= IMAGE_HEAP_MAX && p->heap_size % 8 == 0);
	must(p->target_count <= MANIFEST_TARGET_MAX && p->sources.count > 0);
	for (uint32_t i = 0; i < p->target_count; i++)
		must(target_name(p->targets[i]) && (i == 0 || p->targets[i] > p->targets[i - 1]));
	for (uint32_t i = 0; i < p->sources.count; i++)
		must(name_check_sources(p->sources.at[i], &e) == MS_OK);
	for (uint32_t i = 0; i < p->cflags.count; i++)
		must(name_check_flag(p->cflags.at[i], &e) == MS_OK);
	check_interfaces(p);
}

static void check_product(const struct product *p)
{
	must(p->service_count >= 1 && p->service_count <= TABLE_ENTRY_MAX);
	for (uint32_t i = 0; i < p->service_count; i++) {
		const struct product_service *s = &p->services[i];

		must(!s->path != !s->package && s->priority <= s->ceiling && s->ceiling <= TABLE_PRIORITY_MAX);
		must(s->quantum_msec >= 1 && s->quantum_msec <= 1000 && s->restart_limit <= 255);
	}
}

FUZZ(in)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct project project;
	struct product product;

	int rc = project_decode(in, "ms.yaml", "0.1.0", &a, &project, &e);
	if (rc == MS_OK)
		check_project(&project);
	else
		check_failure(rc, &e);

	rc = product_decode(in, "product.yaml", &a, &product, &e);
	if (rc == MS_OK)
		check_product(&product);
	else
		check_failure(rc, &e);
	check_partition(in, &a);

	arena_done(&a);
}
