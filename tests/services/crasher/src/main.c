/* SPDX-License-Identifier: Apache-2.0 */
/* A driver that touches its device after closing it while an interrupt is pending; when it is started again nothing is left of that. */
#include <SysCall.h>
#include <ms/device.h>
#include <psa/service.h>
#include <psa_manifest/crasher.h>

enum { DATA, STATE, CTRL, INTCLEAR, BAUDDIV };	/* words of a CMSDK UART */

int main(void)
{
	volatile void *registers;

	if (ms_device_map(UART1_DEVICE, &registers) < 0)
		return 1;
	volatile uint32_t *uart = registers;

	LOG_INFO("signals at start 0x%x", (unsigned)psa_wait(PSA_WAIT_ANY, PSA_POLL));
	uart[BAUDDIV] = 217;
	uart[INTCLEAR] = 3;
	uart[CTRL] = 5;
	psa_irq_enable(UART1_SIGNAL2);
	uart[DATA] = 'x';
	LOG_INFO("signal 0x%x", (unsigned)psa_wait(UART1_SIGNAL2, PSA_BLOCK));
	ms_device_unmap(UART1_DEVICE);
	uart[DATA] = 'y';
	return 0;
}
