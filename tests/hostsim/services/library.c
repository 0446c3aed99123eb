/* SPDX-License-Identifier: Apache-2.0 */
/* What a service's author takes for granted: the C library, constructors, tables, memory. */
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int order[2], built;
static jmp_buf back;

__attribute__((constructor(200))) static void first(void)
{
	order[built++] = 200;
}

__attribute__((constructor)) static void second(void)
{
	order[built++] = 65535;
}

static int twice(int x)
{
	return 2 * x;
}

static int squared(int x)
{
	return x * x;
}

static const struct { const char *name; int (*f)(int); } table[] = { { "twice", twice }, { "squared", squared } };

static void print(void)
{
	printf("%d %u %x %c %s %5.2f %lld %-4d| %zu %%\n", -1, 2u, 255, 'c', "text", 3.14159, 1LL << 40, 7, sizeof(char));
	fprintf(stderr, "an error\n");
}

static void jump(void)
{
	longjmp(back, 42);
}

static void jump_back(void)
{
	int value = setjmp(back);

	if (value == 0)
		jump();
	printf("jumped back with %d\n", value);
}

static void calculate(void)
{
	printf("%.4f %.4f %.4f %ld %.1f\n", sqrt(2), sin(1), pow(2, 0.5), strtol("-77", NULL, 10), strtod("2.5e1", NULL));
}

static void call_through_tables(void)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		printf("%s %d\n", table[i].name, table[i].f(9));
}

static int compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void sort(void)
{
	int list[] = { 5, 3, 9, 1 };

	qsort(list, 4, sizeof(*list), compare);
	printf("%d %d %d %d\n", list[0], list[1], list[2], list[3]);
}

/* 4 KiB of heap: take 256 bytes until there are none, give all back, and again. */
static int fill_heap(void)
{
	static void *piece[64];
	int count = 0;

	errno = 0;
	while (count < 64 && (piece[count] = malloc(256)))
		count++;
	for (int i = 0; i < count; i++)
		free(piece[i]);
	return count;
}

static void use_heap(void)
{
	int once = fill_heap(), number = errno, again = fill_heap();

	printf("heap %d pieces, errno %s, again %d\n", once, number == ENOMEM ? "ENOMEM" : "?", again);
	printf("too much: %s\n", malloc(4097) ? "given" : "refused");
}

static void at_end(void)
{
	printf("at the end");		/* without a line feed: exit shows it */
}

int main(void)
{
	printf("built %d in order %d %d\n", built, order[0], order[1]);
	print();
	jump_back();
	calculate();
	call_through_tables();
	sort();
	use_heap();
	printf("time %ld\n", (long)time(NULL));
	atexit(at_end);
	return 5;
}
