/* SPDX-License-Identifier: Apache-2.0 */
/* How much the core of the host simulation has room for; on a board this is made from its device tree. */
#ifndef BOARD_CAPACITY_H
#define BOARD_CAPACITY_H

#define BOARD_SERVICE_MAX 16
#define BOARD_THREAD_MAX 32
#define BOARD_ENDPOINT_MAX 32
#define BOARD_MESSAGE_MAX 32
#define BOARD_LOG_SIZE 2048
#define BOARD_FAULT_RECORD_MAX 8
#define BOARD_DEVICE_MAX 16

#endif
