/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a service that provides something may do (PSA Firmware Framework 1.1, Arm DEN 0063 and AES 0039,
 * "Secure Partition API"), in the IPC model and without MM-IOVEC.
 *
 * Signals are named in the generated psa_manifest/<service>.h.  Only the main thread waits for signals, gets
 * messages and works on them.  A "programmer error" stops the calling service, as in <psa/client.h>;
 * using any of these from another thread is one, but for psa_notify, psa_panic and those of interrupts.
 */
#ifndef PSA_SERVICE_H
#define PSA_SERVICE_H

#include <psa/client.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PSA_FRAMEWORK_HAS_MM_IOVEC (0)

typedef uint32_t psa_signal_t;		/* a set of signals */
typedef uint32_t psa_irq_status_t;	/* was an interrupt enabled? */

#define PSA_POLL (0x00000000u)
#define PSA_BLOCK (0x80000000u)
#define PSA_WAIT_ANY (0xffffffffu)
#define PSA_DOORBELL (0x00000008u)

#define PSA_IPC_CONNECT (-1)		/* a client wants a connection */
#define PSA_IPC_DISCONNECT (-2)		/* a client has closed it, or has died */

/* A message; what a service knows of it. */
typedef struct psa_msg_t {
	int32_t type;			/* PSA_IPC_CONNECT, PSA_IPC_DISCONNECT, or the client's, 0 or greater */
	psa_handle_t handle;		/* of this message, until psa_reply */
	int32_t client_id;		/* service id of the client, > 0 */
	void *rhandle;			/* as psa_set_rhandle has set it for the connection, or NULL */
	size_t in_size[PSA_MAX_IOVEC];	/* bytes of each of the client's vectors */
	size_t out_size[PSA_MAX_IOVEC];
} psa_msg_t;

/*
 * Which of these signals are set; with PSA_BLOCK waits until one is.  Other bits of timeout are ignored.
 * Programmer error: a mask without any signal of the service.
 */
psa_signal_t psa_wait(psa_signal_t signal_mask, uint32_t timeout);

/*
 * Take the message that a signal stands for: of those that wait the one whose client has the highest priority, of
 * equals the first.  PSA_SUCCESS, or PSA_ERROR_DOES_NOT_EXIST when its client has died or given up since
 * the signal was set.  Programmer error: not one signal, not one of an endpoint, one that is not set, or msg
 * not in the caller's own memory.
 */
psa_status_t psa_get(psa_signal_t signal, psa_msg_t *msg);

/* Keep a value with a connection, for all its later messages.  Programmer error: not a message of the caller, or a stateless one. */
void psa_set_rhandle(psa_handle_t msg_handle, void *rhandle);

/*
 * Copy the next bytes of an input; returns how many, which are fewer than num_bytes at its end, and 0 when the client no
 * longer waits.  Programmer error: not a request that the caller holds, invec_idx not below PSA_MAX_IOVEC, or buffer
 * not in the caller's own writable memory.
 */
size_t psa_read(psa_handle_t msg_handle, uint32_t invec_idx, void *buffer, size_t num_bytes);

/* As psa_read, but the bytes go nowhere. */
size_t psa_skip(psa_handle_t msg_handle, uint32_t invec_idx, size_t num_bytes);

/*
 * Append to an output.  Nothing happens when the client no longer waits.  Programmer error: as psa_read, or more
 * bytes than are left of the output.
 */
void psa_write(psa_handle_t msg_handle, uint32_t outvec_idx, const void *buffer, size_t num_bytes);

/*
 * Answer a message; its handle is none from now on.  For PSA_IPC_CONNECT the status is PSA_SUCCESS,
 * PSA_ERROR_CONNECTION_REFUSED or PSA_ERROR_CONNECTION_BUSY, and any other a programmer error; for
 * PSA_IPC_DISCONNECT it does not matter; for a request it is what psa_call returns to the client, but
 * PSA_ERROR_PROGRAMMER_ERROR, which stops the client.  Programmer error: not a message of the caller.
 */
void psa_reply(psa_handle_t msg_handle, psa_status_t status);

/*
 * Set the doorbell of another service, by its id (psa_manifest/pid.h).  Programmer error: no service that the caller
 * may call or that may call the caller.
 */
void psa_notify(int32_t partition_id);

/* Clear the caller's doorbell.  Programmer error: it is not set. */
void psa_clear(void);

/* An interrupt was handled: its signal is cleared and the line opened.  Programmer error: not one interrupt of the caller, or not set. */
void psa_eoi(psa_signal_t irq_signal);

/* Stop this service; its fault record says "abort". */
#ifdef __cplusplus
[[noreturn]]
#else
_Noreturn
#endif
void psa_panic(void);

/* Let an interrupt set its signal, or not.  psa_irq_disable returns 1 if it was enabled, else 0.  Programmer error: not one interrupt of the caller. */
void psa_irq_enable(psa_signal_t irq_signal);
psa_irq_status_t psa_irq_disable(psa_signal_t irq_signal);

/* For interrupts with a first-level handler, which this device does not offer: always a programmer error. */
void psa_reset_signal(psa_signal_t irq_signal);

#ifdef __cplusplus
}
#endif

#endif
