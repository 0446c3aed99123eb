/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A simulated device, for tests of services on the PC.
 *
 * A test is host code: glibc, cmocka, sanitizers, any debugger.  A service is
 * device code: compiled against the SDK alone, with its own memory, run by the
 * same runtime as on a board.  The test holds the device from outside: it
 * starts services, lets virtual time pass, and looks at what came of it.
 *
 *	static void greets(void **state)
 *	{
 *		struct sim *sim = *state;
 *
 *		sim_run(sim, "hello", 1000);
 *		assert_log(sim, "hello", "Hello, world");
 *		assert_int_equal(sim_exit_status(sim, "hello"), 0);
 *	}
 *
 *	int main(void)
 *	{
 *		const struct CMUnitTest tests[] = {
 *			cmocka_unit_test_setup_teardown(greets, sim_setup, sim_teardown),
 *		};
 *
 *		return cmocka_run_group_tests(tests, NULL, NULL);
 *	}
 *
 * A test may also call functions of the service it is linked with and read and
 * write its variables, with no service running: then constructors have run
 * but not main, and what is printed goes to the log as well.
 *
 * Time is virtual.  It stands still while code runs, but for one microsecond
 * for each system call and a millisecond for 10,000 basic blocks without one,
 * and jumps to the next thing to happen when all wait:
 * a day of sleep takes no time.  Everything is repeatable to the byte.
 *
 * All functions here are for the test's own thread, outside of services.  A
 * misuse (a service that is not linked in, a second device) fails the test
 * that is running and says why.
 */
#ifndef MS_SIM_H
#define MS_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One device.  There is at most one at a time. */
struct sim;

/*
 * Switch a fresh device on: memory of all services as linked, clock at 0,
 * log empty, nothing started.  Give it back with sim_close.
 */
struct sim *sim_open(void);

/* Switch it off.  What the test had from it (texts, faults) is gone.  NULL is fine. */
void sim_close(struct sim *s);

/* The two as cmocka fixtures: *state is the struct sim *. */
int sim_setup(void **state);
int sim_teardown(void **state);

/*
 * Start a service's main on the device at the present time.  It runs from the
 * next sim_run on.  One that was started already goes on as it is.
 */
void sim_start(struct sim *s, const char *service);

/*
 * Run the device until its clock reads `until_msec` (milliseconds since it was
 * switched on; SIM_FOREVER: no limit), or until nothing can happen any more.
 * `service` is started first if it was not yet; NULL starts none.
 * Returns true while some service is alive: running, waiting or about to be
 * restarted.
 */
bool sim_run(struct sim *s, const char *service, uint64_t until_msec);
#define SIM_FOREVER UINT64_MAX

/* Nanoseconds of virtual time since the device was switched on. */
uint64_t sim_clock(const struct sim *s);

/* What `random` gives from now on: the same seed, the same bytes.  It is 1 at first. */
void sim_seed(struct sim *s, uint64_t seed);

/* How a service fares. */
enum sim_state {
	SIM_NEVER_STARTED,
	SIM_ALIVE,		/* running or waiting */
	SIM_RESTARTING,		/* failed; runs again after its back-off */
	SIM_ENDED,		/* for good, with exit status 0 */
	SIM_QUARANTINED,	/* failed too often */
};
enum sim_state sim_state(const struct sim *s, const char *service);

/* How often it was started; restarts count. */
uint32_t sim_run_count(const struct sim *s, const char *service);

/* The status of its last exit; -1 if it has never exited. */
int sim_exit_status(const struct sim *s, const char *service);

/*
 * What stopped it last, or NULL if it never did anything that must be stopped.
 * Function and file are NULL, and line is 0, where they are not known.  The
 * device's until the service faults again or sim_close.
 */
struct sim_fault {
	const char *cause;		/* "write to memory that is not its own" */
	bool has_address;
	uint64_t address;		/* that it touched */
	const char *function, *file;	/* where */
	int line;
	uint64_t nsec;			/* when */
};
const struct sim_fault *sim_fault(const struct sim *s, const char *service);

/*
 * Standing in: a test takes the part of a service that is in the program, so that
 * the other side can be tested alone.  A stand-in runs in the service's place, with its
 * memory, its manifest and its rights; its main never runs.  Stand in before the service is started.
 *
 * As a server: `answer` is called for each message to any of the service's
 * interfaces, PSA_IPC_CONNECT (-1) and PSA_IPC_DISCONNECT (-2) among them, when
 * the device runs (sim_run), and says what psa_reply is told.
 */
struct sim_message {
	uint32_t sid;			/* of the interface */
	int32_t type, client_id;
	void *rhandle;			/* of the connection; what is left here is kept with it */
	const void *in[4];		/* what was sent: valid during the call */
	size_t in_size[4];
	void *out[4];			/* where to write the answer, */
	size_t out_room[4];		/* how much of it the client can take, at most 4096 bytes in all, */
	size_t out_size[4];		/* and how much there is: 0 at first */
};
typedef int32_t sim_server(struct sim_message *m, void *context);

/* NULL: connections are accepted, requests answered by PSA_ERROR_NOT_SUPPORTED. */
void sim_serve(struct sim *s, const char *service, sim_server *answer, void *context);

/*
 * As a client: what psa_connect, psa_call and psa_close of the service would
 * give.  The device runs until the answer is there: the server must have been started, or
 * is stood in for.  PSA_ERROR_PROGRAMMER_ERROR (-129) when the client is stopped for it.
 * `in` and `out_size` may be NULL: no such vector.  *out_size is the room of `out`, at most
 * 4096 bytes, and then what was written.
 */
int32_t sim_connect(struct sim *s, const char *service, uint32_t sid, uint32_t version);
int32_t sim_call(struct sim *s, const char *service, int32_t handle, int32_t type, const void *in, size_t in_size,
		 void *out, size_t *out_size);

/* The same with up to four vectors in all; the sizes of `out` are its room, then what was written.  At most 4096 bytes each way. */
struct sim_vector { void *at; size_t size; };
int32_t sim_call_vectors(struct sim *s, const char *service, int32_t handle, int32_t type, const struct sim_vector *in, size_t in_count,
			 struct sim_vector *out, size_t out_count);
void sim_disconnect(struct sim *s, const char *service, int32_t handle);

/*
 * Devices.  The simulated device has each one that a service in the program requests, by its name, with a page of registers and as many
 * interrupt lines as the service takes; it is the first service's that asks.  At first its registers keep what is written and do nothing.
 *
 * A model makes it behave: `read` and `write` are called for each ms_read32 and ms_write32 of a service (<ms/device.h>),
 * `offset` in bytes from the device's first register; a NULL one goes to the registers as they are.  They may call
 * sim_device_line and look at the clock; nothing that runs the device.  A test may call a service's functions on the device, too.
 */
typedef uint32_t sim_device_read(void *context, uint32_t offset);
typedef void sim_device_write(void *context, uint32_t offset, uint32_t value);
void sim_device(struct sim *s, const char *device, sim_device_read *read, sim_device_write *write, void *context);

/* The registers as they are, without the model: the test's to read and write.  The device's until sim_close. */
volatile uint32_t *sim_device_registers(struct sim *s, const char *device);

/*
 * What an interrupt line of the device says from now on.  Lines are levels, as on the processor: one that is up interrupts again after psa_eoi; one
 * that went up and down again while it was masked is dropped by psa_eoi.
 */
void sim_device_line(struct sim *s, const char *device, uint32_t line, bool up);

/* It does not become ready: the first ms_device_map gives -MS_EIO. */
void sim_device_break(struct sim *s, const char *device);

/*
 * Flash, as behind the controller of a Nordic nRF51, which has two devices: `memory`, which is read as memory and programmed by
 * ms_write32, a word at a time, and `controller` with its registers READY (0x400), CONFIG (0x504: 0 read, 1 program, 2
 * erase) and ERASEPAGE (0x508: an address in the memory).  It has 4096 bytes in pages of `page_size` (a power of two) and is erased (0xff) at first.
 * Programming clears bits and never sets any: a test in which a service tries to fails, and so does one in which CONFIG is not as the operation needs.
 * There is one flash at most.  The names are the caller's, and both devices are requested by some service of the program.
 */
void sim_flash(struct sim *s, const char *controller, const char *memory, uint32_t page_size);

/* What it holds: the test's to read and write, until sim_close or sim_reset. */
uint8_t *sim_flash_content(struct sim *s);

/* How often this page was erased, from 0: since sim_flash. */
uint32_t sim_flash_erases(struct sim *s, uint32_t page);

/* Let it hold what a file of 4096 bytes has, or write such a file. */
void sim_flash_load(struct sim *s, const char *path);
void sim_flash_save(struct sim *s, const char *path);

/*
 * Power off and on again: all is as after sim_open, with the clock at 0, nothing started, and the log empty; but the flash, and how worn
 * it is, stay.  Models of other devices are gone.
 */
void sim_reset(struct sim *s);

/*
 * What must hold after a power cut, at whatever moment from now on: `check` finds the device as after sim_reset, runs what it
 * wants to run, and asserts.  It may read what the test has noted before the cut.  It is called under `ms test --power-cuts` only: for each operation of the
 * flash as the power fails before, in the middle of, and right after it; several times in a process, so it leaves the test's variables as they are.
 */
void sim_power_cuts(struct sim *s, void (*check)(struct sim *s, void *context), void *context);

/*
 * The log.  A line counts once it is complete (a newline, or fflush).  Texts
 * are without time, name and severity; `service` NULL means all lines as the
 * console shows them, with those of the runtime.
 */

/* Does some line contain this text? */
bool sim_log_has(const struct sim *s, const char *service, const char *text);

/* How many lines there are. */
size_t sim_log_count(const struct sim *s, const char *service);

/* Line i from 0, or NULL past the last.  The device's until sim_close. */
const char *sim_log_line(const struct sim *s, const char *service, size_t i);

/* Print the console so far to standard output, and where in its source each service faulted last. */
void sim_log_print(const struct sim *s);

/* Fail the running cmocka test unless some line of the service's log contains the text; prints the log then. */
#define assert_log(s, service, text) sim_assert_log((s), (service), (text), true, __FILE__, __LINE__)

/* Likewise unless no line contains it. */
#define assert_no_log(s, service, text) sim_assert_log((s), (service), (text), false, __FILE__, __LINE__)

void sim_assert_log(const struct sim *s, const char *service, const char *text, bool wanted, const char *file, int line);

/*
 * Fail the running cmocka test unless the service has ended with status 0; says then how it fares and,
 * of each thread that waits for another, where. That is what a deadlock and a lost wake-up look like.
 */
#define assert_ended(s, service) sim_assert_ended((s), (service), __FILE__, __LINE__)

void sim_assert_ended(const struct sim *s, const char *service, const char *file, int line);

#ifdef __cplusplus
}
#endif

#endif
