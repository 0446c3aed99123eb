/* SPDX-License-Identifier: Apache-2.0 */
/* The device's <semaphore.h>, for tests, as <pthread.h>. */
#ifndef MS_AGREE_SEMAPHORE_H
#define MS_AGREE_SEMAPHORE_H

#pragma redefine_extname sem_close ms_lent_sem_close
#pragma redefine_extname sem_destroy ms_lent_sem_destroy
#pragma redefine_extname sem_getvalue ms_lent_sem_getvalue
#pragma redefine_extname sem_init ms_lent_sem_init
#pragma redefine_extname sem_open ms_lent_sem_open
#pragma redefine_extname sem_post ms_lent_sem_post
#pragma redefine_extname sem_timedwait ms_lent_sem_timedwait
#pragma redefine_extname sem_trywait ms_lent_sem_trywait
#pragma redefine_extname sem_unlink ms_lent_sem_unlink
#pragma redefine_extname sem_wait ms_lent_sem_wait

#include <ms/device_semaphore.h>

#endif
