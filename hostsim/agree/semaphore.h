/* SPDX-License-Identifier: Apache-2.0 */
/* The device's <semaphore.h>, for tests, as <pthread.h>. */
#ifndef MS_AGREE_SEMAPHORE_H
#define MS_AGREE_SEMAPHORE_H

#pragma redefine_extname sem_close ms_device_sem_close
#pragma redefine_extname sem_destroy ms_device_sem_destroy
#pragma redefine_extname sem_getvalue ms_device_sem_getvalue
#pragma redefine_extname sem_init ms_device_sem_init
#pragma redefine_extname sem_open ms_device_sem_open
#pragma redefine_extname sem_post ms_device_sem_post
#pragma redefine_extname sem_timedwait ms_device_sem_timedwait
#pragma redefine_extname sem_trywait ms_device_sem_trywait
#pragma redefine_extname sem_unlink ms_device_sem_unlink
#pragma redefine_extname sem_wait ms_device_sem_wait

#include <ms/device_semaphore.h>

#endif
