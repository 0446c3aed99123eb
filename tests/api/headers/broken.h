/* SPDX-License-Identifier: Apache-2.0 */
int broken(int a;
