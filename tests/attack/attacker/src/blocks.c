/* SPDX-License-Identifier: Apache-2.0 */
/* Shared memory: blocks of others, of our own used otherwise, what the vault lends and takes back. */
#include "attempts.h"

#include <string.h>

#include <ms/psa.h>
#include <ms/shared.h>
#include <psa_manifest/attacker.h>
#include <psa_manifest/sid.h>

#include "talk.h"

enum { SLATE_SIZE = 256, BLOCKS = 3 };		/* as the vault's ms.yaml says; ours and borrowed */

/* The vault lends us its block, for reading; where it is, or 0. */
static uint32_t borrow(void)
{
	void *at = NULL;

	ask_vault(VAULT_TAKE_BACK);
	ask_vault(VAULT_LEND);
	ms_shared_map(SLATE_SHARED, &at);
	return (uint32_t)(uintptr_t)at;
}

static uint8_t *open_own(uint32_t block)
{
	void *at = NULL;

	ms_shared_map(block, &at);
	return at;
}

/* Small numbers, then each bit alone, by all four calls. */
bool foreign_block(uint32_t n)
{
	uint32_t number = n < 256 ? BLOCKS + n : 1u << (n - 256 + 2);

	return status_of(MS_SYS_shm_map, number, 0, 0) != -MS_ENOENT || status_of(MS_SYS_shm_unmap, number, 0, 0) != -MS_ENOENT ||
	       status_of(MS_SYS_shm_lend, number, 1, 0) != -MS_ENOENT || status_of(MS_SYS_shm_revoke, number, 0, 0) != -MS_ENOENT;
}

/* To nobody, with rights that are none; what is not ours, though we may have it; what is not lent now. */
bool wrong_lend(uint32_t n)
{
	int32_t refusal = n == 1 || n == 3 ? -MS_EPERM : -MS_EINVAL;

	borrow();
	bool wrong = status_of(MS_SYS_shm_lend, LOAN_SHARED, n, 0) != refusal || status_of(MS_SYS_shm_lend, SLATE_SHARED, 1, 0) != -MS_ENOENT ||
		     status_of(MS_SYS_shm_revoke, SLATE_SHARED, 0, 0) != -MS_ENOENT;

	ask_vault(VAULT_TAKE_BACK);
	return wrong || status_of(MS_SYS_shm_map, SLATE_SHARED, 0, 0) != -MS_ENOENT || status_of(MS_SYS_shm_unmap, SLATE_SHARED, 0, 0) != -MS_ENOENT;
}

/* The vault has two open, and ran right before us. */
bool read_block_open_elsewhere(uint32_t n) { return reads((uint32_t)ask_vault(n ? VAULT_WHERE_HOARD : VAULT_WHERE_SLATE)); }
bool write_borrowed_block(uint32_t n) { return writes(borrow() + n * (SLATE_SIZE - 1)); }
bool read_beside_block(uint32_t n) { return reads(n ? borrow() + SLATE_SIZE : borrow() - 1); }

bool read_block_taken_back(uint32_t n)
{
	uint32_t at = borrow();

	ask_vault(VAULT_TAKE_BACK);
	return reads(at + n * (SLATE_SIZE - 1));
}

/* A block of our own that we have closed. */
bool read_closed_block(uint32_t n)
{
	uint32_t at = (uint32_t)(uintptr_t)open_own(n);

	ms_shared_unmap(n);
	return reads(at);
}

bool run_block(uint32_t n)
{
	volatile uint16_t *at = (volatile uint16_t *)(uintptr_t)open_own(n);

	*at = 0x4770;		/* bx lr */
	return calls((uint32_t)(uintptr_t)at);
}

bool run_borrowed_block(uint32_t n)
{
	(void)n;
	return calls(borrow() + SLATE_SIZE - 2);		/* VAULT_RETURN */
}

/* What may be read only no call writes; what was taken back no call reads; and no stack lies there. */
bool block_as_buffer(uint32_t n)
{
	uint32_t at = borrow();
	const uint32_t thread[6] = { own().text, 0, (uint32_t)(uintptr_t)open_own(LOAN_SHARED), LOAN_SIZE, 0, 0 };

	if (n == 3)
		return call(MS_SYS_thread_create, thread).status != -MS_EFAULT;
	if (n == 2)
		return status_of(MS_SYS_random, at, 8, 0) != -MS_EFAULT || status_of(MS_SYS_futex_swap, at, 0, 0) != -MS_EFAULT;
	if (n == 1)
		return status_of(MS_SYS_log_write, MS_LOG_DEBUG, at + SLATE_SIZE - 7, 8) != -MS_EFAULT;
	ask_vault(VAULT_TAKE_BACK);
	return status_of(MS_SYS_log_write, MS_LOG_DEBUG, at, 8) != -MS_EFAULT;
}

static psa_invec in;
static psa_outvec out;

bool borrowed_as_output(uint32_t n)
{
	out = (psa_outvec){ (void *)(uintptr_t)(borrow() + n), 8 };
	psa_call((psa_handle_t)DEPOSIT_HANDLE, VAULT_SUM, NULL, 0, &out, 1);
	return true;
}

/* The vault takes its block back while our call is on its way, and reads the input that lies there: nothing comes. */
bool taken_back_in_call(uint32_t n)
{
	in = (psa_invec){ (const void *)(uintptr_t)(borrow() + n), 8 };
	psa_status_t there = psa_call((psa_handle_t)DEPOSIT_HANDLE, VAULT_SUM, &in, 1, NULL, 0);
	psa_status_t taken = psa_call((psa_handle_t)DEPOSIT_HANDLE, VAULT_SUM_WHAT_IT_TOOK_BACK, &in, 1, NULL, 0);

	return there != 8 || taken != 0;
}

bool leave_in_blocks(uint32_t n)
{
	(void)n;
	memset(open_own(LOAN_SHARED), 0x5e, LOAN_SIZE);
	memset(open_own(SPARE_SHARED), 0x5e, SPARE_SIZE);
	__asm__ volatile("udf #10");
	return true;
}

bool find_in_blocks(uint32_t n)
{
	const uint8_t *at = open_own(n);

	for (unsigned i = 0; i < SPARE_SIZE; i++)
		if (at[i])
			return true;
	return false;
}
