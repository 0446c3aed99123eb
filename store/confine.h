/* SPDX-License-Identifier: Apache-2.0 */
/* What a server gives up once it runs: files outside of its folder, and starting or watching other programs. */
#ifndef CONFINE_H
#define CONFINE_H

/* Of this and all later threads.  What was given up, for people ("files, programs"); where the kernel knows neither: "nothing". */
const char *confine_to(const char *folder);

#endif
