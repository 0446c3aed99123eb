/* SPDX-License-Identifier: Apache-2.0 */
/* The C library's own, and jumps that bring back what was blocked (IEEE 1003.1). */
#ifndef MS_SETJMP_H
#define MS_SETJMP_H

#include_next <setjmp.h>

#include <sys/_sigset.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
	jmp_buf __registers;
	__sigset_t __mask;
	int __saved;
} sigjmp_buf[1];

/* 0, and what siglongjmp says when it comes back; with the mask as it is now, if `save`. */
#define sigsetjmp(env, save) (__ms_mask_keep((env), (save)), setjmp((env)->__registers))
void __ms_mask_keep(sigjmp_buf env, int save);

void siglongjmp(sigjmp_buf env, int value) __attribute__((noreturn));

#ifdef __cplusplus
}
#endif

#endif
