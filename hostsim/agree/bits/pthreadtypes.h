/* SPDX-License-Identifier: Apache-2.0 */
/* Where the PC's headers ask for the types of POSIX threads, a test gets the device's: structures that hold one are as in the service. */
#ifndef MS_AGREE_PTHREADTYPES_H
#define MS_AGREE_PTHREADTYPES_H

#define __have_pthread_attr_t 1

#include <sys/_pthreadtypes.h>

#endif
