/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MOCK_H
#define MOCK_H

/* Fail the test if something was put there for a mock that did not ask. */
void mock_end(void);

#endif
