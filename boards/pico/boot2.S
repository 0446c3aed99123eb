/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first 256 bytes of the flash (RP2040 Datasheet, 2.8.1.3).  The chip's ROM copies them to the end of RAM, believes them if the last
 * word is their checksum, and jumps to the first.  They make the serial flash show at 0x10000000, by the command that every such flash
 * knows: 03h, an address of 24 bits, one line (4.10.13), and start the runtime behind them as a reset would.
 *
 * tests/boards/test_images.sh computes the checksum, and says what it should be.
 */
	.syntax unified
	.cpu cortex-m0plus
	.thumb

#define SSI_CTRLR0	0x00
#define SSI_CTRLR1	0x04
#define SSI_SSIENR	0x08
#define SSI_BAUDR	0x14
#define SPI_CTRLR0	0xf4	/* from SSI_BASE: beyond the reach of a store, so by a register */

	.section .boot2, "ax"
	.global boot2
boot2:
	ldr	r0, ssi
	movs	r1, #0
	str	r1, [r0, #SSI_SSIENR]	/* what follows may be changed only while it is off */
	movs	r1, #6
	str	r1, [r0, #SSI_BAUDR]	/* an even divider: 21 MHz of 125 */
	ldr	r1, ctrlr0
	str	r1, [r0, #SSI_CTRLR0]
	ldr	r1, spi_ctrlr0
	movs	r2, #SPI_CTRLR0
	str	r1, [r0, r2]
	movs	r1, #0
	str	r1, [r0, #SSI_CTRLR1]	/* one word for each read */
	movs	r1, #1
	str	r1, [r0, #SSI_SSIENR]

	ldr	r0, vectors
	ldr	r1, vtor
	str	r0, [r1]
	ldr	r1, [r0, #0]
	msr	msp, r1
	ldr	r1, [r0, #4]
	bx	r1

	.balign	4
ssi:		.word 0x18000000
ctrlr0:		.word 31 << 16 | 3 << 8			/* 32 bits a word; a command, then reading */
spi_ctrlr0:	.word 0x03 << 24 | 2 << 8 | 6 << 2	/* the command, of 8 bits; 24 bits of address; all on one line */
vectors:	.word 0x10000100
vtor:		.word 0xe000ed08

	.org	252
	.word	0x144c79c5
