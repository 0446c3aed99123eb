/* SPDX-License-Identifier: Apache-2.0 */
/* Keys as PEM files, beneath key.h. */
#ifndef KEY_FILE_H
#define KEY_FILE_H

#include <psa/crypto.h>

#include "arena.h"
#include "err.h"

enum { KEY_FILE_MAX = 16 * 1024 };

/* The content of a private key's file, which nobody else may read; the caller overwrites it.  -MS_EFBIG if it does not fit into `room`. */
int key_file_secret(const char *path, uint8_t *text, size_t room, size_t *size, struct err *e);

/* Load a private key for signing; *id is to be destroyed by the caller. */
int key_file_private(const char *path, psa_key_id_t *id, struct err *e);

/* The same from what was read already: DER, or PEM text whose NUL counts. */
int key_file_private_der(const char *path, struct bytes der, psa_key_id_t *id, struct err *e);

/* A private key that may be exported as DER, at the end of the room. */
int key_file_der(psa_key_id_t id, uint8_t *room, size_t size, struct bytes *der, struct err *e);

/* Load a public key for verifying, from PEM text; `path` is for messages. */
int key_file_public(const char *path, struct bytes pem, psa_key_id_t *id, struct err *e);

/* Write a private key that may be exported to a new file of mode 0600. */
int key_file_create(const char *path, psa_key_id_t id, struct arena *a, struct err *e);

/* The PEM text of a key's public half. */
int key_file_public_pem(psa_key_id_t id, struct arena *a, char **pem, struct err *e);

#endif
