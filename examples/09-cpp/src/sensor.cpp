/* SPDX-License-Identifier: Apache-2.0 */
#include "sensor.hpp"

int32_t Room::tenths()
{
	now += step;
	return now;
}
