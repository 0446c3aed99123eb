/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What Armv7-M and Armv8-M Mainline processors share beyond any Cortex-M.  At reset: one priority for all but HardFault, each
 * kind of fault its own exception, division by zero faults, all memory closed to services.  Then: what is open to each.
 */
#include "mainline.h"

#include "processor.h"
#include "trap.h"

enum { MAPPED = PROTECTION_FPU - 1, CONTROL_UNPRIVILEGED = 1 };

void processor_init(const void *vectors)
{
	SCB_VTOR = (uint32_t)vectors;
	SCB_SHCSR |= SHCSR_MEM_BUS_USAGE;
	SCB_CCR |= CCR_DIV_0_TRP | CCR_STKALIGN;
#if PORT_FPU
	FPU_FPCCR = FPCCR_ASPEN;		/* no lazy stacking: it would store under another's protection */
	SCB_CPACR = 0;
#endif
	for (uint32_t n = protection_init(); n-- > 0;)
		protection_set(n, (struct mpu_region){ 0 });
	/* The kernel sees all memory, a service what the regions open. */
	MPU_CTRL = PORT_ISOLATION ? MPU_ENABLE | MPU_PRIVDEFENA : 0;
	__asm__ volatile("dsb\n\tisb" : : : "memory");
}

bool processor_lost_frame(void)
{
	return SCB_CFSR & (CFSR_MSTKERR | CFSR_MLSPERR | CFSR_STKERR);
}

void protection_more(void)
{
	const struct port_protection *p = trap_state.running->protection;
	uint32_t mapped = p->more & MAPPED, open = trap_state.more & MAPPED;

	for (uint32_t n = PORT_MAPS + 1; n <= PORT_MAPS + (mapped > open ? mapped : open); n++)
		protection_set(n, p->region[n]);
	trap_state.more = p->more;
#if PORT_FPU
	SCB_CPACR = p->more & PROTECTION_FPU ? CPACR_FPU : 0;
#endif
	__asm__ volatile("dsb\n\tisb" : : : "memory");
}

void port_protect(struct port_protection *p, uint32_t index, const struct port_region *r)
{
	p->region[index] = protection_region(index, r);
	if (index == PORT_IMAGE) {
		p->image = r->base;
		p->image_size = r->size;
		p->region[PORT_MAPS] = protection_region(PORT_MAPS, NULL);
	} else if (index == PORT_RAM) {
		p->ram = r->base;
		p->ram_size = r->size;
	} else {
		uint32_t mapped = PORT_REGIONS - PORT_MAPS - 1;

		while (mapped && !p->region[PORT_MAPS + mapped].rest)
			mapped--;
		p->more = (p->more & PROTECTION_FPU) | mapped;
	}
	if (trap_state.running && trap_state.running->protection == p) {
		protection_set(PORT_MAPS, p->region[PORT_MAPS]);
		protection_more();
	}
}

void protection_start(const struct port_start *s)
{
	s->protection->control = PORT_ISOLATION ? CONTROL_UNPRIVILEGED : 0;
	s->protection->got = (uint32_t *)s->data_base;
	if (s->fpu)
		s->protection->more |= PROTECTION_FPU;
}
