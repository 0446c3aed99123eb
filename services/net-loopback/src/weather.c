/* SPDX-License-Identifier: Apache-2.0 */
#include "weather.h"

#include <errno.h>

#include <ms/abi/network.h>
#include <ms/syscall.h>

#include "waiting.h"

enum { PERMILLE = 1000, SENT_AGAIN_MSEC = 200, SENT_AT_MOST = 8 };
#define NSEC_OF_MSEC UINT64_C(1000000)

static struct ms_network_weather weather;
static uint32_t state;

/* Marsaglia's xorshift of 32 bits. */
static uint32_t draw(uint32_t below)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % below;
}

bool weather_loses(void)
{
	return weather.loss_permille && draw(PERMILLE) < weather.loss_permille;
}

uint64_t weather_arrival(void)
{
	uint32_t msec = weather.delay_msec + (weather.jitter_msec ? draw(weather.jitter_msec + 1) : 0);

	return ms_clock() + msec * NSEC_OF_MSEC;
}

uint64_t weather_arrival_in_the_end(void)
{
	uint64_t at = weather_arrival();

	for (unsigned i = 1; i < SENT_AT_MOST && weather_loses(); i++)
		at += SENT_AGAIN_MSEC * NSEC_OF_MSEC;
	return at;
}

bool weather_has_come(uint64_t arrival)
{
	return arrival <= ms_clock();
}

static psa_status_t set(const psa_msg_t *m)
{
	struct ms_network_weather wanted;

	if (m->type != MS_NETWORK_WEATHER_SET)
		return -EOPNOTSUPP;
	if (m->in_size[0] != sizeof(wanted) || psa_read(m->handle, 0, &wanted, sizeof(wanted)) != sizeof(wanted))
		return -EINVAL;
	if (wanted.loss_permille > PERMILLE || wanted.delay_msec > MS_NETWORK_WEATHER_MSEC_MAX || wanted.jitter_msec > MS_NETWORK_WEATHER_MSEC_MAX)
		return -EINVAL;
	weather = wanted;
	state = wanted.seed ? wanted.seed : 1;
	return 0;
}

void weather_serve(const psa_msg_t *m)
{
	psa_reply(m->handle, set(m));
	waiting_look();
}
