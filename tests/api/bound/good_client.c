/* Made by ms from good.h: its functions, for a client: each is a message to who provides good. */
#include "good_messages.h"

#include <string.h>

#include <psa/service.h>

#include "psa_manifest/sid.h"

int32_t good_add(int32_t a, int32_t b)
{
	const struct good_add_in in = { .a = a, .b = b };
	int32_t result = 0;

	if (psa_call(GOOD_HANDLE, GOOD_MSG_ADD, &(psa_invec){ &in, sizeof(in) }, 1, &(psa_outvec){ &result, sizeof(result) }, 1) != PSA_SUCCESS)
		psa_panic();
	return result;
}

psa_status_t good_nothing(void)
{
	return psa_call(GOOD_HANDLE, GOOD_MSG_NOTHING, NULL, 0, NULL, 0);
}

void good_void(void)
{
	if (psa_call(GOOD_HANDLE, GOOD_MSG_VOID, NULL, 0, NULL, 0) != PSA_SUCCESS)
		psa_panic();
}

bool good_flag(bool flag, enum mode mode)
{
	const struct good_flag_in in = { .mode = (uint32_t)mode, .flag = flag };
	uint8_t result = 0;

	if (psa_call(GOOD_HANDLE, GOOD_MSG_FLAG, &(psa_invec){ &in, sizeof(in) }, 1, &(psa_outvec){ &result, sizeof(result) }, 1) != PSA_SUCCESS)
		psa_panic();
	return result != 0;
}

enum neg good_neg(enum neg n)
{
	const int32_t in = (int32_t)n;
	int32_t result = 0;

	if (psa_call(GOOD_HANDLE, GOOD_MSG_NEG, &(psa_invec){ &in, sizeof(in) }, 1, &(psa_outvec){ &result, sizeof(result) }, 1) != PSA_SUCCESS)
		psa_panic();
	return (enum neg)result;
}

size_t good_size(size_t n)
{
	const uint32_t in = (uint32_t)n;
	uint32_t result = 0;

	if (psa_call(GOOD_HANDLE, GOOD_MSG_SIZE, &(psa_invec){ &in, sizeof(in) }, 1, &(psa_outvec){ &result, sizeof(result) }, 1) != PSA_SUCCESS)
		psa_panic();
	return result;
}

psa_status_t good_sum(const int32_t *numbers, size_t numbers_count, int32_t *sum)
{
	return psa_call(GOOD_HANDLE, GOOD_MSG_SUM, &(psa_invec){ numbers, numbers_count * sizeof(*numbers) }, 1, &(psa_outvec){ sum, sizeof(*sum) }, 1);
}

psa_status_t good_move(const struct point *from, enum mode mode, struct point *to, bool *moved, enum mode *old)
{
	const struct good_move_in in = { .from = *from, .mode = (uint32_t)mode };
	struct good_move_out out = { 0 };
	psa_status_t status = psa_call(GOOD_HANDLE, GOOD_MSG_MOVE, &(psa_invec){ &in, sizeof(in) }, 1, &(psa_outvec){ &out, sizeof(out) }, 1);

	if (status >= 0) {
		*to = out.to;
		*old = (enum mode)out.old;
		*moved = out.moved != 0;
	}
	return status;
}

psa_status_t good_name(const char *text, uint8_t *data, size_t data_size, size_t *data_length)
{
	psa_outvec receive[] = { { data, data_size } };
	psa_status_t status = psa_call(GOOD_HANDLE, GOOD_MSG_NAME, &(psa_invec){ text, strlen(text) }, 1, receive, 1);

	if (status >= 0)
		*data_length = receive[0].len;
	return status;
}

psa_status_t good_hash(const uint8_t *data, size_t data_size, uint8_t digest[32])
{
	return psa_call(GOOD_HANDLE, GOOD_MSG_HASH, &(psa_invec){ data, data_size }, 1, &(psa_outvec){ digest, sizeof(uint8_t[32]) }, 1);
}

psa_status_t good_keys(const uint8_t key[16], uint32_t id, uint8_t other[4])
{
	struct good_keys_in in = { .id = id };

	memcpy(in.key, key, sizeof(in.key));
	return psa_call(GOOD_HANDLE, GOOD_MSG_KEYS, &(psa_invec){ &in, sizeof(in) }, 1, &(psa_outvec){ other, sizeof(uint8_t[4]) }, 1);
}

struct point good_mid(struct point a, struct point b)
{
	const struct good_mid_in in = { .a = a, .b = b };
	struct point result = { 0 };

	if (psa_call(GOOD_HANDLE, GOOD_MSG_MID, &(psa_invec){ &in, sizeof(in) }, 1, &(psa_outvec){ &result, sizeof(result) }, 1) != PSA_SUCCESS)
		psa_panic();
	return result;
}

psa_status_t good_in(int in_, int out_, int *m_, sensor_t s, double d, float f, uint8_t u)
{
	const struct good_in_in in = { .d = d, .in_ = in_, .out_ = out_, .f = f, .s = s, .u = u };

	return psa_call(GOOD_HANDLE, GOOD_MSG_IN, &(psa_invec){ &in, sizeof(in) }, 1, &(psa_outvec){ m_, sizeof(*m_) }, 1);
}

psa_status_t good_text(char *text, size_t text_size)
{
	return psa_call(GOOD_HANDLE, GOOD_MSG_TEXT, NULL, 0, &(psa_outvec){ text, text_size }, 1);
}

psa_status_t good_rd(void *buffer, size_t *buffer_size)
{
	psa_outvec receive[] = { { buffer, *buffer_size } };
	psa_status_t status = psa_call(GOOD_HANDLE, GOOD_MSG_RD, NULL, 0, receive, 1);

	if (status >= 0)
		*buffer_size = receive[0].len;
	return status;
}

psa_status_t good_inout(struct point *p)
{
	return psa_call(GOOD_HANDLE, GOOD_MSG_INOUT, &(psa_invec){ p, sizeof(*p) }, 1, &(psa_outvec){ p, sizeof(*p) }, 1);
}

psa_status_t good_inout2(struct point *p, enum mode *m_, uint8_t k[3])
{
	struct good_inout2_in in = { .p = *p, .m_ = (uint32_t)*m_ };
	struct good_inout2_out out = { 0 };

	memcpy(in.k, k, sizeof(in.k));
	psa_status_t status = psa_call(GOOD_HANDLE, GOOD_MSG_INOUT2, &(psa_invec){ &in, sizeof(in) }, 1, &(psa_outvec){ &out, sizeof(out) }, 1);

	if (status >= 0) {
		*p = out.p;
		*m_ = (enum mode)out.m_;
		memcpy(k, out.k, sizeof(out.k));
	}
	return status;
}

psa_status_t good_u16(uint16_t *samples, uint8_t samples_count, uint8_t *samples_used)
{
	psa_outvec receive[] = { { samples, samples_count * sizeof(*samples) } };
	psa_status_t status = psa_call(GOOD_HANDLE, GOOD_MSG_U16, NULL, 0, receive, 1);

	if (status >= 0)
		*samples_used = receive[0].len / sizeof(*samples);
	return status;
}

psa_status_t good_unnamed(int arg1, char arg2)
{
	const struct good_unnamed_in in = { .arg1 = arg1, .arg2 = arg2 };

	return psa_call(GOOD_HANDLE, GOOD_MSG_UNNAMED, &(psa_invec){ &in, sizeof(in) }, 1, NULL, 0);
}
