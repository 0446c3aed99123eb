/* SPDX-License-Identifier: Apache-2.0 */
#define ADD(a, b) ((a) + (b))
