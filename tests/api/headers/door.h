/* SPDX-License-Identifier: Apache-2.0 */
/* Locks & unlocks <doors>. */
#include <stdint.h>
#include <stddef.h>
#include <psa/error.h>
enum door_state { DOOR_OPEN, DOOR_CLOSED };
struct door_time { uint32_t seconds; uint16_t msec, spare; };

/**
 * @brief Lock a door. </pre><script>alert(1)</script>
 *
 * Waits for the bolt | the *hand*.
 *
 * @param[in] door   which, from 0
 * @param state what it is then,
 *              a state
 * @return the status
 * @retval PSA_ERROR_DOES_NOT_EXIST no such door
 */
psa_status_t door_lock(uint8_t door, enum door_state *state, struct door_time *when);
/* Its name. */
psa_status_t door_name(uint8_t door, char *name, size_t name_size);
int32_t door_count(void);
