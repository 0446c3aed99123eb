/* SPDX-License-Identifier: Apache-2.0 */
/*
 * void switch_to(struct switch_stack *save, const struct switch_stack *to)
 *
 * The registers that a call preserves go on the stack that is left and come
 * from the one that is resumed (struct frame in switch.c).  switch_begin is
 * what a new stack resumes at: nothing called it, which debuggers and
 * unwinders are told.
 */
	.text
	.globl switch_to, switch_begin
	.type switch_to, %function
	.type switch_begin, %function

#if defined(__x86_64__)
switch_to:
	.cfi_startproc
	endbr64
	push %rbp
	.cfi_adjust_cfa_offset 8
	push %rbx
	.cfi_adjust_cfa_offset 8
	push %r12
	.cfi_adjust_cfa_offset 8
	push %r13
	.cfi_adjust_cfa_offset 8
	push %r14
	.cfi_adjust_cfa_offset 8
	push %r15
	.cfi_adjust_cfa_offset 8
	sub $8, %rsp
	.cfi_adjust_cfa_offset 8
	stmxcsr (%rsp)
	fnstcw 4(%rsp)
	mov %rsp, (%rdi)
	mov (%rsi), %rsp
	ldmxcsr (%rsp)
	fldcw 4(%rsp)
	add $8, %rsp
	.cfi_adjust_cfa_offset -8
	pop %r15
	.cfi_adjust_cfa_offset -8
	pop %r14
	.cfi_adjust_cfa_offset -8
	pop %r13
	.cfi_adjust_cfa_offset -8
	pop %r12
	.cfi_adjust_cfa_offset -8
	pop %rbx
	.cfi_adjust_cfa_offset -8
	pop %rbp
	.cfi_adjust_cfa_offset -8
	ret
	.cfi_endproc
	.size switch_to, . - switch_to

switch_begin:
	.cfi_startproc
	.cfi_undefined rip
	endbr64
	call *%rbx
	ud2
	.cfi_endproc
	.size switch_begin, . - switch_begin

#elif defined(__aarch64__)
switch_to:
	.cfi_startproc
	sub sp, sp, #160
	.cfi_adjust_cfa_offset 160
	stp d8, d9, [sp]
	stp d10, d11, [sp, #16]
	stp d12, d13, [sp, #32]
	stp d14, d15, [sp, #48]
	stp x19, x20, [sp, #64]
	stp x21, x22, [sp, #80]
	stp x23, x24, [sp, #96]
	stp x25, x26, [sp, #112]
	stp x27, x28, [sp, #128]
	stp x29, x30, [sp, #144]
	mov x9, sp
	str x9, [x0]
	ldr x9, [x1]
	mov sp, x9
	ldp d8, d9, [sp]
	ldp d10, d11, [sp, #16]
	ldp d12, d13, [sp, #32]
	ldp d14, d15, [sp, #48]
	ldp x19, x20, [sp, #64]
	ldp x21, x22, [sp, #80]
	ldp x23, x24, [sp, #96]
	ldp x25, x26, [sp, #112]
	ldp x27, x28, [sp, #128]
	ldp x29, x30, [sp, #144]
	add sp, sp, #160
	.cfi_adjust_cfa_offset -160
	ret
	.cfi_endproc
	.size switch_to, . - switch_to

switch_begin:
	.cfi_startproc
	.cfi_undefined x30
	blr x19
	brk #1
	.cfi_endproc
	.size switch_begin, . - switch_begin
#endif

	.section .note.GNU-stack, "", %progbits
