/* SPDX-License-Identifier: Apache-2.0 */
/* What ninja gives core by -DMS_VERSION, in words that a shell need not quote. */
#define MUTANT_VERSION "test"
