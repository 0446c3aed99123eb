/* SPDX-License-Identifier: Apache-2.0 */
/* What a borrower of shared memory and its owner may rely on (docs/abi.md, "Devices, interrupts, shared memory"); the lender does the owner's part. */
#include <ms/shared.h>
#include <psa/client.h>
#include <psa_manifest/reader.h>
#include <psa_manifest/sid.h>

#include "promise.h"

enum { NOTHING = 0, READ = 1, WRITE_ONLY = 2, READ_WRITE = 3, TAKE_BACK = 10, SAY = 5, NUMBER = 20 };

static volatile uint32_t *slate;

static int lender(int32_t type)
{
	return (int)psa_call(LENDER_HANDLE, type, NULL, 0, NULL, 0);
}

static int map(void)
{
	void *at = NULL;
	int rc = ms_shared_map(SLATE_SHARED, &at);

	if (rc == MS_OK)
		slate = at;
	return rc;
}

static const char *a_block_begins_with_zeros(void)
{
	int number = lender(SAY);

	return number ? SEEN("%d", number) : NULL;
}

static const char *a_block_that_is_not_lent_is_not_there(void)
{
	int rc = map(), unmap = ms_shared_unmap(SLATE_SHARED);

	return rc != -MS_ENOENT || unmap != -MS_ENOENT ? SEEN("%d %d", rc, unmap) : NULL;
}

static const char *a_lender_gives_no_more_than_the_product_does(void)
{
	int write = lender(READ_WRITE), nothing = lender(NOTHING), only = lender(WRITE_ONLY);

	return write != -MS_EPERM || nothing != -MS_EINVAL || only != -MS_EINVAL ? SEEN("%d %d %d", write, nothing, only) : NULL;
}

static const char *a_block_is_lent_once(void)
{
	int first = lender(READ), second = lender(READ);

	return first || second != -MS_EBUSY ? SEEN("%d %d", first, second) : NULL;
}

static const char *what_the_owner_writes_is_read(void)
{
	int rc = map(), wrote = lender(NUMBER + 7);

	return rc || wrote || *slate != NUMBER + 7 ? SEEN("%d %d %u", rc, wrote, rc ? 0 : (unsigned)*slate) : NULL;
}

static const char *a_block_that_is_open_stays_where_it_is(void)
{
	volatile uint32_t *first = slate;
	int again = map(), closed = ms_shared_unmap(SLATE_SHARED), twice = ms_shared_unmap(SLATE_SHARED), open = map();

	return again || closed || twice != -MS_ENOENT || open || slate != first ? SEEN("%d %d %d %d", again, closed, twice, open) : NULL;
}

static const char *the_system_reads_from_it_and_writes_not(void)
{
	int read = ms_log(MS_LOG_DEBUG, (const void *)(uintptr_t)slate, 0), write = ms_random((void *)(uintptr_t)slate, 4);
	uint64_t isolation = 0;

	ms_info(MS_INFO_ISOLATION, &isolation);
	return read || (isolation && write != -MS_EFAULT) ? SEEN("%d %d", read, write) : NULL;
}

static const char *only_its_owner_lends_it(void)
{
	int lend = ms_shared_lend(SLATE_SHARED, MS_SHARED_READ), revoke = ms_shared_revoke(SLATE_SHARED);

	return lend != -MS_ENOENT || revoke != -MS_ENOENT ? SEEN("%d %d", lend, revoke) : NULL;
}

static const char *what_was_taken_back_is_not_there(void)
{
	int back = lender(TAKE_BACK), unmap = ms_shared_unmap(SLATE_SHARED), again = map(), twice = lender(TAKE_BACK);

	return back || unmap != -MS_ENOENT || again != -MS_ENOENT || twice ? SEEN("%d %d %d %d", back, unmap, again, twice) : NULL;
}

static const char *the_system_does_not_reach_it_any_more(void)
{
	uint64_t isolation = 0;
	int rc = ms_log(MS_LOG_DEBUG, (const void *)(uintptr_t)slate, 1);

	ms_info(MS_INFO_ISOLATION, &isolation);
	return isolation && rc != -MS_EFAULT ? SEEN("%d", rc) : NULL;
}

static const char *it_can_be_lent_again(void)
{
	int lent = lender(READ), rc = map();

	return lent || rc || *slate != NUMBER + 7 ? SEEN("%d %d", lent, rc) : NULL;
}

static const char *a_block_that_was_not_granted_is_not_there(void)
{
	void *at = NULL;
	int map_other = ms_shared_map(SLATE_SHARED + 1, &at), far = ms_shared_map(UINT32_MAX, &at);

	return map_other != -MS_ENOENT || far != -MS_ENOENT || at ? SEEN("%d %d", map_other, far) : NULL;
}

int main(void)
{
	TRY(a_block_begins_with_zeros);
	TRY(a_block_that_is_not_lent_is_not_there);
	TRY(a_lender_gives_no_more_than_the_product_does);
	TRY(a_block_is_lent_once);
	TRY(what_the_owner_writes_is_read);
	TRY(a_block_that_is_open_stays_where_it_is);
	TRY(the_system_reads_from_it_and_writes_not);
	TRY(only_its_owner_lends_it);
	TRY(what_was_taken_back_is_not_there);
	TRY(the_system_does_not_reach_it_any_more);
	TRY(it_can_be_lent_again);
	TRY(a_block_that_was_not_granted_is_not_there);
	LOG_INFO("all told");
	return 0;
}
