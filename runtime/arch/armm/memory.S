/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The three functions of string.h that a compiler calls by itself: the runtime is linked with no C library.
 * By four words at a time where addresses allow, in instructions that every Cortex-M has.
 */
	.syntax unified
	.thumb

	.macro function name
	.section .text.\name, "ax", %progbits
	.global \name
	.type \name, %function
	.thumb_func
\name:
	.endm

/* void *memcpy(void *to, const void *from, size_t size) */
	function memcpy
	push	{r0, r4-r6, lr}
	mov	r3, r0
	orrs	r3, r1
	lsls	r3, #30				/* both on a word? */
	bne	4f
	b	2f
1:	ldmia	r1!, {r3-r6}
	stmia	r0!, {r3-r6}
2:	subs	r2, #16
	bhs	1b
	adds	r2, #12				/* 16 too many, 4 for the next word */
	blo	3f
2:	ldmia	r1!, {r3}
	stmia	r0!, {r3}
	subs	r2, #4
	bhs	2b
3:	adds	r2, #4
	b	4f
3:	ldrb	r3, [r1]
	adds	r1, #1
	strb	r3, [r0]
	adds	r0, #1
4:	subs	r2, #1
	bhs	3b
	pop	{r0, r4-r6, pc}
	.size memcpy, . - memcpy

/* void *memset(void *to, int value, size_t size) */
	function memset
	push	{r0, r4-r6, lr}
	uxtb	r1, r1
	lsls	r3, r1, #8
	orrs	r1, r3
	lsls	r3, r1, #16
	orrs	r1, r3
	b	2f
1:	subs	r2, #1				/* up to a word */
	blo	6f
	strb	r1, [r0]
	adds	r0, #1
2:	lsls	r3, r0, #30
	bne	1b
	mov	r3, r1
	mov	r4, r1
	mov	r5, r1
	b	4f
3:	stmia	r0!, {r1, r3-r5}
4:	subs	r2, #16
	bhs	3b
	adds	r2, #16
	b	5f
4:	strb	r1, [r0]
	adds	r0, #1
5:	subs	r2, #1
	bhs	4b
6:	pop	{r0, r4-r6, pc}
	.size memset, . - memset

/* int memcmp(const void *a, const void *b, size_t size) */
	function memcmp
	push	{r4, lr}
	adds	r2, r0				/* the end of a */
	movs	r3, #0
	b	2f
1:	ldrb	r3, [r0]
	ldrb	r4, [r1]
	adds	r0, #1
	adds	r1, #1
	subs	r3, r4
	bne	3f
2:	cmp	r0, r2
	bne	1b
3:	mov	r0, r3
	pop	{r4, pc}
	.size memcmp, . - memcmp
