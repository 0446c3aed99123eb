/* SPDX-License-Identifier: Apache-2.0 */
/* A service without a library: all kinds of data that a linker must place and relocate. */
static int counter = 5;
static int *where = &counter;
static int zeros[10];
static _Thread_local int own = 3;
static const char *const names[] = { "zero", "one" };
static void (*again)(void);
extern void missing(void) __attribute__((weak));

void _start(void);
void _exit(int status);
void abort(void);
void *sbrk(int size);
void *__aeabi_read_tp(void);

/* What service.ld takes out of the SDK's library for the C library. */
void _exit(int status)
{
	zeros[2] = status;
	for (;;)
		;
}

void abort(void)
{
	_exit(1);
}

void *sbrk(int size)
{
	return &zeros[size & 7];
}

void *__aeabi_read_tp(void)
{
	void **got;

	__asm__("mov %0, r9" : "=r"(got));
	return got[1];
}

static int sum(int i)
{
	return names[i & 1][0] + zeros[i] + own + *where;
}

void _start(void)
{
	again = _start;
	zeros[1] = sum(counter++);
	own++;
	if (missing)
		missing();
	for (;;)
		;
}
