/* SPDX-License-Identifier: Apache-2.0 */
/* The last values of anything: a template, whose room is part of the object. */
#ifndef RING_HPP
#define RING_HPP

#include <stddef.h>

template <typename T, size_t Room> class Ring {
	T items[Room] = {};
	size_t written = 0;

public:
	void put(T item)
	{
		items[written++ % Room] = item;
	}

	size_t count() const
	{
		return written < Room ? written : Room;
	}

	T sum() const
	{
		T all = 0;

		for (size_t i = 0; i < count(); i++)
			all += items[i];
		return all;
	}
};

#endif
