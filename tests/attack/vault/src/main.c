/* SPDX-License-Identifier: Apache-2.0 */
/* An honest server, of the lowest priority: whom it serves in time it serves because the kernel lets it. Must not notice anything. */
#include <psa/service.h>
#include <psa_manifest/vault.h>

#include <SysCall.h>
#include <ms/shared.h>

#include "asked.h"

enum { PIECE = 512 };

static uint8_t text[PIECE];
static void *slate, *hoard;

static psa_status_t sum(const psa_msg_t *m)
{
	int32_t sum = 0;
	size_t done = 0;

	for (size_t n; (n = psa_read(m->handle, 0, text, sizeof(text))); done += n)
		for (size_t i = 0; i < n; i++)
			sum += text[i];
	if (done > m->in_size[0])
		LOG_ERROR("read %u bytes of %u", (unsigned)done, (unsigned)m->in_size[0]);
	psa_write(m->handle, 0, VAULT_ANSWER, m->out_size[0] < 8 ? m->out_size[0] : 8);
	return sum;
}

static psa_status_t serve(const psa_msg_t *m)
{
	switch (m->type) {
	case VAULT_SUM_SLOWLY:
		ms_sleep_until(ms_clock() + VAULT_PAUSE_NSEC);
		return sum(m);
	case VAULT_LEND:
		return ms_shared_lend(SLATE_SHARED, MS_SHARED_READ);
	case VAULT_TAKE_BACK:
		return ms_shared_revoke(SLATE_SHARED);
	case VAULT_SUM_WHAT_IT_TOOK_BACK:
		ms_shared_revoke(SLATE_SHARED);
		return sum(m);
	case VAULT_WHERE_SLATE:
		return (psa_status_t)(uintptr_t)slate;
	case VAULT_WHERE_HOARD:
		return (psa_status_t)(uintptr_t)hoard;
	case PSA_IPC_CONNECT:
	case PSA_IPC_DISCONNECT:
		return PSA_SUCCESS;
	default:
		return sum(m);
	}
}

int main(void)
{
	uint64_t run;

	ms_info(MS_INFO_RUN_COUNT, &run);
	if (run != 1 || ms_shared_map(SLATE_SHARED, &slate) < 0 || ms_shared_map(HOARD_SHARED, &hoard) < 0)
		LOG_ERROR("vault was restarted");
	for (unsigned i = 0; i < SLATE_SIZE; i++)
		((uint8_t *)slate)[i] = 1;
	((uint16_t *)slate)[SLATE_SIZE / 2 - 1] = VAULT_RETURN;
	for (;;) {
		psa_signal_t signals = psa_wait(PSA_WAIT_ANY, PSA_BLOCK);
		psa_signal_t from = signals & VAULT_SIGNAL ? VAULT_SIGNAL : DEPOSIT_SIGNAL;
		psa_msg_t m;

		if (signals & PSA_DOORBELL)
			psa_clear();
		if (signals & from && psa_get(from, &m) == PSA_SUCCESS)
			psa_reply(m.handle, serve(&m));
	}
}
