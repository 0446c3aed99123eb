/* SPDX-License-Identifier: Apache-2.0 */
#include "out_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "printable.h"

static struct {
	bool colour[3];		/* by descriptor */
	bool progress;		/* may be shown */
	bool progress_shown;	/* is on the screen */
	int lost;
} state;

static const char bold[] = "\033[1m", red[] = "\033[31m", green[] = "\033[32m", yellow[] = "\033[33m",
		  dim[] = "\033[2m", reset[] = "\033[0m", wipe[] = "\r\033[K";
static const char *const styles[] = { bold, red, green, yellow, dim, reset };

static const char *style(const char *code)
{
	return state.colour[STDOUT_FILENO] || state.colour[STDERR_FILENO] ? code : "";
}

const char *out_bold(void) { return style(bold); }
const char *out_red(void) { return style(red); }
const char *out_green(void) { return style(green); }
const char *out_yellow(void) { return style(yellow); }
const char *out_dim(void) { return style(dim); }
const char *out_reset(void) { return style(reset); }

static bool is_set(const char *variable)
{
	const char *value = getenv(variable);
	return value && *value;
}

static bool is_forced(const char *variable)
{
	return is_set(variable) && strcmp(getenv(variable), "0") != 0;
}

static bool is_terminal(int fd)
{
	return isatty(fd) && is_set("TERM") && strcmp(getenv("TERM"), "dumb") != 0;
}

static bool wants_colour(int fd, enum out_colour colour)
{
	if (colour != OUT_AUTO)
		return colour == OUT_ALWAYS;
	if (is_set("NO_COLOR"))
		return false;
	return is_forced("FORCE_COLOR") || is_forced("CLICOLOR_FORCE") || is_terminal(fd);
}

/*
 * A standard stream that is closed would become the next file we open.  It is
 * filled with one that refuses: writing a result to it is then the error it should be.
 */
static void fill_standard_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

void stream_init(enum out_colour colour, bool plain, bool quiet)
{
	fill_standard_streams();
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);	/* what is too large is an error with words, here and in the programs we start */
	for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++)
		state.colour[fd] = !plain && wants_colour(fd, colour);
	state.progress = !plain && !quiet && !is_set("CI") &&
			 is_terminal(STDOUT_FILENO) && is_terminal(STDERR_FILENO);
}

int stream_lost(void)
{
	return state.lost;
}

/* Zero or the errno. */
static int write_all(int fd, const char *at, size_t size)
{
	struct pollfd room = { .fd = fd, .events = POLLOUT };

	while (size) {
		ssize_t n = write(fd, at, size);
		if (n >= 0) {
			at += n;
			size -= (size_t)n;
		} else if (errno == EAGAIN) {
			poll(&room, 1, -1);
		} else if (errno != EINTR) {
			return errno;
		}
	}
	return 0;
}

static void wipe_progress(void)
{
	if (state.progress_shown)
		write_all(STDERR_FILENO, wipe, sizeof(wipe) - 1);
	state.progress_shown = false;
}

void stream_write(int fd, const char *at, size_t size)
{
	wipe_progress();
	if (fd == STDERR_FILENO)
		write_all(fd, at, size);
	else if (!state.lost)
		state.lost = write_all(fd, at, size);
}

void stream_end(void)
{
	wipe_progress();
	int copy = dup(STDOUT_FILENO);
	if (copy >= 0 && close(copy) && !state.lost)
		state.lost = errno;
}

/* The size of one of our styles at the start of a text, or 0. */
static size_t style_size(const char *at)
{
	for (size_t i = 0; *at == '\033' && i < sizeof(styles) / sizeof(styles[0]); i++)
		if (strncmp(at, styles[i], strlen(styles[i])) == 0)
			return strlen(styles[i]);
	return 0;
}

/* Leave only what may be printed: text, line feeds, tabs, and our styles if they are wanted. */
static size_t clean(char *text, bool colour)
{
	size_t size = strlen(text), to = 0;

	for (size_t from = 0, n; from < size; from += n) {
		size_t styled = style_size(text + from);
		n = styled ? styled : printable_char(text + from, size - from);
		if (n && (colour || !styled)) {
			memmove(text + to, text + from, n);
			to += n;
		} else if (n == 0) {
			text[to++] = text[from] == '\n' || text[from] == '\t' ? text[from] : '?';
			n = 1;
		}
	}
	return to;
}

void stream_print(int fd, char *text)
{
	stream_write(fd, text, clean(text, state.colour[fd]));
}

static size_t columns(void)
{
	struct winsize w;
	return ioctl(STDERR_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 1 ? w.ws_col - 1u : 79;
}

bool stream_shows_progress(void)
{
	return state.progress;
}

void stream_progress(char *text)
{
	if (!state.progress)
		return;
	wipe_progress();
	if (!text)
		return;

	size_t size = printable(text, strlen(text)), cut = 0;
	for (size_t n = 0; cut < size && n < columns(); n++) {
		if (text[cut] == '\t')
			text[cut] = ' ';
		cut += printable_char(text + cut, size - cut);
	}
	write_all(STDERR_FILENO, text, cut);
	state.progress_shown = true;
}
