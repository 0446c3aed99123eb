/* SPDX-License-Identifier: Apache-2.0 */
/* Takes an address in a way that needs a relocation in text. */
int probe(int x);

int shared_count = 1;

int probe(int x)
{
	int *p;

	__asm__("ldr %0, =shared_count" : "=r"(p));
	return *p + x;
}
