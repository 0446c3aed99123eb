/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Devices of the board that a product has granted to this service: their registers.  What a service asks for in
 * `requests: devices` of its ms.yaml has a number, UART1_DEVICE, and a signal for each interrupt,
 * UART1_SIGNAL, in the generated psa_manifest/<service>.h.  Interrupts are PSA signals: psa_irq_enable, psa_wait,
 * psa_eoi (psa/service.h).  Any thread may call these.
 */
#ifndef MS_DEVICE_H
#define MS_DEVICE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Open a device's registers: *registers is their address until ms_device_unmap or the end of the service.  Opening
 * what is open changes nothing.  The runtime has made the device ready (clock, reset, pins) before.
 * MS_OK; -MS_ENOENT: not granted; -MS_ENOMEM: five devices and blocks of shared memory are open already;
 * -MS_EIO: the device does not become ready.  *registers is untouched on failure.
 */
int ms_device_map(uint32_t device, volatile void **registers);

/*
 * How fast the device's line is in this product: baud, as `current-speed` of its device tree says (docs/devices.md);
 * 0: it says nothing, and the driver chooses.  Opens the device's registers as ms_device_map does; 0 where that fails, too.
 */
uint32_t ms_device_speed(uint32_t device);

/* Close them again.  MS_OK; -MS_ENOENT: they are not open. */
int ms_device_unmap(uint32_t device);

/*
 * Read and write a register of 32 bits of an open device.  On a board each is the one load or store of a volatile
 * pointer, in program order; in a test on the PC the device's model is asked (sim_device, ms/sim.h), which a volatile pointer
 * passes by.  A register of a device that is not open stops the service, as any memory that is not its own.
 */
#ifdef __arm__
static inline uint32_t ms_read32(const volatile void *at)
{
	return *(const volatile uint32_t *)at;
}

static inline void ms_write32(volatile void *at, uint32_t value)
{
	*(volatile uint32_t *)at = value;
}
#else
uint32_t ms_read32(const volatile void *at);
void ms_write32(volatile void *at, uint32_t value);
#endif

#ifdef __cplusplus
}
#endif

#endif
