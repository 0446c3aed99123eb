/* SPDX-License-Identifier: Apache-2.0 */
/* In release builds too: a service that noticed a mistake of its own must not go on. */
#undef NDEBUG

#include "mistakes.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* 1: a search finds nothing, and nobody looks. */
struct sensor {
	char name[12];
	int offset;
};

static struct sensor sensors[] = { { .name = "temperature" }, { .name = "humidity" } };

static struct sensor *find(const char *name)
{
	for (size_t i = 0; i < sizeof(sensors) / sizeof(sensors[0]); i++)
		if (strcmp(sensors[i].name, name) == 0)
			return &sensors[i];
	return NULL;
}

static void calibrate_pressure(void)
{
	struct sensor *volatile found = find("pressure");

	found->offset = 3;
}

/* 2: a tree with a branch that leads back to its root. */
struct node {
	const struct node *left, *right;
};

static struct node leaf, root = { .left = &leaf, .right = &leaf };

static unsigned depth(const struct node *n)
{
	if (!n)
		return 0;

	unsigned left = depth(n->left), right = depth(n->right);

	return 1 + (left > right ? left : right);
}

static volatile unsigned measured;

static void measure_tree(void)
{
	leaf.left = &root;
	measured = depth(&root);
}

/* 3: data is taken for code.  It would even be harmless: `bx lr`. */
static uint16_t message[] = { 0x4770 };
static volatile unsigned messages_run;

static void run_message(void)
{
	uintptr_t thumb = (uintptr_t)message | 1;

	((void (*)(void))thumb)();
	messages_run++;
}

/* 4: a value that cannot be, noticed in time. */
static volatile int charge_percent = 130;

static void report_charge(void)
{
	assert(charge_percent <= 100);
}

const struct mistake mistakes[MISTAKE_COUNT] = {
	{ "write through a null pointer", calibrate_pressure },
	{ "recursion without end", measure_tree },
	{ "jump into data", run_message },
	{ "failed assertion", report_charge },
};
