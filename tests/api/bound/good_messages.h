/* Made by ms from good.h: messages of the interface good, the same on every target. */
#ifndef GOOD_MESSAGES_H
#define GOOD_MESSAGES_H

#include <stdbool.h>
#include <stdint.h>

#include "good.h"

enum {
	GOOD_MSG_ADD = 1,
	GOOD_MSG_NOTHING = 2,
	GOOD_MSG_VOID = 3,
	GOOD_MSG_FLAG = 4,
	GOOD_MSG_NEG = 5,
	GOOD_MSG_SIZE = 6,
	GOOD_MSG_SUM = 7,
	GOOD_MSG_MOVE = 8,
	GOOD_MSG_NAME = 9,
	GOOD_MSG_HASH = 10,
	GOOD_MSG_KEYS = 11,
	GOOD_MSG_MID = 12,
	GOOD_MSG_IN = 13,
	GOOD_MSG_TEXT = 14,
	GOOD_MSG_RD = 15,
	GOOD_MSG_INOUT = 16,
	GOOD_MSG_INOUT2 = 17,
	GOOD_MSG_U16 = 18,
	GOOD_MSG_UNNAMED = 19,
};

struct good_add_in {
	int32_t a;
	int32_t b;
};
_Static_assert(sizeof(struct good_add_in) == 8, "the same on every target");

struct good_flag_in {
	uint32_t mode;
	uint8_t flag;
	uint8_t reserved_[3];
};
_Static_assert(sizeof(struct good_flag_in) == 8, "the same on every target");

struct good_move_in {
	struct point from;
	uint32_t mode;
};
_Static_assert(sizeof(struct good_move_in) == 12, "the same on every target");

struct good_move_out {
	struct point to;
	uint32_t old;
	uint8_t moved;
	uint8_t reserved_[3];
};
_Static_assert(sizeof(struct good_move_out) == 16, "the same on every target");

struct good_keys_in {
	uint32_t id;
	uint8_t key[16];
};
_Static_assert(sizeof(struct good_keys_in) == 20, "the same on every target");

struct good_mid_in {
	struct point a;
	struct point b;
};
_Static_assert(sizeof(struct good_mid_in) == 16, "the same on every target");

struct good_in_in {
	double d;
	int32_t in_;
	int32_t out_;
	float f;
	uint16_t s;
	uint8_t u;
	uint8_t reserved_[1];
};
_Static_assert(sizeof(struct good_in_in) == 24, "the same on every target");

struct good_inout2_in {
	struct point p;
	uint32_t m_;
	uint8_t k[3];
	uint8_t reserved_[1];
};
_Static_assert(sizeof(struct good_inout2_in) == 16, "the same on every target");

struct good_inout2_out {
	struct point p;
	uint32_t m_;
	uint8_t k[3];
	uint8_t reserved_[1];
};
_Static_assert(sizeof(struct good_inout2_out) == 16, "the same on every target");

struct good_unnamed_in {
	int32_t arg1;
	char arg2;
	uint8_t reserved_[3];
};
_Static_assert(sizeof(struct good_unnamed_in) == 8, "the same on every target");

#endif
