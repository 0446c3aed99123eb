/* SPDX-License-Identifier: Apache-2.0 */
/* "0.1.0": the version of ms, and of the SDK that belongs to it; VERSION at the root is where it stands. */
#ifndef VERSION_H
#define VERSION_H

extern const char ms_version[];

#endif
