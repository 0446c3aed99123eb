/* SPDX-License-Identifier: Apache-2.0 */
/* What is tried.  The addresses are those of the Arm MPS2 boards and of every ARMv7-M processor. */
#include "attacks.h"

#include <stdlib.h>
#include <string.h>

#include <ms/abi/image.h>
#include <ms/syscall.h>

#define KERNEL_FLASH	0x00000000u
#define KERNEL_FLASH_SIZE 0x00010000u
#define TABLES		0x00010000u
#define SERVICES_FLASH	0x00040000u
#define KERNEL_RAM	0x20000000u
#define KERNEL_RAM_SIZE	0x00008000u
#define SERVICES_RAM	0x20008000u
#define BIT_BAND_RAM	0x22000000u
#define BIT_BAND_DEVICES 0x42000000u
#define DEVICES		0x40000000u
#define SYSTEM_SPACE	0xE000E000u	/* SysTick, NVIC, SCB, MPU, FPU, debug */
#define DEBUG_UNITS	0xE0000000u	/* ITM, DWT, FPB */

/* How many bytes lie between two that are tried in the kernel's flash: 1 tries each. */
#ifndef ATTACK_STRIDE
#define ATTACK_STRIDE 64
#endif

static bool reads(uint32_t address)
{
	*(volatile uint8_t *)address;
	return true;
}

static bool reads_word(uint32_t address)
{
	*(volatile uint32_t *)address;
	return true;
}

/* What was there is written back: where nothing stops it, nothing shall break before it is told. */
static bool writes(uint32_t address)
{
	volatile uint32_t *at = (volatile uint32_t *)address;
	uint64_t isolation;

	ms_info(MS_INFO_ISOLATION, &isolation);
	*at = isolation ? 0xdeadbeef : *at;
	return true;
}

static bool calls(uint32_t address)
{
	((void (*)(void))(address | 1))();
	return true;
}

/* Our own memory, from the header in front of our text. */
extern char __ms_static_end[];
void _start(void);

static uint32_t own_text(void)
{
	return (uint32_t)(uintptr_t)_start & ~1u;
}

static const struct ms_image_header *own_header(void)
{
	for (uint32_t at = own_text() & ~3u;; at -= 4)
		if (((const struct ms_image_header *)at)->magic == 0x3149534d)
			return (const struct ms_image_header *)at;
}

static bool in_own_image(uint32_t address)
{
	uint32_t image = (uint32_t)own_header(), extent = own_header()->image_size;
	uint32_t granule = 1u << own_header()->flash_align_log2;

	return address - image < ((extent + granule - 1) & ~(granule - 1));
}

static bool in_own_ram(uint32_t address)
{
	uint64_t size;
	uint32_t base = (uint32_t)__builtin_frame_address(0) & ~((1u << own_header()->ram_align_log2) - 1);

	ms_info(MS_INFO_RAM_SIZE, &size);
	/* The stack is lowest: its region starts at or below this frame's granule. */
	return address + (uint32_t)size - base < 2 * (uint32_t)size;
}

static bool read_kernel_flash(uint32_t n) { return reads(KERNEL_FLASH + ATTACK_STRIDE * n); }
static bool write_kernel_flash(uint32_t n) { return writes(KERNEL_FLASH + 64 * n); }
static bool read_tables(uint32_t n) { return reads(TABLES + 64 * n); }
static bool read_kernel_ram(uint32_t n) { return reads_word(KERNEL_RAM + 4 * n); }
static bool write_kernel_ram(uint32_t n) { return writes(KERNEL_RAM + 4 * n); }
static bool read_system_space(uint32_t n) { return reads_word(SYSTEM_SPACE + 4 * n); }
static bool write_system_space(uint32_t n) { return writes(SYSTEM_SPACE + 4 * n); }
static bool read_debug_units(uint32_t n) { return reads_word(DEBUG_UNITS + 64 * n); }
static bool read_devices(uint32_t n) { return reads_word(DEVICES + 0x1000 * n); }
static bool write_devices(uint32_t n) { return writes(DEVICES + 0x1000 * n); }
static bool read_bit_band_ram(uint32_t n) { return reads_word(BIT_BAND_RAM + 0x400 * n); }
static bool write_bit_band_ram(uint32_t n) { return writes(BIT_BAND_RAM + 0x400 * n); }
static bool read_bit_band_devices(uint32_t n) { return reads_word(BIT_BAND_DEVICES + 0x20000 * n); }

/* Attempts that would hit ourselves have no meaning; but the first shall be one that has. */
static uint32_t other(uint32_t base, uint32_t n, bool own(uint32_t address))
{
	uint32_t at = base + 64 * n;

	while (n == 0 && own(at))
		at += 64;
	return at;
}

static bool read_other_flash(uint32_t n)
{
	uint32_t at = other(SERVICES_FLASH, n, in_own_image);

	return !in_own_image(at) && reads(at);
}

static bool read_other_ram(uint32_t n)
{
	uint32_t at = other(SERVICES_RAM, n, in_own_ram);

	return !in_own_ram(at) && reads(at);
}

static bool write_other_ram(uint32_t n)
{
	uint32_t at = other(SERVICES_RAM, n, in_own_ram);

	return !in_own_ram(at) && writes(at);
}

static bool write_own_text(uint32_t n)
{
	return writes((uint32_t)own_header() + 64 * n % own_header()->image_size);
}

/* "bx lr", in data, on the stack, on the heap. */
static uint16_t code_in_data = 0x4770;

static bool run_data(uint32_t n)
{
	(void)n;
	return calls((uint32_t)&code_in_data);
}

static bool run_stack(uint32_t n)
{
	volatile uint16_t code = 0x4770;

	(void)n;
	return calls((uint32_t)&code);
}

static bool run_heap(uint32_t n)
{
	volatile uint16_t *code = malloc(sizeof(*code));

	(void)n;
	*code = 0x4770;
	return calls((uint32_t)code);
}

/* Where nothing is protected, a harmless "bx lr" of the kernel is looked for; elsewhere its addresses are tried in turn. */
static bool run_kernel(uint32_t n)
{
	uint64_t isolation;
	uint32_t at = 0x100 + 16 * n;

	ms_info(MS_INFO_ISOLATION, &isolation);
	while (!isolation && *(volatile uint16_t *)at != 0x4770)
		at += 2;
	return calls(at);
}

/* Not stopped but without effect: reading back shows it. */
static bool raise_privilege(uint32_t n)
{
	uint32_t control;

	(void)n;
	__asm__ volatile("mrs %0, control\n\tbic %0, #1\n\tmsr control, %0\n\tisb\n\tmrs %0, control" : "=r"(control));
	return !(control & 1);
}

static void call_with_stack_at(uint32_t sp)
{
	__asm__ volatile("mov sp, %0\n\tmovs r0, #0\n\tmov r12, #2\n\tsvc 0\n\tudf #0" : : "r"(sp) : "r0", "r12", "memory");
}

/* A stack pointer that the kernel would write a frame to, or trust one at. */
static bool forge_stack(uint32_t n)
{
	static const uint32_t target[] = { KERNEL_RAM + 0x400, KERNEL_RAM + KERNEL_RAM_SIZE - 32, KERNEL_FLASH + 0x40, 0, 0xfffffff0, DEVICES, SYSTEM_SPACE };

	call_with_stack_at(target[n]);
	return true;
}

static bool overflow(uint32_t depth)
{
	volatile uint8_t block[64];

	block[0] = (uint8_t)depth;
	return depth == 100000 || (overflow(depth + 1) && block[0] == (uint8_t)depth);
}

static bool overflow_stack(uint32_t n)
{
	return overflow(n);
}

/* Addresses the kernel must not read or write for us. */
static const uint32_t foreign[] = {
	0, KERNEL_FLASH + 0x400, TABLES, KERNEL_RAM, KERNEL_RAM + KERNEL_RAM_SIZE - 4, DEVICES, SYSTEM_SPACE, 0xfffffffc, 0x60000000,
};
enum { FOREIGN = sizeof(foreign) / sizeof(*foreign) };

static bool trick_log(uint32_t n)
{
	return ms_log(MS_LOG_INFO, (const char *)foreign[n], 8) != -MS_EFAULT;
}

static bool trick_log_by_size(uint32_t n)
{
	static const size_t size[] = { 0xffffffff, 0x80000000, 0x7fffffff, 0x00800000 };

	return ms_log(MS_LOG_INFO, "x", size[n]) != -MS_EFAULT;
}

static bool trick_random(uint32_t n)
{
	return ms_random((void *)foreign[n], 8) != -MS_EFAULT;
}

static bool trick_futex(uint32_t n)
{
	return ms_futex_wait((const uint32_t *)foreign[n], 0, 0) != -MS_EFAULT ||
	       ms_futex_wake((const uint32_t *)foreign[n], 1) != -MS_EFAULT;
}

static bool trick_random_into_text(uint32_t n)
{
	(void)n;
	return ms_random((void *)own_text(), 4) != -MS_EFAULT;
}

static uint32_t raw_call(uint32_t number, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
	register uint32_t r0 __asm__("r0") = a;
	register uint32_t r1 __asm__("r1") = b;
	register uint32_t r2 __asm__("r2") = c;
	register uint32_t r3 __asm__("r3") = d;
	register uint32_t r4 __asm__("r4") = 0;
	register uint32_t r5 __asm__("r5") = 0;
	register uint32_t ip __asm__("r12") = number;

	__asm__ volatile("svc 0" : "+r"(r0), "+r"(r1), "+r"(r2) : "r"(r3), "r"(r4), "r"(r5), "r"(ip) : "memory");
	return r0;
}

static bool trick_thread(uint32_t n)
{
	return raw_call(MS_SYS_thread_create, own_text(), 0, foreign[n] & ~7u, 256) != (uint32_t)-MS_EFAULT;
}

static bool unknown_call(uint32_t n)
{
	static const uint32_t number[] = { 0, 8, 15, 22, 31, 127, 128, 255, 0x7fffffff, 0x80000000, 0xffffffff };

	return raw_call(number[n], 0, 0, 0, 0) != (uint32_t)-MS_ENOSYS;
}

static bool breakpoint(uint32_t n)
{
	(void)n;
	__asm__ volatile("bkpt #0");
	return true;
}

#define EACH(table) (sizeof(table) / sizeof(*(table)))

const struct attack attacks[] = {
	{ "read kernel flash", KERNEL_FLASH_SIZE / ATTACK_STRIDE, read_kernel_flash },
	{ "write kernel flash", KERNEL_FLASH_SIZE / 64, write_kernel_flash },
	{ "read provisioning and tables", 0x18000 / 64, read_tables },
	{ "read kernel RAM", KERNEL_RAM_SIZE / 4, read_kernel_ram },
	{ "write kernel RAM", KERNEL_RAM_SIZE / 4, write_kernel_ram },
	{ "read SysTick, NVIC, SCB, MPU", 1024, read_system_space },
	{ "write SysTick, NVIC, SCB, MPU", 1024, write_system_space },
	{ "read ITM, DWT, FPB", 192, read_debug_units },
	{ "read devices", 256, read_devices },
	{ "write devices", 256, write_devices },
	{ "read the bit-band alias of RAM", 1024, read_bit_band_ram },
	{ "write the bit-band alias of RAM", 1024, write_bit_band_ram },
	{ "read the bit-band alias of devices", 64, read_bit_band_devices },
	{ "read a neighbour's flash", 0x20000 / 64, read_other_flash },
	{ "read a neighbour's RAM", 0x10000 / 64, read_other_ram },
	{ "write a neighbour's RAM", 0x10000 / 64, write_other_ram },
	{ "write own text", 64, write_own_text },
	{ "run code in data", 1, run_data },
	{ "run code on the stack", 1, run_stack },
	{ "run code on the heap", 1, run_heap },
	{ "run the kernel's code", 1024, run_kernel },
	{ "raise privilege", 1, raise_privilege },
	{ "forge the stack pointer", 7, forge_stack },
	{ "overflow the stack", 1, overflow_stack },
	{ "log from foreign memory", FOREIGN, trick_log },
	{ "log by a size that wraps", 4, trick_log_by_size },
	{ "random into foreign memory", FOREIGN, trick_random },
	{ "random into own text", 1, trick_random_into_text },
	{ "futex in foreign memory", FOREIGN, trick_futex },
	{ "thread on a foreign stack", FOREIGN, trick_thread },
	{ "unknown system calls", 11, unknown_call },
	{ "breakpoint", 1, breakpoint },
	{ NULL, 0, NULL },
};
