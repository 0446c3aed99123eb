/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Coverage: gcov's counters of a service (section ms_counters) lie outside of its
 * memory, which a start of the service makes anew.
 */
#ifndef COUNTERS_H
#define COUNTERS_H

/* From now on all processes that this one starts count into the same memory: a test that crashes has counted, too. */
void counters_share(void);

/* In such a process: only the first one writes files when it ends. */
void counters_leave(void);

#endif
