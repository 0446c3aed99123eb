/* SPDX-License-Identifier: Apache-2.0 */
#error "not there for a service with newlib: write 'libc: picolibc' in ms.yaml (docs/build.md, Fixed mode)"
