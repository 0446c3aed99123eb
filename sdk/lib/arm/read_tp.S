/* SPDX-License-Identifier: Apache-2.0 */
/* The thread pointer: word 1 of the GOT, which the kernel writes at each switch. It may change r0 only. */
	.syntax unified
	.text
	.thumb
	.global __aeabi_read_tp
	.type __aeabi_read_tp, %function
	.thumb_func
__aeabi_read_tp:
	mov	r0, r9
	ldr	r0, [r0, #4]
	bx	lr
	.size __aeabi_read_tp, . - __aeabi_read_tp
