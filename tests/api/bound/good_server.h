/* Made by ms from good.h: for who provides good. */
#ifndef GOOD_SERVER_H
#define GOOD_SERVER_H

#include <psa/service.h>

/* Answer the message that this signal stands for. */
void good_serve(psa_signal_t signal);

/* The same without taking and answering it: what psa_reply is to be told. */
psa_status_t good_dispatch(const psa_msg_t *m);

#endif
