/* SPDX-License-Identifier: Apache-2.0 */
/* The thread pointer: word 1 of data, which the kernel writes.  r9 belongs to the compiler here.  It may change r0 only. */
	.syntax unified
	.text
	.thumb
	.global __aeabi_read_tp
	.type __aeabi_read_tp, %function
	.thumb_func
__aeabi_read_tp:
	ldr	r0, =__ms_data
	ldr	r0, [r0, #4]
	bx	lr
	.pool
	.size __aeabi_read_tp, . - __aeabi_read_tp
