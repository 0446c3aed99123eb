/* SPDX-License-Identifier: Apache-2.0 */
#error "a service with newlib has one thread, as newlib keeps what threads share in one place: write 'libc: picolibc' in ms.yaml (docs/build.md, Fixed mode)"
