/* SPDX-License-Identifier: Apache-2.0 */
/* A driver with plain pointers in the host simulation: registers keep what is written, and are out of reach once they are closed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ms/sim.h>

enum { DATA, STATE, CTRL, INTCLEAR, BAUDDIV, TRANSMIT = 1 };

static void registers_keep_what_is_written_until_they_are_closed(void **state)
{
	struct sim *sim = *state;
	volatile uint32_t *uart = sim_device_registers(sim, "uart1");

	sim_run(sim, "crasher", 1);
	assert_log(sim, "crasher", "signals at start 0x0");
	assert_int_equal(uart[BAUDDIV], 217);
	assert_int_equal(uart[CTRL], 5);
	assert_int_equal(uart[DATA], 'x');
	assert_null(sim_fault(sim, "crasher"));

	sim_device_line(sim, "uart1", TRANSMIT, true);
	sim_run(sim, NULL, 2);
	assert_log(sim, "crasher", "signal 0x20");
	assert_string_equal(sim_fault(sim, "crasher")->cause, "write to memory that is not its own");
	assert_int_equal(sim_fault(sim, "crasher")->address, (uintptr_t)&uart[DATA]);
	assert_int_equal(uart[DATA], 'x');
}

/* The line is still up: it was masked by the end of the service, and interrupts are disabled at the next start. */
static void a_crash_leaves_no_interrupt_behind(void **state)
{
	struct sim *sim = *state;

	sim_device_line(sim, "uart1", TRANSMIT, true);
	sim_run(sim, "crasher", SIM_FOREVER);
	assert_int_equal(sim_state(sim, "crasher"), SIM_QUARANTINED);
	assert_no_log(sim, "crasher", "signals at start 0x2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(registers_keep_what_is_written_until_they_are_closed, sim_setup, sim_teardown),
		cmocka_unit_test_setup_teardown(a_crash_leaves_no_interrupt_behind, sim_setup, sim_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
