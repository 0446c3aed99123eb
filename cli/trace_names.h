/* SPDX-License-Identifier: Apache-2.0 */
/* The names of what a trace's records tell by numbers.  What has none is named by its number. */
#ifndef TRACE_NAMES_H
#define TRACE_NAMES_H

#include "device.h"
#include "trace.h"

/* Where to look: what runs on the board. */
struct trace_names { const struct board *board; const struct device_service *services; uint32_t service_count; };

const char *trace_service_name(const struct trace_names *n, uint32_t id, struct arena *a);
const char *trace_thread_name(uint32_t thread, struct arena *a);
const char *trace_call_name(uint32_t number, struct arena *a);
uint32_t trace_call_arguments(uint32_t number);	/* how many of a record's it has */
const char *trace_interface_name(const struct trace_names *n, uint32_t sid, struct arena *a);
const char *trace_message_name(uint32_t type, struct arena *a);	/* "connect", "close", "type 3" */
const char *trace_line_name(const struct trace_names *n, uint32_t line, struct arena *a);
const char *trace_event_name(uint32_t kind, struct arena *a);
const char *trace_cause_name(uint32_t cause, struct arena *a);

#endif
