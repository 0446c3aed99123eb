/* SPDX-License-Identifier: Apache-2.0 */
/* As a client: vectors that are not ours or change, handles that are none any more, servers that do not reply or die. */
#include "attempts.h"

#include <string.h>

#include <ms/psa.h>
#include <psa_manifest/sid.h>

#include "talk.h"

enum { ROOM = 64, FILL = 0x77, IMAGE_PART = 8192, CEILING = 9 };

static uint8_t memory[32], room[ROOM];
static psa_invec in[4];
static psa_outvec out[4];

/* A call of the vault with so many vectors at these addresses; its status, or the kernel's. */
static int32_t call_vault(uint32_t type, uint32_t inputs, uint32_t outputs, uint32_t in_at, uint32_t out_at)
{
	const uint32_t argument[6] = { DEPOSIT_HANDLE, type | inputs << 16 | outputs << 24, in_at, out_at, 0xffffffff, 0xffffffff };
	struct answer a = call(MS_SYS_psa_call, argument);

	return a.status < 0 ? a.status : (int32_t)a.low;
}

static int32_t call_with_ours(uint32_t type, uint32_t inputs, uint32_t outputs)
{
	return call_vault(type, inputs, outputs, (uint32_t)(uintptr_t)in, (uint32_t)(uintptr_t)out);
}

/* One input, one output, each our own. */
static void set_vectors(void)
{
	in[0] = (psa_invec){ memory, sizeof(memory) };
	out[0] = (psa_outvec){ room, sizeof(room) };
	memset(room, FILL, sizeof(room));
}

/* Is there the answer in `room`, and nothing behind it? */
static bool answered(void)
{
	for (unsigned i = 8; i < ROOM; i++)
		if (room[i] != FILL)
			return false;
	return !memcmp(room, VAULT_ANSWER, 8);
}

/* The array of inputs, of outputs, what an input names, what an output names: each in every wrong place. */
bool foreign_vector(uint32_t n)
{
	uint32_t at = foreign_place(n / 4), arrays[2] = { (uint32_t)(uintptr_t)in, (uint32_t)(uintptr_t)out };

	set_vectors();
	switch (n % 4) {
	case 0: arrays[0] = at; break;
	case 1: arrays[1] = at; break;
	case 2: in[0] = (psa_invec){ (const void *)(uintptr_t)at, 8 }; break;
	case 3: out[0] = (psa_outvec){ (void *)(uintptr_t)at, 8 }; break;
	}
	call_vault(VAULT_SUM, 1, 1, arrays[0], arrays[1]);
	return true;
}

/* Numbers of inputs and outputs, or a type, that no call has. */
bool wrong_control(uint32_t n)
{
	static const uint32_t control[] = {
		5 << 16, 5 << 24, 3 << 16 | 2 << 24, 0xffff0000, 4 << 16 | 1 << 24, 1 << 16 | 4 << 24, 0x80800000, 0xff020000, 0x8000, 0xffff,
	};

	set_vectors();
	call_vault(control[n], 0, 0, (uint32_t)(uintptr_t)in, (uint32_t)(uintptr_t)out);
	return true;
}

bool overlapping_inputs(uint32_t n)
{
	static const struct { uint8_t at[2], size[2]; } overlap[] = {
		{ { 0, 0 }, { 8, 8 } }, { { 0, 7 }, { 8, 8 } }, { { 4, 0 }, { 4, 16 } }, { { 8, 0 }, { 8, 9 } },
	};

	for (unsigned i = 0; i < 2; i++)
		in[i] = (psa_invec){ &memory[overlap[n].at[i]], overlap[n].size[i] };
	call_with_ours(VAULT_SUM, 2, 0);
	return true;
}

/* What is odd and hurts nobody: nothing somewhere else, the arrays themselves as vectors, input and output in one place. */
bool odd_vectors(uint32_t n)
{
	set_vectors();
	memset(memory, 1, sizeof(memory));
	switch (n) {
	case 0:
		in[0] = (psa_invec){ (const void *)(uintptr_t)BOARD_RAM_BASE, 0 };
		return call_with_ours(VAULT_SUM, 1, 1) != 0 || !answered();
	case 1:
		out[0] = (psa_outvec){ (void *)(uintptr_t)BOARD_RAM_BASE, 0 };
		return call_with_ours(VAULT_SUM, 1, 1) != sizeof(memory) || out[0].len;
	case 2:
		out[0] = (psa_outvec){ out, sizeof(out) };
		return call_with_ours(VAULT_SUM, 1, 1) != sizeof(memory);
	case 3:
		out[0] = (psa_outvec){ memory, sizeof(memory) };
		return call_with_ours(VAULT_SUM, 1, 1) != sizeof(memory) || memory[8] != 1 || out[0].len != 8;
	default:
		return call_with_ours(VAULT_SUM, 1, 1) != sizeof(memory) || !answered() || out[0].len != 8;
	}
}

static uint32_t go, turn;

/* While the main thread waits for the vault, four times: the vectors become others' memory, of any length, and what they named changes. */
static void changes_vectors(void *unused)
{
	(void)unused;
	for (;;) {
		ms_futex_wait(&go, 0, MS_FOREVER);
		for (unsigned i = 0; i < 4; i++, turn++) {
			pause_usec(VAULT_PAUSE_NSEC / 1000 / 5);
			uint32_t at = foreign_place(turn);

			in[0] = (psa_invec){ (const void *)(uintptr_t)at, UINT32_MAX >> turn % 32 };
			out[0] = (psa_outvec){ (void *)(uintptr_t)at, UINT32_MAX >> turn % 32 };
		}
	}
}

bool flip_vectors(uint32_t n)
{
	if (n == 0)
		start_thread(0, changes_vectors, NULL, CEILING);
	set_vectors();
	memset(memory, (int)(n & 0x7f), sizeof(memory));
	ms_futex_wake(&go, 1);
	return call_with_ours(VAULT_SUM_SLOWLY, 1, 1) != (int32_t)(sizeof(memory) * (n & 0x7f)) || !answered();
}

/* The input grows and shrinks behind the vault's back; it never sees more than was said. */
static void changes_length(void *unused)
{
	(void)unused;
	for (;;) {
		ms_futex_wait(&go, 0, MS_FOREVER);
		pause_usec(VAULT_PAUSE_NSEC / 1000 / 2);
		in[0].len = turn++ & 1 ? 0 : UINT32_MAX;
		out[0].len = turn & 1 ? 0 : UINT32_MAX;
		memset(memory, 2, sizeof(memory));
	}
}

bool flip_lengths(uint32_t n)
{
	if (n == 0)
		start_thread(0, changes_length, NULL, CEILING);
	set_vectors();
	memset(memory, 1, sizeof(memory));
	ms_futex_wake(&go, 1);
	return call_with_ours(VAULT_SUM_SLOWLY, 1, 1) != 2 * sizeof(memory) || !answered();
}

static void dies(void *at)
{
	pause_usec((uint32_t)(uintptr_t)at);
	__asm__ volatile("udf #5");
}

/* The vault reads the whole image in pieces, and we end between two of them. */
bool die_while_copied(uint32_t n)
{
	set_vectors();
	in[0] = (psa_invec){ (const void *)(uintptr_t)own().image, IMAGE_PART };
	start_thread(0, dies, (void *)(uintptr_t)(10 * n), CEILING);
	call_with_ours(VAULT_SUM, 1, 1);
	pause_usec(1000);
	return true;
}

/* Our deadline passes between two of them: from then on nothing is written. */
bool give_up_while_copied(uint32_t n)
{
	psa_status_t status = 0;
	uint8_t at_deadline[ROOM];

	set_vectors();
	in[0] = (psa_invec){ (const void *)(uintptr_t)own().image, IMAGE_PART };
	int rc = ms_psa_call((psa_handle_t)DEPOSIT_HANDLE, VAULT_SUM, in, 1, out, 1, ms_clock() + n * UINT64_C(5000), &status);

	memcpy(at_deadline, room, sizeof(room));
	pause_usec(3000);
	return (rc != MS_OK && rc != -MS_ETIMEDOUT) || (n == 0 && rc == MS_OK) || memcmp(at_deadline, room, sizeof(room));
}

static void is_held(void *unused)
{
	(void)unused;
	out[0] = (psa_outvec){ room, sizeof(room) };
	psa_call((psa_handle_t)PUPPET_HANDLE, PUPPET_HOLD, NULL, 0, out, 1);
}

bool die_in_call(uint32_t n)
{
	free_puppet();
	start_thread(0, is_held, NULL, 0);
	pause_usec(1000 + n);
	__asm__ volatile("udf #6");
	return true;
}

/* The puppet writes its answer to who has died: not to who lives there now. */
bool died_in_call(uint32_t n)
{
	(void)n;
	free_puppet();
	pause_usec(5000);
	for (unsigned i = 0; i < ROOM; i++)
		if (room[i])
			return true;
	return false;
}

/* The puppet holds what it gets. The deadline is kept to the tick, whatever it is. */
bool never_replied(uint32_t n)
{
	static const uint32_t usec[] = { 0, 1, 10, 100, 1000, 3000, 7000, 20000 };
	uint64_t deadline = n & 8 ? 0 : in_usec(usec[n & 7]), start = ms_clock();
	psa_status_t status = 0;

	if (n % 3 == 0)
		free_puppet();
	int rc = ms_psa_call((psa_handle_t)PUPPET_HANDLE, PUPPET_HOLD, NULL, 0, NULL, 0, deadline, &status);

	return rc != -MS_ETIMEDOUT || ms_clock() < deadline || ms_clock() - (deadline ? deadline : start) > 1500000;
}

static psa_handle_t connection;

bool use_closed(uint32_t n)
{
	connection = psa_connect(VAULT_SID, VAULT_VERSION);
	psa_close(connection);
	if (n)
		psa_close(connection);
	else
		psa_call(connection, VAULT_SUM, NULL, 0, NULL, 0);
	return true;
}

static void uses_connection(void *unused)
{
	(void)unused;
	psa_call(connection, PUPPET_HOLD, NULL, 0, NULL, 0);
}

/* While another thread waits for the reply to it. */
bool use_while_used(uint32_t n)
{
	free_puppet();
	connection = psa_connect(LEASH_SID, LEASH_VERSION);
	start_thread(0, uses_connection, NULL, 0);
	pause_usec(1000);
	if (n)
		psa_close(connection);
	else
		psa_call(connection, PUPPET_KEEP, NULL, 0, NULL, 0);
	return true;
}

/* The server dies in a call, or after it, and comes again: who was connected to it before is connected to nobody. */
bool use_after_its_restart(uint32_t n)
{
	free_puppet();
	connection = psa_connect(LEASH_SID, LEASH_VERSION);
	if (!PSA_HANDLE_IS_VALID(connection))
		return true;
	psa_status_t died = psa_call(connection, n & 1 ? PUPPET_DIE : PUPPET_DIE_LATER, NULL, 0, NULL, 0);
	bool wrong = died != (n & 1 ? PSA_ERROR_COMMUNICATION_FAILURE : PSA_SUCCESS);

	pause_usec(5000);
	for (unsigned i = 0; i < 3; i++)
		wrong |= psa_call(connection, PUPPET_GIVE, NULL, 0, NULL, 0) != PSA_ERROR_COMMUNICATION_FAILURE;
	psa_close(connection);
	return wrong || ask_puppet(PUPPET_KEEP, 5) || ask_puppet(PUPPET_GIVE, 0) != 5;
}

/* The puppet remembers a connection's number for us. */
bool leave_connection(uint32_t n)
{
	(void)n;
	free_puppet();
	connection = psa_connect(VAULT_SID, VAULT_VERSION);
	if (ask_puppet(PUPPET_KEEP, connection) == PSA_SUCCESS)
		__asm__ volatile("udf #7");
	return true;
}

/* Each run of the row above has left one; this one has a connection of its own in its place. */
bool use_left_connection(uint32_t n)
{
	connection = psa_connect(VAULT_SID, VAULT_VERSION);
	psa_handle_t left = ask_puppet(PUPPET_GIVE, 0);

	if (!PSA_HANDLE_IS_VALID(left) || left == connection)
		return true;
	if (n)
		psa_close(left);
	else
		psa_call(left, VAULT_SUM, NULL, 0, NULL, 0);
	return true;
}

/* Another service cannot use it: the puppet is stopped when it does. */
bool lend_connection(uint32_t n)
{
	(void)n;
	free_puppet();
	connection = psa_connect(VAULT_SID, VAULT_VERSION);
	bool used = ask_puppet(PUPPET_USE, connection) != PSA_ERROR_COMMUNICATION_FAILURE;

	used |= psa_call(connection, VAULT_SUM, NULL, 0, NULL, 0) != 0;
	psa_close(connection);
	return used;
}

/* While the puppet waits for us we cannot wait for it. */
bool close_a_circle(uint32_t n)
{
	psa_msg_t m;
	psa_status_t status = 0;

	if (!get_from_puppet(PUPPET_CALL, 3, &m))
		return true;
	int rc = n ? ms_psa_connect(LEASH_SID, LEASH_VERSION, in_usec(1000), &connection)
		   : ms_psa_call((psa_handle_t)PUPPET_HANDLE, PUPPET_GIVE, NULL, 0, NULL, 0, in_usec(1000), &status);

	psa_reply(m.handle, 3);
	return rc != -MS_EDEADLK;
}
