/* SPDX-License-Identifier: Apache-2.0 */
/* What vault and puppet can be asked for: types of psa_call. Both go on whatever their clients do; no client is believed. */
#ifndef ASKED_H
#define ASKED_H

/* The vault: sums up what it reads of input 0, after a pause or at once, and writes ANSWER into output 0 as far as that has room. */
enum {
	VAULT_SUM = 1,
	VAULT_SUM_SLOWLY,
	VAULT_LEND,			/* its block, for reading, to the attacker; says what came of it */
	VAULT_TAKE_BACK,
	VAULT_SUM_WHAT_IT_TOOK_BACK,	/* takes its block back before it reads */
	VAULT_WHERE_SLATE,		/* the addresses of the two blocks that it has open */
	VAULT_WHERE_HOARD,
};

enum { VAULT_PAUSE_NSEC = 2000000 };
enum { VAULT_RETURN = 0x4770 };		/* bx lr, the last thing in its slate: whose other bytes are 1 */
#define VAULT_ANSWER "answered"		/* 8 bytes; never a 0 behind them */

/* Where there is an FPU: what the neighbour keeps in s0 and, counted on, in the others; what all that compute keep in FPSCR: flags, rounding and modes. */
#define FPU_SECRET UINT32_C(0xb0bb0000)
#define FPU_CONTROL UINT32_C(0xf7c0009f)

/* The puppet: does what the attacker wants it to do to its clients, and to the attacker. */
enum {
	PUPPET_HOLD = 1,		/* serves nobody until its bell rings; then writes ANSWER into output 0, and replies PUPPET_LET_GO */
	PUPPET_DIE,
	PUPPET_DIE_LATER,		/* replies first */
	PUPPET_CALL,			/* replies, then calls the attacker with vectors; input 0: int32_t, what must come of it */
	PUPPET_CALL_WITH_NOTHING,	/* without vectors */
	PUPPET_CALL_AND_DIE,		/* ends while a thread of it calls */
	PUPPET_USE,			/* input 0: a connection's number, by which it calls */
	PUPPET_KEEP,			/* input 0: a number, */
	PUPPET_GIVE,			/* which it returns */
};

enum { PUPPET_LET_GO = 77, PUPPET_PATIENCE_NSEC = 20000000 };

/* What the puppet's calls carry: two inputs full of these, and room for so many bytes. */
enum { BAIT_FIRST = 40, BAIT_SECOND = 300, BAIT_ROOM = 64, BAIT_BYTE = 0xb5 };

#endif
