/* SPDX-License-Identifier: Apache-2.0 */
/*
 * As a server: what a client's message allows and what not.  The puppet calls us; it tells when its memory changed where it is
 * no output, or after the call, and when it gets another status than we said that it would.
 */
#include "attempts.h"

#include <string.h>

#include <ms/psa.h>
#include <psa_manifest/attacker.h>

#include "talk.h"

enum { FILL = 0x66, REFUSED = 9 };

static uint8_t buffer[BAIT_SECOND + 32];
static psa_msg_t message;

/* One of the calls on a message, by its handle. */
static struct answer use(uint32_t which, uint32_t handle, uint32_t vector, uint32_t at, uint32_t size)
{
	static const uint8_t number[] = { MS_SYS_psa_read, MS_SYS_psa_write, MS_SYS_psa_skip, MS_SYS_psa_reply, MS_SYS_psa_set_rhandle };
	const uint32_t argument[6] = { handle, vector, number[which] == MS_SYS_psa_skip ? size : at, size };

	return call(number[which], argument);
}

/* It expects that we are stopped. */
static bool get_last(void)
{
	return get_from_puppet(PUPPET_CALL, PSA_ERROR_COMMUNICATION_FAILURE, &message);
}

bool get_into_foreign(uint32_t n)
{
	psa_signal_t signals = 0;

	free_puppet();
	if (ask_puppet(PUPPET_CALL, PSA_ERROR_COMMUNICATION_FAILURE) == PSA_SUCCESS && ms_psa_wait(BAIT_SIGNAL, in_usec(50000), &signals) == MS_OK)
		psa_get(BAIT_SIGNAL, (psa_msg_t *)(uintptr_t)foreign_place(n));
	return true;
}

bool copy_into_foreign(uint32_t n)
{
	if (get_last())
		use(n & 1, (uint32_t)message.handle, 0, foreign_place(n / 2), 8);
	return true;
}

bool wrong_vector(uint32_t n)
{
	static const uint32_t vector[] = { 4, 5, 8, 255, 0x80000000, 0xffffffff };

	if (get_last())
		use(n % 3, (uint32_t)message.handle, vector[n / 3], (uint32_t)(uintptr_t)buffer, 8);
	return true;
}

/* More than there is room for: by one, by all there is, around the end of memory; into an output that was not given. */
bool write_too_much(uint32_t n)
{
	static const struct { uint32_t vector, size; } too_much[] = {
		{ 0, BAIT_ROOM + 1 }, { 0, sizeof(buffer) }, { 0, 0xffffffff }, { 0, 0x80000000 }, { 1, 1 }, { 3, 1 },
	};

	if (get_last())
		use(1, (uint32_t)message.handle, too_much[n].vector, (uint32_t)(uintptr_t)buffer, too_much[n].size);
	return true;
}

/* Read, write, skip, reply, keep a value: the message is answered, or another of its connection. */
bool use_answered(uint32_t n)
{
	if (!get_from_puppet(PUPPET_CALL, REFUSED, &message))
		return true;
	psa_reply(message.handle, REFUSED);
	use(n % 5, (uint32_t)message.handle + (n / 5 << 8), 0, (uint32_t)(uintptr_t)buffer, 8);
	return true;
}

static void uses(void *which)
{
	use((uint32_t)(uintptr_t)which, (uint32_t)message.handle, 0, (uint32_t)(uintptr_t)buffer, 8);
}

bool use_in_a_thread(uint32_t n)
{
	if (get_last() && start_thread(0, uses, (void *)(uintptr_t)n, 0) >= 0)
		pause_usec(2000);
	return true;
}

bool keep_a_value_without_connection(uint32_t n)
{
	if (get_last())
		use(4, (uint32_t)message.handle, n, 0, 0);
	return true;
}

bool get_twice(uint32_t n)
{
	(void)n;
	if (get_last())
		psa_get(BAIT_SIGNAL, &message);
	return true;
}

static bool filled(const uint8_t *at, const uint8_t *end, uint8_t value)
{
	while (at < end && *at == value)
		at++;
	return at == end;
}

/* Pieces of every size, up to more than there is: what comes is the client's, and not a byte more. */
bool read_beyond(uint32_t n)
{
	static const uint32_t piece[] = { 1, 7, BAIT_SECOND, sizeof(buffer) };
	size_t done = 0, got;

	if (!get_from_puppet(PUPPET_CALL, REFUSED, &message))
		return true;
	memset(buffer, FILL, sizeof(buffer));
	do {
		got = psa_read(message.handle, 1, buffer + done, sizeof(buffer) - done < piece[n] ? sizeof(buffer) - done : piece[n]);
		done += got;
	} while (got && done <= BAIT_SECOND);
	bool more = done != BAIT_SECOND || !filled(buffer, buffer + BAIT_SECOND, BAIT_BYTE) ||
		    !filled(buffer + BAIT_SECOND, buffer + sizeof(buffer), FILL);

	psa_skip(message.handle, 0, 0xffffffff);
	more |= psa_read(message.handle, 0, buffer, 8) != 0;
	psa_reply(message.handle, REFUSED);
	return more;
}

/* A message with vectors, then one without any: nothing of the first is left in the second. */
bool find_earlier_message(uint32_t n)
{
	bool left = false;

	(void)n;
	if (!get_from_puppet(PUPPET_CALL, REFUSED, &message))
		return true;
	psa_reply(message.handle, REFUSED);
	memset(&message, FILL, sizeof(message));
	if (!get_from_puppet(PUPPET_CALL_WITH_NOTHING, REFUSED, &message))
		return true;
	memset(buffer, FILL, sizeof(buffer));
	for (unsigned i = 0; i < PSA_MAX_IOVEC; i++)
		left |= message.in_size[i] || message.out_size[i] || psa_read(message.handle, i, buffer, sizeof(buffer));
	psa_reply(message.handle, REFUSED);
	return left || message.rhandle || !filled(buffer, buffer + sizeof(buffer), FILL);
}

/* Whose client has given up, or died: nothing can be read of it, nothing written to it. */
static bool serves_orphan(int32_t type, int32_t expected)
{
	if (!get_from_puppet(type, expected, &message))
		return true;
	pause_usec(PUPPET_PATIENCE_NSEC / 1000 + 5000);
	memset(buffer, FILL, sizeof(buffer));
	size_t got = psa_read(message.handle, 0, buffer, sizeof(buffer)) + psa_skip(message.handle, 1, 8);

	psa_write(message.handle, 0, buffer, BAIT_ROOM);
	psa_reply(message.handle, REFUSED);
	return got || !filled(buffer, buffer + sizeof(buffer), FILL);
}

bool serve_who_gave_up(uint32_t n)
{
	(void)n;
	return serves_orphan(PUPPET_CALL, -MS_ETIMEDOUT);
}

bool serve_who_died(uint32_t n)
{
	(void)n;
	return serves_orphan(PUPPET_CALL_AND_DIE, 0);
}

bool die_as_a_server(uint32_t n)
{
	if (get_last()) {
		pause_usec(500 * n);
		__asm__ volatile("udf #8");
	}
	return true;
}

/* Reply and wait at once: the next message into memory that is not ours, or by a message that is answered, or for no signal. */
bool next_wrongly(uint32_t n)
{
	bool stale = n == FOREIGN_PLACES;
	uint32_t at = n < FOREIGN_PLACES ? foreign_place(n) : (uint32_t)(uintptr_t)&message;
	const uint32_t soon = (uint32_t)ms_clock() + 1000000;

	if (!get_from_puppet(PUPPET_CALL, stale ? REFUSED : PSA_ERROR_COMMUNICATION_FAILURE, &message))
		return true;
	if (stale)
		psa_reply(message.handle, REFUSED);
	const uint32_t argument[6] = { (uint32_t)message.handle, REFUSED, n > FOREIGN_PLACES ? 0 : BAIT_SIGNAL, at, soon };

	call(MS_SYS_psa_next, argument);
	return true;
}
