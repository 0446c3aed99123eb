/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sentences of errors, in place of the C library's, which has none for a number that is no error's and does not say that it is none.
 * All that is known of an error here is a constant text, so that threads do not share anything.
 */
#include <errno.h>
#include <locale.h>
#include <string.h>

#define SENTENCES(SAY) \
	SAY(0, "No error") SAY(EPERM, "Not permitted") SAY(ENOENT, "No such file or directory") SAY(ESRCH, "No such process or thread") SAY(EINTR, "Interrupted by a signal") \
	SAY(EIO, "Input or output failed") SAY(ENXIO, "No such device or address") SAY(E2BIG, "Argument list too long") SAY(ENOEXEC, "Not an executable format") SAY(EBADF, "Bad file descriptor") \
	SAY(ECHILD, "No child processes") SAY(EAGAIN, "Not now, try again") SAY(ENOMEM, "Out of memory") SAY(EACCES, "Access denied") SAY(EFAULT, "Bad address") SAY(EBUSY, "Busy") SAY(EEXIST, "Exists already") \
	SAY(EXDEV, "Link across devices") SAY(ENODEV, "Not possible with this device") SAY(ENOTDIR, "Not a directory") SAY(EISDIR, "Is a directory") SAY(EINVAL, "Invalid argument") SAY(ENFILE, "Too many files open in the system") \
	SAY(EMFILE, "Too many files open") SAY(ENOTTY, "Not a terminal, or not possible with it") SAY(ETXTBSY, "Program is being run") SAY(EFBIG, "File too large") SAY(ENOSPC, "No space left") SAY(ESPIPE, "Has no position to seek") \
	SAY(EROFS, "Read-only file system") SAY(EMLINK, "Too many links") SAY(EPIPE, "Nobody reads any more") SAY(EDOM, "Argument outside of the function's domain") SAY(ERANGE, "Result out of range") SAY(ENOMSG, "No message of that type") \
	SAY(EIDRM, "Identifier removed") SAY(EDEADLK, "Would deadlock") SAY(ENOLCK, "No locks available") SAY(EBADMSG, "Bad message") SAY(EMULTIHOP, "Multihop attempted") SAY(ENOSYS, "Function not there") SAY(ENOTEMPTY, "Directory not empty") \
	SAY(ENAMETOOLONG, "Name too long") SAY(ELOOP, "Too many symbolic links") SAY(EOPNOTSUPP, "Not possible with this socket") SAY(EPFNOSUPPORT, "Protocol family not supported") SAY(ECONNRESET, "Connection reset") SAY(ENOBUFS, "No buffer space") \
	SAY(EAFNOSUPPORT, "Address family not supported") SAY(EPROTOTYPE, "Wrong protocol for this socket") SAY(ENOTSOCK, "Not a socket") SAY(ENOPROTOOPT, "Protocol option not available") SAY(ECONNREFUSED, "Connection refused") \
	SAY(EADDRINUSE, "Address in use") SAY(ECONNABORTED, "Connection aborted") SAY(ENETUNREACH, "Network cannot be reached") SAY(ENETDOWN, "Network is down") SAY(ETIMEDOUT, "Timed out") SAY(EHOSTDOWN, "Host is down") \
	SAY(EHOSTUNREACH, "Host cannot be reached") SAY(EINPROGRESS, "Under way") SAY(EALREADY, "Under way already") SAY(EDESTADDRREQ, "Destination address missing") SAY(EMSGSIZE, "Message too long") SAY(EPROTONOSUPPORT, "Protocol not supported") \
	SAY(EADDRNOTAVAIL, "Address not available") SAY(ENETRESET, "Connection ended by the network") SAY(EISCONN, "Is connected already") SAY(ENOTCONN, "Not connected") SAY(EDQUOT, "Quota exceeded") SAY(ESTALE, "Stale file handle") \
	SAY(ENOTSUP, "Not supported") SAY(EILSEQ, "Not a character") SAY(EOVERFLOW, "Does not fit the type") SAY(ECANCELED, "Cancelled") SAY(ENOTRECOVERABLE, "State cannot be recovered") SAY(EOWNERDEAD, "Owner has ended") \
	SAY(EPROTO, "Protocol error") SAY(ENOLINK, "Link severed") SAY(ENOSR, "No stream resources") SAY(ENOSTR, "Not a stream") SAY(ENODATA, "No data") SAY(ETIME, "Stream timed out")

/* NULL for what is no error. */
static const char *sentence(int number)
{
	switch (number) {
#define SAY(error, text) case error: return text;
	SENTENCES(SAY)
	default: return NULL;
	}
}

static const char *any_sentence(int number, int *error)
{
	const char *text = sentence(number);

	if (!text)
		*error = EINVAL;
	return text ? text : "Unknown error";
}

char *strerror(int number)
{
	return (char *)any_sentence(number, &errno);
}

char *strerror_l(int number, locale_t locale)
{
	(void)locale;
	return strerror(number);
}

/* What the C library's other functions ask, to which a number that is no error's has no sentence. */
char *_strerror_r(int number, int internal, int *error);
char *_strerror_r(int number, int internal, int *error)
{
	(void)internal;
	const char *text = any_sentence(number, error ? error : &errno);

	return (char *)(sentence(number) ? text : "");
}

/* strerror_r as POSIX has it: <string.h> gives it this name. */
int __xpg_strerror_r(int number, char *to, size_t size);
int __xpg_strerror_r(int number, char *to, size_t size)
{
	int error = 0;
	const char *text = any_sentence(number, &error);
	size_t length = strlen(text);

	if (size) {
		size_t n = length < size ? length : size - 1;

		memcpy(to, text, n);
		to[n] = 0;
	}
	return error ? error : length < size ? 0 : ERANGE;
}
