/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Interfaces as C headers (docs/interfaces.md): marks that a header may put behind the name of a parameter where its name alone
 * does not say enough, and what generated servers check messages with.
 *
 *	psa_status_t store_put(const uint8_t *bytes MS_MAX(64), size_t bytes_size);
 *	psa_status_t mixer_mix(const int16_t *samples MS_COUNT(n_samples), size_t n_samples, struct state *state MS_INOUT);
 *
 * A compiler does not see them: they are for `ms api` and `ms build`.
 */
#ifndef MS_INTERFACE_H
#define MS_INTERFACE_H

#ifdef MS_API_READS
#define MS_MAX(elements) __attribute__((annotate(MS_WORDS(ms max elements))))
#define MS_COUNT(parameter) __attribute__((annotate(MS_WORDS(ms count parameter))))
#define MS_INOUT __attribute__((annotate("ms inout")))
#define MS_WORDS(words) #words
#else
#define MS_MAX(elements)	/* at most so many are sent or written: a number or the name of an enum constant; 256 without it */
#define MS_COUNT(parameter)	/* that parameter says how many elements there are */
#define MS_INOUT		/* what the pointer leads to is read, then written */
#endif

#endif
