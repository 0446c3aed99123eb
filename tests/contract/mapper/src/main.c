/* SPDX-License-Identifier: Apache-2.0 */
/* Opens each device of its board, reads a register and closes it; DEVICES of them are its own, and one more is nobody's. */
#include <SysCall.h>
#include <ms/device.h>

int main(void)
{
	for (uint32_t i = 0; i <= DEVICES; i++) {
		volatile void *registers = NULL;
		int rc = ms_device_map(i, &registers);

		if (rc == MS_OK) {
			(void)*(volatile uint32_t *)registers;
			LOG_INFO("device %u at 0x%08x", (unsigned)i, (unsigned)(uintptr_t)registers);
			rc = ms_device_unmap(i);
		}
		if (rc != (i < DEVICES ? MS_OK : -MS_ENOENT))
			LOG_ERROR("device %u: %d", (unsigned)i, rc);
	}
}
