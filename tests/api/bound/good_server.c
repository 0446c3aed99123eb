/* Made by ms from good.h: messages to good, for who provides it: each is checked and is a call of its function. */
#include "good_server.h"

#include <string.h>

#include <ms/dispatch.h>

#include "good_messages.h"

/* Data of the message that is worked on. */
static union {
	struct {
		int32_t numbers[256];
	} good_sum;
	struct {
		char text[256 + 1];
		uint8_t data[256];
	} good_name;
	struct {
		uint8_t data[64];
	} good_hash;
	struct {
		char text[256];
	} good_text;
	struct {
		_Alignas(8) uint8_t buffer[256];
	} good_rd;
	struct {
		uint16_t samples[255];
	} good_u16;
} room;

static psa_status_t serve_good_add(const psa_msg_t *m)
{
	struct good_add_in in;

	if (!ms_read_item(m, 0, &in, sizeof(in)) ||
	    m->out_size[0] != sizeof(int32_t))
		return PSA_ERROR_INVALID_ARGUMENT;

	int32_t result = good_add(in.a, in.b);

	psa_write(m->handle, 0, &result, sizeof(result));
	return PSA_SUCCESS;
}

static psa_status_t serve_good_nothing(const psa_msg_t *m)
{
	(void)m;

	return good_nothing();
}

static psa_status_t serve_good_void(const psa_msg_t *m)
{
	(void)m;

	good_void();
	return PSA_SUCCESS;
}

static psa_status_t serve_good_flag(const psa_msg_t *m)
{
	struct good_flag_in in;

	if (!ms_read_item(m, 0, &in, sizeof(in)) ||
	    in.mode > 1 ||
	    in.flag > 1 ||
	    m->out_size[0] != sizeof(uint8_t))
		return PSA_ERROR_INVALID_ARGUMENT;

	uint8_t result = good_flag(in.flag, (enum mode)in.mode);

	psa_write(m->handle, 0, &result, sizeof(result));
	return PSA_SUCCESS;
}

static psa_status_t serve_good_neg(const psa_msg_t *m)
{
	int32_t in;

	if (!ms_read_item(m, 0, &in, sizeof(in)) ||
	    in < -1 ||
	    in > 1 ||
	    m->out_size[0] != sizeof(int32_t))
		return PSA_ERROR_INVALID_ARGUMENT;

	int32_t result = (int32_t)good_neg((enum neg)in);

	psa_write(m->handle, 0, &result, sizeof(result));
	return PSA_SUCCESS;
}

static psa_status_t serve_good_size(const psa_msg_t *m)
{
	uint32_t in;

	if (!ms_read_item(m, 0, &in, sizeof(in)) ||
	    m->out_size[0] != sizeof(uint32_t))
		return PSA_ERROR_INVALID_ARGUMENT;

	uint32_t result = (uint32_t)good_size(in);

	psa_write(m->handle, 0, &result, sizeof(result));
	return PSA_SUCCESS;
}

static psa_status_t serve_good_sum(const psa_msg_t *m)
{
	int32_t sum = 0;

	if (!ms_read_data(m, 0, room.good_sum.numbers, sizeof(room.good_sum.numbers), sizeof(room.good_sum.numbers[0])) ||
	    m->out_size[0] != sizeof(sum))
		return PSA_ERROR_INVALID_ARGUMENT;
	size_t numbers_count = m->in_size[0] / sizeof(room.good_sum.numbers[0]);

	psa_status_t status = good_sum(room.good_sum.numbers, numbers_count, &sum);

	if (status >= 0)
		psa_write(m->handle, 0, &sum, sizeof(sum));
	return status;
}

static psa_status_t serve_good_move(const psa_msg_t *m)
{
	struct good_move_in in;
	struct good_move_out out = { 0 };
	enum mode old = 0;
	bool moved = false;

	if (!ms_read_item(m, 0, &in, sizeof(in)) ||
	    in.mode > 1 ||
	    m->out_size[0] != sizeof(out))
		return PSA_ERROR_INVALID_ARGUMENT;

	psa_status_t status = good_move(&in.from, (enum mode)in.mode, &out.to, &moved, &old);

	if (status >= 0) {
		out.old = (uint32_t)old;
		out.moved = (uint8_t)moved;
		psa_write(m->handle, 0, &out, sizeof(out));
	}
	return status;
}

static psa_status_t serve_good_name(const psa_msg_t *m)
{
	if (!ms_read_text(m, 0, room.good_name.text, sizeof(room.good_name.text)))
		return PSA_ERROR_INVALID_ARGUMENT;
	size_t data_size = ms_smaller(m->out_size[0], sizeof(room.good_name.data));
	size_t data_length = 0;

	psa_status_t status = good_name(room.good_name.text, room.good_name.data, data_size, &data_length);

	if (status >= 0)
		psa_write(m->handle, 0, room.good_name.data, ms_smaller(data_length, data_size));
	return status;
}

static psa_status_t serve_good_hash(const psa_msg_t *m)
{
	uint8_t digest[32] = { 0 };

	if (!ms_read_data(m, 0, room.good_hash.data, sizeof(room.good_hash.data), 1) ||
	    m->out_size[0] != sizeof(digest))
		return PSA_ERROR_INVALID_ARGUMENT;
	size_t data_size = m->in_size[0];

	psa_status_t status = good_hash(room.good_hash.data, data_size, digest);

	if (status >= 0)
		psa_write(m->handle, 0, digest, sizeof(digest));
	return status;
}

static psa_status_t serve_good_keys(const psa_msg_t *m)
{
	struct good_keys_in in;
	uint8_t other[4] = { 0 };

	if (!ms_read_item(m, 0, &in, sizeof(in)) ||
	    m->out_size[0] != sizeof(other))
		return PSA_ERROR_INVALID_ARGUMENT;

	psa_status_t status = good_keys(in.key, in.id, other);

	if (status >= 0)
		psa_write(m->handle, 0, other, sizeof(other));
	return status;
}

static psa_status_t serve_good_mid(const psa_msg_t *m)
{
	struct good_mid_in in;

	if (!ms_read_item(m, 0, &in, sizeof(in)) ||
	    m->out_size[0] != sizeof(struct point))
		return PSA_ERROR_INVALID_ARGUMENT;

	struct point result = good_mid(in.a, in.b);

	psa_write(m->handle, 0, &result, sizeof(result));
	return PSA_SUCCESS;
}

static psa_status_t serve_good_in(const psa_msg_t *m)
{
	struct good_in_in in;
	int m_ = 0;

	if (!ms_read_item(m, 0, &in, sizeof(in)) ||
	    m->out_size[0] != sizeof(m_))
		return PSA_ERROR_INVALID_ARGUMENT;

	psa_status_t status = good_in(in.in_, in.out_, &m_, in.s, in.d, in.f, in.u);

	if (status >= 0)
		psa_write(m->handle, 0, &m_, sizeof(m_));
	return status;
}

static psa_status_t serve_good_text(const psa_msg_t *m)
{
	if (m->out_size[0] > sizeof(room.good_text.text))
		return PSA_ERROR_INVALID_ARGUMENT;
	size_t text_size = m->out_size[0];

	memset(room.good_text.text, 0, m->out_size[0]);

	psa_status_t status = good_text(room.good_text.text, text_size);

	if (status >= 0)
		psa_write(m->handle, 0, room.good_text.text, ms_smaller(strnlen(room.good_text.text, text_size) + 1, text_size));
	return status;
}

static psa_status_t serve_good_rd(const psa_msg_t *m)
{
	size_t buffer_size = ms_smaller(m->out_size[0], sizeof(room.good_rd.buffer));

	psa_status_t status = good_rd(room.good_rd.buffer, &buffer_size);

	if (status >= 0)
		psa_write(m->handle, 0, room.good_rd.buffer, ms_smaller(buffer_size, ms_smaller(m->out_size[0], sizeof(room.good_rd.buffer))));
	return status;
}

static psa_status_t serve_good_inout(const psa_msg_t *m)
{
	struct point p;

	if (!ms_read_item(m, 0, &p, sizeof(p)) ||
	    m->out_size[0] != sizeof(p))
		return PSA_ERROR_INVALID_ARGUMENT;

	psa_status_t status = good_inout(&p);

	if (status >= 0)
		psa_write(m->handle, 0, &p, sizeof(p));
	return status;
}

static psa_status_t serve_good_inout2(const psa_msg_t *m)
{
	struct good_inout2_in in;
	struct good_inout2_out out = { 0 };
	enum mode m_ = 0;

	if (!ms_read_item(m, 0, &in, sizeof(in)) ||
	    in.m_ > 1 ||
	    m->out_size[0] != sizeof(out))
		return PSA_ERROR_INVALID_ARGUMENT;

	out.p = in.p;
	m_ = (enum mode)in.m_;
	memcpy(out.k, in.k, sizeof(out.k));
	psa_status_t status = good_inout2(&out.p, &m_, out.k);

	if (status >= 0) {
		out.m_ = (uint32_t)m_;
		psa_write(m->handle, 0, &out, sizeof(out));
	}
	return status;
}

static psa_status_t serve_good_u16(const psa_msg_t *m)
{
	if (m->out_size[0] % sizeof(room.good_u16.samples[0]))
		return PSA_ERROR_INVALID_ARGUMENT;
	uint8_t samples_count = ms_smaller(m->out_size[0], sizeof(room.good_u16.samples)) / sizeof(room.good_u16.samples[0]);
	uint8_t samples_used = 0;

	psa_status_t status = good_u16(room.good_u16.samples, samples_count, &samples_used);

	if (status >= 0)
		psa_write(m->handle, 0, room.good_u16.samples, ms_smaller(samples_used, samples_count) * sizeof(room.good_u16.samples[0]));
	return status;
}

static psa_status_t serve_good_unnamed(const psa_msg_t *m)
{
	struct good_unnamed_in in;

	if (!ms_read_item(m, 0, &in, sizeof(in)))
		return PSA_ERROR_INVALID_ARGUMENT;

	return good_unnamed(in.arg1, in.arg2);
}

psa_status_t good_dispatch(const psa_msg_t *m)
{
	switch (m->type) {
	case GOOD_MSG_ADD:
		return serve_good_add(m);
	case GOOD_MSG_NOTHING:
		return serve_good_nothing(m);
	case GOOD_MSG_VOID:
		return serve_good_void(m);
	case GOOD_MSG_FLAG:
		return serve_good_flag(m);
	case GOOD_MSG_NEG:
		return serve_good_neg(m);
	case GOOD_MSG_SIZE:
		return serve_good_size(m);
	case GOOD_MSG_SUM:
		return serve_good_sum(m);
	case GOOD_MSG_MOVE:
		return serve_good_move(m);
	case GOOD_MSG_NAME:
		return serve_good_name(m);
	case GOOD_MSG_HASH:
		return serve_good_hash(m);
	case GOOD_MSG_KEYS:
		return serve_good_keys(m);
	case GOOD_MSG_MID:
		return serve_good_mid(m);
	case GOOD_MSG_IN:
		return serve_good_in(m);
	case GOOD_MSG_TEXT:
		return serve_good_text(m);
	case GOOD_MSG_RD:
		return serve_good_rd(m);
	case GOOD_MSG_INOUT:
		return serve_good_inout(m);
	case GOOD_MSG_INOUT2:
		return serve_good_inout2(m);
	case GOOD_MSG_U16:
		return serve_good_u16(m);
	case GOOD_MSG_UNNAMED:
		return serve_good_unnamed(m);
	default:
		return PSA_ERROR_NOT_SUPPORTED;
	}
}

void good_serve(psa_signal_t signal)
{
	psa_msg_t m;

	if (psa_get(signal, &m) == PSA_SUCCESS)
		psa_reply(m.handle, good_dispatch(&m));
}
