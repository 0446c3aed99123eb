/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The types of POSIX threads, for <sys/types.h>, <pthread.h> and <semaphore.h>.  What is in them is the library's own:
 * a program only copies pthread_t and attributes, and names the rest by address.  An object of zeros is an
 * initialised one with default attributes.
 */
#ifndef MS_SYS_PTHREADTYPES_H
#define MS_SYS_PTHREADTYPES_H

#include <stddef.h>
#include <stdint.h>

typedef unsigned long pthread_t;	/* never 0; that of a thread that ended is not given again for long */
typedef unsigned pthread_key_t;

typedef struct {
	void *__stack;			/* NULL: the library takes it from the heap */
	size_t __stack_size, __guard_size;
	int __priority;
	uint8_t __policy, __inherit, __detach, __live;
} pthread_attr_t;

typedef struct {
	uint32_t __word;		/* its owner's tag, and whether somebody waits */
	uint8_t __type, __protocol, __ceiling, __state;
	uint32_t __depth;		/* of a recursive one: how often it was locked again */
	void *__queue, *__held;
} pthread_mutex_t;

typedef struct {
	uint8_t __type, __protocol, __ceiling, __live;
} pthread_mutexattr_t;

typedef struct {
	void *__queue, *__mutex;
	uint8_t __clock, __state;
} pthread_cond_t;

typedef struct {
	uint8_t __clock, __live;
} pthread_condattr_t;

typedef struct {
	void *__queue;
	uint32_t __state;
} pthread_once_t;

typedef struct {
	uint32_t __readers, __writer;	/* how many have it; the tag of the one that writes */
	uint32_t __state;
	void *__read_queue, *__write_queue;
} pthread_rwlock_t;

typedef struct { uint8_t __live; } pthread_rwlockattr_t;

typedef struct {
	uint32_t __count, __state, __here, __round;
	void *__queue;
} pthread_barrier_t;

typedef struct { uint8_t __live; } pthread_barrierattr_t;

typedef struct { uint32_t __word, __live; } pthread_spinlock_t;

#endif
