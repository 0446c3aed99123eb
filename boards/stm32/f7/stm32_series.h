/* SPDX-License-Identifier: Apache-2.0 */
/* What an STM32F7 has otherwise than an STM32F4 (RM0385, 3.7.1 and 31.8; ARMv7-M manual, B2.2): caches in the processor, another USART. */
#ifndef STM32_SERIES_H
#define STM32_SERIES_H

#define REG32(address) (*(volatile uint32_t *)(address))

#define SCB_CCR		REG32(0xE000ED14)
#define SCB_ICIALLU	REG32(0xE000EF50)
#define USART_CR1	REG32(BOARD_CONSOLE_BASE + 0x00)
#define USART_BRR	REG32(BOARD_CONSOLE_BASE + 0x0c)
#define USART_STATUS	REG32(BOARD_CONSOLE_BASE + 0x1c)
#define USART_TX	REG32(BOARD_CONSOLE_BASE + 0x28)

enum {
	ACR_CACHES = 0,			/* prefetch and accelerator are the ITCM bus's, which is not used */
	CCR_INSTRUCTION_CACHE = 1 << 17,
	USART_TX_EMPTY = 1 << 7, USART_ENABLE = 1 << 3 | 1 << 0, USART_TX_INTERRUPT = 1 << 7,
};

/*
 * The cache of instructions, as the flash is slow; what is flashed begins with a reset, after which it is off and empty.  That of data stays
 * off: what a debugger or another master of the bus sees is what is written.
 */
static inline void series_init(void)
{
	__asm__ volatile("dsb\n\tisb" ::: "memory");
	SCB_ICIALLU = 0;
	__asm__ volatile("dsb\n\tisb" ::: "memory");
	SCB_CCR |= CCR_INSTRUCTION_CACHE;
	__asm__ volatile("dsb\n\tisb" ::: "memory");
}

#endif
