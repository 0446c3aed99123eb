/* SPDX-License-Identifier: Apache-2.0 */
#include "passphrase.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "cmd.h"

enum { INTERRUPT = 3, QUIT = 28 };	/* what the terminal's own keys send when it does not act on them itself */

const char *passphrase_file;

void passphrase_forget(struct passphrase *p)
{
	explicit_bzero(p, sizeof(*p));
}

/* Up to the end of a line; what a line has beyond the limit is an error, and so is nothing at all. */
static int read_line(int fd, const char *from, struct passphrase *out, struct err *e)
{
	out->size = 0;
	for (;;) {
		char c;
		ssize_t n = read(fd, &c, 1);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, "cannot read %s", from);
		if (n == 0 || c == '\n')
			break;
		if (c == INTERRUPT || c == QUIT)
			return err_set(e, ERR_STOPPED, "no passphrase was given");
		if (out->size == PASSPHRASE_MAX)
			return err_set(e, ERR_NO_PASSPHRASE, "the passphrase in %s is longer than %d bytes", from, PASSPHRASE_MAX);
		out->text[out->size++] = c;
	}
	out->text[out->size] = '\0';
	return out->size ? MS_OK : err_set(e, ERR_NO_PASSPHRASE, "the passphrase in %s is empty", from);
}

int passphrase_read(const char *path, struct passphrase *out, struct err *e)
{
	char from[300];
	struct stat st;

	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_errno(e, "cannot open '%s'", path);
	int rc = MS_OK;

	snprintf(from, sizeof(from), "'%.290s'", path);
	if (fstat(fd, &st))
		rc = err_errno(e, "cannot read '%s'", path);
	else if (S_ISREG(st.st_mode) && st.st_mode & 077) {
		err_set(e, ERR_KEY_EXPOSED, "the passphrase in '%s' may be read by others (mode %04o)", path, st.st_mode & 07777);
		rc = err_fix(e, "chmod 600 '%s'", path);
	}
	if (rc == MS_OK)
		rc = read_line(fd, from, out, e);
	close(fd);
	return rc;
}

static void show(int tty, const char *text)
{
	if (write(tty, text, strlen(text)) < 0)
		return;		/* what cannot be shown can still be answered */
}

/* While it is typed nothing is shown, and the keys that would end ms are ours: the terminal must not stay mute. */
static int ask_once(int tty, const char *question, struct passphrase *out, struct err *e)
{
	struct termios was, mute;

	if (tcgetattr(tty, &was))
		return err_errno(e, "cannot use the terminal");
	mute = was;
	mute.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
	mute.c_cc[VEOL] = INTERRUPT;	/* they end a line, so that they come at once */
	mute.c_cc[VEOL2] = QUIT;
	tcsetattr(tty, TCSAFLUSH, &mute);	/* before the question: who answers at once is heard, and not seen */
	show(tty, question);
	show(tty, ": ");
	int rc = read_line(tty, "what was typed", out, e);
	tcsetattr(tty, TCSAFLUSH, &was);
	show(tty, "\n");
	return rc;
}

static int ask(const char *question, bool twice, struct passphrase *out, struct err *e)
{
	struct passphrase again;

	int tty = cmd_may_ask() ? open("/dev/tty", O_RDWR | O_CLOEXEC) : -1;
	if (tty < 0) {
		err_set(e, ERR_NO_PASSPHRASE, "%s: nobody can be asked here", question);
		return err_fix(e, "write it into a file of mode 0600: --passphrase-file FILE, or MS_PASSPHRASE_FILE=FILE");
	}
	int rc = ask_once(tty, question, out, e);
	if (rc == MS_OK && twice) {
		rc = ask_once(tty, "the same again", &again, e);
		if (rc == MS_OK && strcmp(out->text, again.text))
			rc = err_set(e, ERR_PASSPHRASE, "these were two different passphrases");
		passphrase_forget(&again);
	}
	close(tty);
	return rc;
}

int passphrase_get(const char *question, bool twice, struct passphrase *out, struct err *e)
{
	const char *path = passphrase_file ? passphrase_file : getenv("MS_PASSPHRASE_FILE");

	return path && *path ? passphrase_read(path, out, e) : ask(question, twice, out, e);
}

int passphrase_ask(const char *question, struct passphrase *out, struct err *e)
{
	return ask(question, false, out, e);
}
