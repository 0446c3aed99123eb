/* SPDX-License-Identifier: Apache-2.0 */
/* Thread-local data, the Arm way: two words, then a copy of the template; the sizes are addresses given by service.ld. */
#include <string.h>

#include <ms/syscall.h>

extern char __ms_tls_template[], __ms_tls_template_end[], __ms_tls_end[];

size_t ms_thread_block_size(void)
{
	return 8 + (size_t)(__ms_tls_end - __ms_tls_template);
}

void ms_thread_block_init(void *block)
{
	size_t data_size = (size_t)(__ms_tls_template_end - __ms_tls_template);
	char *to = block;

	memset(to, 0, ms_thread_block_size());
	memcpy(to + 8, __ms_tls_template, data_size);
}
