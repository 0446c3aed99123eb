/* SPDX-License-Identifier: Apache-2.0 */
/* As others compile it: absolute addresses in text, and r9 as a register like any other. */
int rot_calls;

static int add(int a, int b)
{
	return a + b;
}

static int (*const how[])(int, int) = { add };

int rot_sum(const int *values, int count, int start)
{
	register int sum __asm__("r9") = start;

	__asm__ volatile("" : "+r"(sum));
	for (int i = 0; i < count; i++) {
		sum = how[0](sum, values[i]);
		__asm__ volatile("" : "+r"(sum));
	}
	rot_calls++;
	return sum;
}
