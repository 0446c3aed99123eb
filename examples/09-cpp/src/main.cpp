/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at two sensors that it knows by what they can do, not by what they are. */
#include <SysCall.h>

#include "ring.hpp"
#include "sensor.hpp"
#include "thermostat.h"

namespace {

class Made {
	unsigned count;

public:
	Made() : count(0) { }
	void one() { count++; }
	unsigned all() const { return count; }
};

Made made;

/* A constructor that does something: it runs before main. */
class Probe final {
	Corrected corrected;

public:
	explicit Probe(Sensor &room) : corrected(room, 3) { made.one(); }
	Sensor &sensor() { return corrected; }
};

Room room(180, 5);
Probe probe(room);
Sensor *const sensors[] = { &room, &probe.sensor() };

constexpr int32_t wanted = 210;

}

extern "C" int32_t thermostat_mean(unsigned looks)
{
	Ring<int32_t, 4> last;
	Room own(180, 5);
	Sensor &sensor = own;

	for (unsigned i = 0; i < looks; i++)
		last.put(sensor.tenths());
	return last.count() ? last.sum() / static_cast<int32_t>(last.count()) : 0;
}

extern "C" unsigned thermostat_made(void)
{
	return made.all();
}

int main()
{
	Ring<int32_t, 4> last;

	for (int look = 0; look < 4; look++)
		for (Sensor *sensor : sensors) {
			int32_t tenths = sensor->tenths();

			last.put(tenths);
			LOG_INFO("%s: %d.%d", sensor->name(), static_cast<int>(tenths / 10), static_cast<int>(tenths % 10));
		}
	LOG_INFO("heating is %s", last.sum() / 4 < wanted ? "on" : "off");
	return 0;
}
