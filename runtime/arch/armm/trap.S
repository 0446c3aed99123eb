/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exceptions on Armv7-M and Armv8-M Mainline.  All have the same priority, so none interrupts another: one kernel stack,
 * no locks.  Each looks whether the running thread's stack pointer is where it may be and calls its C function, which
 * keeps r4-r11 as any does.  What that returns is the context to go on with: only when it is another than before are
 * registers and the settings of the memory protection exchanged.  Offsets are those of thread_context.h and port_context.h.
 */
	.syntax unified
	.thumb
	.text
#if PORT_FPU
	.fpu	fpv4-sp-d16
#endif

	.equ	MPU_RBAR, 0xE000ED9C
#if __ARM_ARCH >= 8
	.equ	EXC_RETURN, 24			/* in struct port_context */
#else
	.equ	EXC_RETURN, 28
#endif

	.macro entry name
	.global \name
	.type \name, %function
	.thumb_func
\name:
	ldr	r3, =trap_state
	mrs	r0, psp
	ldr	r3, [r3]
	ldrd	r1, r2, [r3, #4]		/* limit and span */
	str	r0, [r3]
	push	{r3, lr}
	.endm

	.macro look_at_frame
	subs	r1, r0, r1
	cmp	r1, r2
	bhi	lost
	.endm

/* The arguments become a struct core_call on the stack, read once; what follows them is the number, then zeros. */
	entry	trap_svc
	look_at_frame
	ldr	r12, [r0, #16]
	ldmia	r0, {r0-r3}
	sub	sp, #24
	push	{r0-r5}
	movs	r1, #0
	strd	r12, r1, [sp, #24]
	strd	r1, r1, [sp, #32]
	str	r1, [sp, #40]
	mov	r0, sp
	bl	trap_call
	add	sp, #48
leave:
	cbnz	r0, switch
	pop	{r3, pc}
	.size trap_svc, . - trap_svc

	entry	trap_interrupt
	look_at_frame
	bl	trap_line
	cbnz	r0, switch
	pop	{r3, pc}
	.size trap_interrupt, . - trap_interrupt

lost:
	bl	trap_lost
	b	leave

/*
 * A thread whose frame says that it is in a handler faults when it is resumed, and what was unstacked is stacked again (Armv7-M Architecture
 * Reference Manual, ExceptionReturn); emulators do so on this stack.  The kernel's own faults become HardFaults: there is nothing on it to keep.
 */
	entry	trap_fault
	str	lr, [r3, #EXC_RETURN]
	ldr	r0, =kernel_stack_top
	mov	sp, r0
	push	{r3, lr}
	bl	trap_reason
	b	leave
	.size trap_fault, . - trap_fault

/* To the context in r0; what the running one has in registers goes to its stack, unless it has ended. */
	.type switch, %function
switch:
	pop	{r2, r3}
	ldr	r12, =trap_state
	ldr	r1, [r12]
	str	r0, [r12]
	cbz	r1, 2f
	str	r3, [r1, #EXC_RETURN]
	ldr	r2, [r1]
	stmdb	r2!, {r4-r11}
#if PORT_FPU
	tst	r3, #0x10
	beq	save_fpu
#endif
2:
#if __ARM_ARCH >= 8
	ldmia	r0, {r1-r6, lr}			/* psp, limit, span, protection, thread pointer, stack limit, exc_return */
	msr	psplim, r6
	ldmia	r4, {r0, r2, r3, r6-r11}	/* more, control, got, three regions */
	str	r5, [r3, #4]
	ldr	r3, =MPU_RBAR
	stmia	r3, {r6-r11}
	msr	control, r2
#else
	ldmia	r0, {r1-r7, lr}			/* psp, limit, span, protection, thread pointer, guard, exc_return */
	ldmia	r4!, {r0, r2, r3, r8-r11}	/* more, control, got, two regions */
	str	r5, [r3, #4]
	msr	control, r2
	ldrd	r2, r3, [r4]			/* one region more */
	ldr	r4, =MPU_RBAR
	stmia	r4, {r2, r3, r6-r11}
#endif
	msr	psp, r1
	ldr	r2, [r12, #4]
	orrs	r0, r2
	bne	more
	dsb
	isb
3:	ldmdb	r1, {r4-r11}
	bx	lr

/* The FPU, or what else the service has mapped, have to be opened or closed, too. */
more:
	push	{r1, lr}
	bl	protection_more
	pop	{r1, lr}
#if PORT_FPU
	tst	lr, #0x10
	bne	3b
	sub	r2, r1, #32
	vldmdb	r2!, {s16-s31}
#endif
	b	3b

#if PORT_FPU
save_fpu:
	vstmdb	r2!, {s16-s31}
	b	2b
#endif
	.size switch, . - switch
