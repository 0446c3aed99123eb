/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exceptions on Armv6-M: as armm/trap.S, by the instructions there are.  All have the same
 * priority, so none interrupts another.  Each saves what the hardware has not into the running
 * thread's context (offsets of struct port_context), calls its C function, and resumes the
 * context that trap_leave() returns.
 */
	.syntax unified
	.thumb
	.text

	.macro exception name, function
	.global \name
	.type \name, %function
	.thumb_func
\name:
	ldr	r0, =trap_running
	ldr	r0, [r0]
	mrs	r1, psp
	stmia	r0!, {r1, r4-r7}
	mov	r4, r8
	mov	r5, r9
	mov	r6, r10
	mov	r7, r11
	mov	r3, lr
	stmia	r0!, {r4-r7}
	str	r3, [r0]
	bl	\function
	b	leave
	.size \name, . - \name
	.endm

	exception trap_svc, trap_call
	exception trap_interrupt, trap_line
	exception trap_fault, trap_reason

	.type leave, %function
	.thumb_func
leave:
	bl	trap_leave
	adds	r0, #20
	ldmia	r0!, {r4-r7}
	mov	r8, r4
	mov	r9, r5
	mov	r10, r6
	mov	r11, r7
	ldr	r1, [r0]
	subs	r0, #36
	ldmia	r0!, {r2, r4-r7}
	msr	psp, r2
	bx	r1
	.size leave, . - leave

/*
 * Faults.  By a thread or the idle loop (on the process stack) they are told to core; else they are the kernel's
 * own.  So is a watchdog's NMI.  Its stack may be used up or gone: then the record is made at the stack's top, and nobody returns.
 */
	.global trap_hard
	.type trap_hard, %function
	.thumb_func
trap_hard:
	mov	r1, lr
	movs	r2, #4
	tst	r1, r2
	bne	trap_fault
	.global trap_nmi
	.type trap_nmi, %function
	.thumb_func
trap_nmi:
	mrs	r0, msp
	ldr	r1, =kernel_stack_low
	ldr	r2, =kernel_stack_top
	subs	r3, r0, r1
	subs	r1, r2, r1
	subs	r1, #32
	cmp	r3, r1
	bls	1f
	movs	r0, #0				/* the frame is not in the stack */
	b	2f
1:	lsrs	r3, #9				/* 512 bytes are enough to go on */
	bne	3f
2:	msr	msp, r2
3:	bl	trap_kernel_fault
	.size trap_hard, . - trap_hard

/* trap_begin(idle_stack_top): into the first thread by way of an exception, as everywhere; what goes on here is the idle loop. */
	.global trap_begin
	.type trap_begin, %function
	.thumb_func
trap_begin:
	msr	psp, r0
	movs	r0, #2
	msr	control, r0
	isb
	cpsie	i
	.global trap_again
	.type trap_again, %function
	.thumb_func
trap_again:
	svc	0
1:	wfi
	b	1b
	.size trap_begin, . - trap_begin
