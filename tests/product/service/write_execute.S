/* SPDX-License-Identifier: Apache-2.0 */
/* Code in a section that can be written. */
	.syntax unified
	.section .patch, "awx", %progbits
	.thumb
	.global patch
	.thumb_func
patch:
	bx lr
