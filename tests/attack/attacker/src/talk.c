/* SPDX-License-Identifier: Apache-2.0 */
#include "attempts.h"

#include <ms/psa.h>
#include <psa_manifest/attacker.h>
#include <psa_manifest/pid.h>
#include <psa_manifest/sid.h>

#include "talk.h"

enum { PATIENCE_USEC = 100000 };

uint32_t foreign_place(uint32_t n)
{
	struct own o = own();
	const uint32_t place[FOREIGN_PLACES] = {
		0, BOARD_RAM_BASE, BOARD_SERVICES_RAM_BASE - 8, BOARD_RUNTIME_BASE + 0x400, BOARD_PROVISION_BASE, BOARD_TABLE_A_BASE,
		o.ram - 4, o.ram_end - 4, o.ram_end, BOARD_CONSOLE_BASE, 0xe000ed08, 0xfffffffc,
	};

	return place[n % FOREIGN_PLACES];
}

uint64_t in_usec(uint32_t usec)
{
	return ms_clock() + usec * UINT64_C(1000);
}

void free_puppet(void)
{
	psa_notify(PUPPET_PID);
	pause_usec(1000);
}

static int32_t ask(psa_handle_t handle, int32_t type, int32_t number, size_t inputs)
{
	const psa_invec in = { &number, sizeof(number) };
	psa_status_t status = 0;
	int rc = ms_psa_call(handle, type, &in, inputs, NULL, 0, in_usec(PATIENCE_USEC), &status);

	return rc < 0 ? rc : status;
}

int32_t ask_puppet(int32_t type, int32_t number)
{
	return ask((psa_handle_t)PUPPET_HANDLE, type, number, 1);
}

int32_t ask_vault(int32_t type)
{
	return ask((psa_handle_t)DEPOSIT_HANDLE, type, 0, 0);
}

bool get_from_puppet(int32_t type, int32_t expected, psa_msg_t *m)
{
	psa_signal_t signals = 0;

	free_puppet();
	return ask_puppet(type, expected) == PSA_SUCCESS && ms_psa_wait(BAIT_SIGNAL, in_usec(PATIENCE_USEC), &signals) == MS_OK &&
	       psa_get(BAIT_SIGNAL, m) == PSA_SUCCESS;
}
