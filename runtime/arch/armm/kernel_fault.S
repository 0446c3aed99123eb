/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where every Cortex-M ends and begins: faults, the watchdog's NMI, the first thread.  In instructions that Armv6-M has.
 */
	.syntax unified
	.thumb
	.text

/*
 * Faults.  By a thread or the idle loop (on the process stack) they are told to core; else they are the kernel's
 * own.  So is a watchdog's NMI.  Its stack may be used up or gone: then the record is made at the stack's top, and nobody returns.
 */
	.global trap_hard
	.type trap_hard, %function
	.thumb_func
trap_hard:
	mov	r1, lr
	lsls	r1, #29				/* bit 2 */
	bmi	4f
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
4:	ldr	r1, =trap_fault
	bx	r1
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
