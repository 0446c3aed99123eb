/* SPDX-License-Identifier: Apache-2.0 */
/* What measures a temperature, in tenths of a degree: each in its own way. */
#ifndef SENSOR_HPP
#define SENSOR_HPP

#include <stdint.h>

class Sensor {
public:
	virtual int32_t tenths() = 0;
	virtual const char *name() const = 0;

protected:
	~Sensor() = default;	/* none is ever deleted through this */
};

/* A room that warms up by so much at each look. */
class Room final : public Sensor {
	int32_t now, step;

public:
	Room(int32_t begin, int32_t step) : now(begin), step(step) { }
	int32_t tenths() override;
	const char *name() const override { return "room"; }
};

/* A sensor that is read through another, with an error to be taken off. */
class Corrected final : public Sensor {
	Sensor &inner;
	int32_t error;

public:
	Corrected(Sensor &inner, int32_t error) : inner(inner), error(error) { }
	int32_t tenths() override { return inner.tenths() - error; }
	const char *name() const override { return "corrected"; }
};

#endif
