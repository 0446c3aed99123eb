/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every fuzz program has: libFuzzer calls fuzz_one with bytes it made up.
 * Beside what the sanitizers see, each program says with `must` what has to
 * hold of whatever was accepted.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdlib.h>

#include <ms/abi/abi.h>

#include "bytes.h"
#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void must(bool what)
{
	if (!what)
		abort();
}

#define FUZZ(in)						\
	static void fuzz_one(struct bytes in);			\
	int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)	\
	{							\
		fuzz_one((struct bytes){ data, size });		\
		return 0;					\
	}							\
	static void fuzz_one(struct bytes in)

#endif
