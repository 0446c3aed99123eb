/* SPDX-License-Identifier: Apache-2.0 */
/* Exceptions on Armv6-M: as armm/trap.S, by the instructions there are, and without a memory protection to be set. */
	.syntax unified
	.thumb
	.text

	.macro entry name
	.global \name
	.type \name, %function
	.thumb_func
\name:
	push	{r3, lr}
	ldr	r3, =trap_state
	ldr	r3, [r3]
	mrs	r0, psp
	str	r0, [r3]
	ldr	r1, [r3, #4]			/* limit */
	ldr	r2, [r3, #8]			/* span */
	subs	r1, r0, r1
	cmp	r1, r2
	.endm

	entry	trap_svc
	bhi	lost
	ldr	r3, [r0, #16]
	mov	r12, r3
	ldmia	r0, {r0-r3}
	sub	sp, #24
	push	{r0-r5}
	mov	r0, r12
	movs	r1, #0
	str	r0, [sp, #24]			/* number */
	str	r1, [sp, #28]			/* status, value, waits */
	str	r1, [sp, #32]
	str	r1, [sp, #36]
	str	r1, [sp, #40]
	mov	r0, sp
	bl	trap_call
	add	sp, #48
leave:
	cmp	r0, #0
	bne	switch
	pop	{r3, pc}
	.size trap_svc, . - trap_svc

	entry	trap_interrupt
	bhi	lost
	bl	trap_line
	b	leave
	.size trap_interrupt, . - trap_interrupt

lost:
	bl	trap_lost
	b	leave

/*
 * What the faulting instruction had in registers says what it did: cause.c looks below the frame.  There is nothing on this stack
 * to keep, but what an emulator may have stacked here: as in armm/trap.S.
 */
	entry	trap_fault
	ldr	r3, =kernel_stack_top
	mov	sp, r3
	push	{r3, lr}
	bhi	1f
	mov	r2, r0
	subs	r2, #32
	stmia	r2!, {r4-r7}
1:	bl	trap_reason
	b	leave
	.size trap_fault, . - trap_fault

/* To the context in r0. */
	.type switch, %function
switch:
	pop	{r2, r3}
	ldr	r2, =trap_state
	ldr	r1, [r2]
	str	r0, [r2]
	cmp	r1, #0
	beq	1f				/* it has ended */
	str	r3, [r1, #20]			/* exc_return */
	ldr	r2, [r1]
	subs	r2, #32
	stmia	r2!, {r4-r7}
	mov	r4, r8
	mov	r5, r9
	mov	r6, r10
	mov	r7, r11
	stmia	r2!, {r4-r7}
1:	ldr	r1, [r0, #12]			/* protection: its first word is got */
	ldr	r1, [r1]
	ldr	r2, [r0, #16]			/* thread pointer */
	str	r2, [r1, #4]
	ldr	r1, [r0]
	msr	psp, r1
	subs	r1, #16
	ldmia	r1!, {r4-r7}
	mov	r8, r4
	mov	r9, r5
	mov	r10, r6
	mov	r11, r7
	subs	r1, #32
	ldmia	r1!, {r4-r7}
	ldr	r0, [r0, #20]
	bx	r0
	.size switch, . - switch
