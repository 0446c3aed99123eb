/* SPDX-License-Identifier: Apache-2.0 */
/* What an STM32F4 has otherwise than an STM32F7 (RM0090, 3.9.2 and 30.6). */
#ifndef STM32_SERIES_H
#define STM32_SERIES_H

#define REG32(address) (*(volatile uint32_t *)(address))

#define USART_STATUS	REG32(BOARD_CONSOLE_BASE + 0x00)
#define USART_TX	REG32(BOARD_CONSOLE_BASE + 0x04)
#define USART_BRR	REG32(BOARD_CONSOLE_BASE + 0x08)
#define USART_CR1	REG32(BOARD_CONSOLE_BASE + 0x0c)

enum {
	ACR_CACHES = 0x700,		/* prefetch, instructions, data */
	USART_TX_EMPTY = 1 << 7, USART_ENABLE = 1 << 13 | 1 << 3, USART_TX_INTERRUPT = 1 << 7,
};

/* What else has to be started: nothing. */
static inline void series_init(void)
{
}

#endif
