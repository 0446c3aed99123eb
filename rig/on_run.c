/* SPDX-License-Identifier: Apache-2.0 */
/* Sending an image, and having something done with the board. */
#include <stdio.h>
#include <string.h>

#include "rigweb.h"
#include "key.h"
#include "safe.h"

static void digest_text(struct sha256_state *hash, char text[65])
{
	uint8_t digest[32];

	sha256_end(hash, digest);
	for (int i = 0; i < 32; i++)
		snprintf(text + 2 * i, 3, "%02x", digest[i]);
}

enum MHD_Result put_image(struct call *c)
{
	const char *said = call_header(c, "Rig-Digest");
	char digest[65];
	struct err e;

	digest_text(c->hash, digest);
	if (pod_of(c)->running)
		return call_problem(c, MHD_HTTP_CONFLICT, "running", "something runs on the board: stop it first");
	if (!route_is_digest(said) || strcmp(said, digest))
		return call_problem(c, MHD_HTTP_BAD_REQUEST, "other-digest", "the image that came has not the SHA-256 of 'Rig-Digest'");
	if (c->size > UINT32_MAX || safe_check(pod_of(c)->lent, &pod_of(c)->board, (uint32_t)c->size, &e) < 0)
		return call_failed(c, MHD_HTTP_FORBIDDEN, "not-safe", &e);
	if (rename(c->path, pod_of(c)->image))
		return call_problem(c, MHD_HTTP_INSUFFICIENT_STORAGE, "no-room", "the rig cannot keep the image");
	memcpy(pod_of(c)->digest, digest, sizeof(digest));
	return call_json(c, MHD_HTTP_NO_CONTENT, NULL);
}

static bool find_job(const char *word, enum job *job)
{
	for (int i = 0; word && i < JOB_COUNT; i++) {
		*job = (enum job)i;
		if (!strcmp(job_word(*job), word))
			return true;
	}
	return false;
}

struct wish { enum job job; bool fast; uint64_t limit_nsec; };

static bool read_wish(struct call *c, struct wish *w)
{
	json_t *o = call_object(c), *limit = json_object_get(o, "limit"), *fast = json_object_get(o, "fast");
	json_int_t most = agent_of(c)->config.run_msec / 1000, sec = limit ? json_integer_value(limit) : most;
	bool good = o && find_job(json_string_value(json_object_get(o, "do")), &w->job) && (!limit || json_is_integer(limit)) && (!fast || json_is_boolean(fast)) && sec > 0;

	w->fast = json_is_true(fast);
	w->limit_nsec = (uint64_t)(sec > most ? most : sec) * UINT64_C(1000000000);
	json_decref(o);
	return good;
}

enum MHD_Result post_run(struct call *c)
{
	struct wish w;
	struct err e;

	if (!read_wish(c, &w))
		return call_problem(c, MHD_HTTP_BAD_REQUEST, "not-understood", "the body is to be {\"do\": \"run\", \"flash\" or \"monitor\", \"fast\": true or false, \"limit\": seconds}");
	if (w.job != JOB_MONITOR && !pod_of(c)->digest[0])
		return call_problem(c, MHD_HTTP_CONFLICT, "no-image", "no image was sent under this lease");
	if (pod_begin(pod_of(c), w.job, w.fast, w.limit_nsec, &e) < 0)
		return call_failed(c, MHD_HTTP_CONFLICT, "not-begun", &e);
	return call_json(c, MHD_HTTP_CREATED, json_pack("{s:s}", "digest", pod_of(c)->digest));
}

enum MHD_Result delete_run(struct call *c)
{
	pod_stop(pod_of(c), FRAME_STOPPED);
	return call_json(c, MHD_HTTP_NO_CONTENT, NULL);
}
