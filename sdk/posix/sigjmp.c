/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>

#include "signals.h"

void __ms_mask_keep(sigjmp_buf env, int save)
{
	env->__saved = save;
	env->__mask = posix_self()->blocked;
}

void siglongjmp(sigjmp_buf env, int value)
{
	if (env->__saved) {
		signal_block(posix_self(), env->__mask);
		posix_attend(posix_self(), false);
	}
	longjmp(env->__registers, value);
}
