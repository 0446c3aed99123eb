/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What C++ without exceptions calls by names of its own: new and delete, which are
 * malloc and free, and the place of a function that a class only declares.
 * There is nobody to throw to: memory that is not there ends the service.
 */
#include <stdlib.h>

/* Names of operators say the type of a size, which is another on the PC. */
#if __SIZEOF_SIZE_T__ == 8
#define SIZE_LETTER "m"
#else
#define SIZE_LETTER "j"
#endif

void *cxx_new(size_t size) __asm__("_Znw" SIZE_LETTER);
void *cxx_new_array(size_t size) __asm__("_Zna" SIZE_LETTER);
void cxx_delete(void *p) __asm__("_ZdlPv");
void cxx_delete_array(void *p) __asm__("_ZdaPv");
void cxx_delete_sized(void *p, size_t size) __asm__("_ZdlPv" SIZE_LETTER);
void cxx_delete_array_sized(void *p, size_t size) __asm__("_ZdaPv" SIZE_LETTER);
void __cxa_pure_virtual(void);

void *cxx_new(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (!p)
		abort();
	return p;
}

void *cxx_new_array(size_t size)
{
	return cxx_new(size);
}

void cxx_delete(void *p)
{
	free(p);
}

void cxx_delete_array(void *p)
{
	free(p);
}

void cxx_delete_sized(void *p, size_t size)
{
	(void)size;
	free(p);
}

void cxx_delete_array_sized(void *p, size_t size)
{
	(void)size;
	free(p);
}

void __cxa_pure_virtual(void)
{
	abort();
}
