/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The attacker's helper: a server that never replies, or dies, and a client whose messages the attacker gets. What
 * the attacker may not do to a client (change its memory when its deadline has passed, tell what is not so) it says.
 */
#include <stdbool.h>
#include <string.h>

#include <psa/service.h>
#include <psa_manifest/puppet.h>
#include <psa_manifest/sid.h>

#include <SysCall.h>
#include <ms/psa.h>

#include "asked.h"

enum { STACK_SIZE = 512 };

static struct { uint8_t before[32], room[BAIT_ROOM], after[32]; } out;
static uint8_t first[BAIT_FIRST], second[BAIT_SECOND];
static uint8_t stack[STACK_SIZE] __attribute__((aligned(32)));
static uint64_t block[8];
static int32_t kept;

static bool all(const uint8_t *at, size_t size, uint8_t value)
{
	while (size && at[size - 1] == value)
		size--;
	return !size;
}

/* What the attacker's reply was, or -MS_E...: it may write `room`, as long as this waits. */
static int32_t call_bait(bool vectors)
{
	uint8_t at_deadline[BAIT_ROOM];
	const psa_invec in[] = { { first, sizeof(first) }, { second, sizeof(second) } };
	psa_outvec to[] = { { out.room, sizeof(out.room) } };
	psa_status_t status = 0;

	memset(&out, BAIT_BYTE, sizeof(out));
	memset(first, BAIT_BYTE, sizeof(first));
	memset(second, BAIT_BYTE, sizeof(second));
	int rc = ms_psa_call(BAIT_HANDLE, 3, in, vectors ? 2 : 0, to, vectors ? 1 : 0, ms_clock() + PUPPET_PATIENCE_NSEC, &status);

	memcpy(at_deadline, out.room, sizeof(out.room));
	ms_sleep_until(ms_clock() + PUPPET_PATIENCE_NSEC);
	if (memcmp(at_deadline, out.room, sizeof(out.room)))
		LOG_ERROR("memory changed after the call");
	if (!all(out.before, sizeof(out.before), BAIT_BYTE) || !all(out.after, sizeof(out.after), BAIT_BYTE) ||
	    !all(first, sizeof(first), BAIT_BYTE) || !all(second, sizeof(second), BAIT_BYTE))
		LOG_ERROR("memory changed that no output is");
	if (rc == MS_OK && status == PSA_SUCCESS && to[0].len > sizeof(out.room))
		LOG_ERROR("more was written than there is room");
	return rc < 0 ? rc : status;
}

static void calls(void *unused)
{
	(void)unused;
	call_bait(true);
	ms_thread_exit();
}

static int32_t number_in(const psa_msg_t *m)
{
	int32_t number = 0;

	psa_read(m->handle, 0, &number, sizeof(number));
	return number;
}

static void let_go(const psa_msg_t *m)
{
	psa_write(m->handle, 0, VAULT_ANSWER, m->out_size[0] < 8 ? m->out_size[0] : 8);
	psa_reply(m->handle, PUPPET_LET_GO);
}

static void call_as_told(const psa_msg_t *m)
{
	int32_t expected = number_in(m);

	psa_reply(m->handle, PSA_SUCCESS);
	int32_t got = call_bait(m->type == PUPPET_CALL);

	if (got != expected)
		LOG_ERROR("the attacker's reply was %d, not %d", (int)got, (int)expected);
}

/* Does it keep the message? */
static bool serve(const psa_msg_t *m)
{
	psa_status_t status = PSA_SUCCESS;

	switch (m->type) {
	case PUPPET_HOLD:
		return true;
	case PUPPET_DIE:
		__asm__ volatile("udf #0");
		return false;
	case PUPPET_DIE_LATER:
		psa_reply(m->handle, PSA_SUCCESS);
		ms_sleep_until(ms_clock() + 2000000);
		__asm__ volatile("udf #0");
		return false;
	case PUPPET_CALL:
	case PUPPET_CALL_WITH_NOTHING:
		call_as_told(m);
		return false;
	case PUPPET_CALL_AND_DIE:
		psa_reply(m->handle, PSA_SUCCESS);
		ms_thread_create(calls, NULL, stack, sizeof(stack), block, 0);
		ms_sleep_until(ms_clock() + 2000000);
		ms_exit(1);
	case PUPPET_USE:
		status = psa_call(number_in(m), 1, NULL, 0, NULL, 0);
		break;
	case PUPPET_KEEP:
		kept = number_in(m);
		break;
	case PUPPET_GIVE:
		status = kept;
		break;
	}
	psa_reply(m->handle, status);
	return false;
}

int main(void)
{
	bool holds = false;
	psa_msg_t m;

	for (;;) {
		psa_signal_t signals = psa_wait(holds ? PSA_DOORBELL : PSA_WAIT_ANY, PSA_BLOCK);
		psa_signal_t from = signals & PUPPET_SIGNAL ? PUPPET_SIGNAL : LEASH_SIGNAL;

		if (signals & PSA_DOORBELL) {
			psa_clear();
			if (holds)
				let_go(&m);
			holds = false;
		} else if (signals & from && psa_get(from, &m) == PSA_SUCCESS) {
			holds = serve(&m);
		}
	}
}
