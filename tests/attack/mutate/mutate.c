/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mutate [-p] FILE: list the places where a C source refuses something, a line for each, numbered from 1:
 *	NUMBER <tab> LINE <tab> what is there <tab> what it becomes
 * mutate [-p] FILE NUMBER: the source with that one check disabled, to standard output; number 0: the source as it is.
 *
 * What refuses is found in the text, by these rules:
 *   if (A || B) with a consequence that leaves the function or the turn of a loop, gives an error or
 *   lowers what was asked for: each operand becomes 0;
 *   if (A && B) with an else that gives an error: each operand becomes 1;
 *   return A && B: each operand becomes 1;  return A || B: the whole becomes 1;
 *   a < b ? a : b, a clamp of a to b: it becomes a.
 *
 * With -p, for a processor's port, which mostly sets protection up rather than refuses, besides:
 *   each statement that is an assignment or a call is left out, and so is each designated initializer and each named
 *   flag behind the first of several (A | B | C);
 *   if (A && B) with any consequence, while (A && B), for (...; A && B; ...): each operand becomes 1;
 *   A || B ? a : b, A && B ? a : b: each operand becomes 0, or 1; a condition that is neither both.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SOURCE_MAX = 1 << 17 };

static char source[SOURCE_MAX], plain[SOURCE_MAX];	/* plain: without what comments and strings hold */
static size_t size;
static unsigned found, wanted;
static bool listing, port;

static void load(const char *path)
{
	FILE *f = fopen(path, "r");

	if (!f || !(size = fread(source, 1, SOURCE_MAX - 1, f))) {
		fprintf(stderr, "mutate: cannot read '%s'\n", path);
		exit(2);
	}
	fclose(f);
	memcpy(plain, source, size + 1);
	for (size_t i = 0; i < size; i++) {
		char end = plain[i];

		if (end == '/' && plain[i + 1] == '*') {
			for (; i < size && !(plain[i] == '*' && plain[i + 1] == '/'); i++)
				plain[i] = plain[i] == '\n' ? '\n' : ' ';
			plain[i] = plain[i + 1] = ' ';
		} else if (end == '"' || end == '\'') {
			for (i++; i < size && plain[i] != end; i++) {
				if (plain[i] == '\\')
					plain[i++] = 'x';
				plain[i] = 'x';
			}
		} else if (end == '#' && (i == 0 || plain[i - 1] == '\n')) {
			for (; i < size && (plain[i] != '\n' || plain[i - 1] == '\\'); i++)
				plain[i] = ' ';
		}
	}
}

/* Behind the bracket that closes the one at `at`. */
static size_t behind(size_t at)
{
	int depth = 0;

	do {
		depth += strchr("([{", plain[at]) ? 1 : strchr(")]}", plain[at]) ? -1 : 0;
		at++;
	} while (depth && at < size);
	return at;
}

static size_t skip_blank(size_t at)
{
	while (at < size && isspace((unsigned char)plain[at]))
		at++;
	return at;
}

static bool word_at(size_t at, const char *word)
{
	size_t n = strlen(word);

	return !strncmp(plain + at, word, n) && !isalnum((unsigned char)plain[at + n]) && plain[at + n] != '_' &&
	       (at == 0 || (!isalnum((unsigned char)plain[at - 1]) && plain[at - 1] != '_'));
}

/* The end of the statement at `at`. */
static size_t statement_end(size_t at)
{
	if (plain[at] == '{')
		return behind(at);
	while (at < size && plain[at] != ';')
		at = strchr("([{", plain[at]) ? behind(at) : at + 1;
	return at + 1;
}

static bool has(size_t from, size_t to, const char *text)
{
	for (size_t n = strlen(text); from + n <= to; from++)
		if (!strncmp(source + from, text, n))
			return true;
	return false;
}

/* Does [from, to) hold `text`, blanks and the first word of a block aside, at its start? */
static bool begins(size_t from, const char *word)
{
	from = skip_blank(from);
	if (plain[from] == '{')
		from = skip_blank(from + 1);
	return word_at(from, word);
}

static bool refuses(size_t from, size_t to)
{
	return has(from, to, "-MS_E") || has(from, to, "PSA_ERROR") || has(from, to, "fault_") || has(from, to, "CORE_CAUSE") ||
	       has(from, to, "= false") || has(from, to, "failed = true") || has(from, to, "read_fail(") || begins(from, "return") || begins(from, "continue");
}

/* An assignment alone, to something that the condition compares: a clamp. */
static bool lowers(size_t from, size_t to, size_t condition, size_t condition_end)
{
	size_t at = skip_blank(from), n = 0;
	char name[64];

	while (at + n < to && n < sizeof(name) - 1 && (isalnum((unsigned char)plain[at + n]) || strchr("_->.", plain[at + n])))
		n++;
	memcpy(name, plain + at, n);
	name[n] = 0;
	return n && !strncmp(plain + at + n, " = ", 3) && has(condition, condition_end, name);
}

static unsigned line_of(size_t at)
{
	unsigned line = 1;

	for (size_t i = 0; i < at; i++)
		line += source[i] == '\n';
	return line;
}

/* Text on one line. */
static void print_flat(size_t from, size_t to)
{
	for (bool blank = false; from < to; from++) {
		bool now = isspace((unsigned char)source[from]);

		if (!now || !blank)
			putchar(now ? ' ' : source[from]);
		blank = now;
	}
}

static void mutant(size_t from, size_t to, const char *becomes)
{
	while (from < to && isspace((unsigned char)source[from]))
		from++;
	while (to > from && isspace((unsigned char)source[to - 1]))
		to--;
	found++;
	if (listing) {
		printf("%u\t%u\t", found, line_of(from));
		print_flat(from, to);
		printf("\t%s\n", becomes);
	} else if (wanted == found) {
		fwrite(source, 1, from, stdout);
		printf("%s", becomes);
		fwrite(source + to, 1, size - to, stdout);
	}
}

/* Each operand between `operator`s of the outermost level becomes `becomes`; how many there are. */
static unsigned operands(size_t from, size_t to, const char *operator, const char *becomes)
{
	unsigned count = 1;
	size_t start = from;

	for (size_t at = from; at < to;) {
		if (strchr("([{", plain[at])) {
			at = behind(at);
		} else if (!strncmp(plain + at, operator, 2)) {
			if (becomes)
				mutant(start, at, becomes);
			start = at += 2;
			count++;
		} else {
			at++;
		}
	}
	if (becomes)
		mutant(start, to, becomes);
	return count;
}

static void look_at_if(size_t at)
{
	size_t open = skip_blank(at + 2), close = behind(open), then = skip_blank(close), end = statement_end(then);
	size_t next = skip_blank(end);

	bool refusing = refuses(then, end);

	if (refusing || lowers(then, end, open + 1, close - 1))
		operands(open + 1, close - 1, "||", "0");
	else if (word_at(next, "else") && !begins(next + 4, "if") && refuses(next + 4, statement_end(skip_blank(next + 4))))
		operands(open + 1, close - 1, "&&", "1");
	else if (port && !refusing)
		operands(open + 1, close - 1, "&&", "1");
	if (port && refusing && operands(open + 1, close - 1, "&&", NULL) > 1)
		operands(open + 1, close - 1, "&&", "1");
}

static void look_at_return(size_t at)
{
	size_t from = at + 6, to = statement_end(at) - 1;

	if (has(from, to, "?"))
		return;
	if (operands(from, to, "||", NULL) > 1)
		mutant(from, to, "1");
	else if (operands(from, to, "&&", NULL) > 1)
		operands(from, to, "&&", "1");
}

/* "= a < b ? a : b;", from the '?' on. */
static void look_at_clamp(size_t at)
{
	size_t to = at, from = at;

	while (to < size && plain[to] != ';' && plain[to] != ',')
		to++;
	while (from && plain[from] != '=' && plain[from] != ';' && plain[from] != '(' && plain[from] != '\n')
		from--;
	const char *less = memchr(plain + from, '<', at - from);
	size_t colon = at;

	while (colon < to && plain[colon] != ':')
		colon++;
	if (!less || less[1] == '<' || plain[from] != '=')
		return;
	char first[128] = { 0 };
	size_t n = (size_t)(less - plain) - skip_blank(from + 1);

	if (n < 2 || n > sizeof(first) - 1 || strncmp(plain + skip_blank(at + 1), plain + skip_blank(from + 1), n - 1))
		return;
	memcpy(first, source + skip_blank(from + 1), n - 1);
	mutant(from + 1, to, first);
}

/* Behind "if (...)", "for (...)", "while (...)", "switch (...)", "else", "do" and labels: what is done. */
static size_t skip_heads(size_t at)
{
	for (;;) {
		at = skip_blank(at);
		if (word_at(at, "if") || word_at(at, "for") || word_at(at, "while") || word_at(at, "switch")) {
			at = behind((size_t)(strchr(plain + at, '(') - plain));
		} else if (word_at(at, "else")) {
			at += 4;
		} else if (word_at(at, "case") || word_at(at, "default")) {
			at = (size_t)(strchr(plain + at, ':') - plain) + 1;
		} else {
			return at;
		}
	}
}

/* Does it begin as an assignment or a call?  A declaration begins with two names, or a name and a star. */
static bool acts(size_t at)
{
	static const char *const other[] = { "return", "break", "continue", "static", "const", "enum", "struct", "_Static_assert", "do" };

	for (size_t i = 0; i < sizeof(other) / sizeof(*other); i++)
		if (word_at(at, other[i]))
			return false;
	if (word_at(at, "__asm__") || plain[at] == '*')
		return true;
	if (!strncmp(plain + at, "(void)", 6))
		return false;
	if (!isalpha((unsigned char)plain[at]) && plain[at] != '(')
		return false;
	while (isalnum((unsigned char)plain[at]) || plain[at] == '_')
		at++;
	at = skip_blank(at);
	return plain[at] != '*' && !isalpha((unsigned char)plain[at]);
}

/* The statements of the function whose body begins at `at`, those within others, too. */
static void look_at_statements(size_t at)
{
	size_t end = behind(at);

	for (at++; at < end; at++) {
		at = skip_heads(at);
		if (plain[at] == '{' || plain[at] == '}')
			continue;
		size_t last = statement_end(at) - 1;

		if (acts(at))
			mutant(at, last, "");
		at = last;
	}
}

/* "| NAME", one of several flags. */
static void look_at_flag(size_t at)
{
	size_t to = skip_blank(at + 1);

	if (plain[at + 1] == '|' || plain[at + 1] == '=' || (at && plain[at - 1] == '|') || !isupper((unsigned char)plain[to]))
		return;
	while (isupper((unsigned char)plain[to]) || isdigit((unsigned char)plain[to]) || plain[to] == '_')
		to++;
	mutant(at, to, "");
}

/* while (...), the condition of for (...): of several that must hold for another turn each. */
static void look_at_loop(size_t at)
{
	size_t from = skip_blank(at + (plain[at] == 'f' ? 3 : 5)) + 1, to = behind(from - 1) - 1;

	if (plain[at] == 'f') {
		from = statement_end(from);
		to = statement_end(from) - 1;
	}
	if (operands(from, to, "&&", NULL) > 1)
		operands(from, to, "&&", "1");
}

/* Where the expression begins that ends before `at`: behind a bracket, an assignment, a comma, another choice or `return`. */
static size_t expression_start(size_t at)
{
	int depth = 0;

	for (; at; at--) {
		char c = plain[at - 1];

		depth += strchr(")]}", c) ? 1 : strchr("([{", c) ? -1 : 0;
		if (depth < 0 || (!depth && strchr(";,:?}", c)) || word_at(at - 1, "return"))
			return word_at(at - 1, "return") ? at + 5 : at;
		if (!depth && c == '=' && plain[at] != '=' && !strchr("=!<>", plain[at - 2]))
			return at;
	}
	return at;
}

/* "C ? a : b", from the '?' on. */
static void look_at_choice(size_t at)
{
	size_t from = expression_start(at);

	operands(from, at, "||", "0");
	operands(from, at, "&&", "1");
}

/* ".name = value," or "[index] = value," behind '{' or ','. */
static void look_at_initializer(size_t at)
{
	size_t from = skip_blank(at + 1), to = plain[from] == '[' ? behind(from) : from + 1;

	if (plain[from] != '[' && !(plain[from] == '.' && isalpha((unsigned char)plain[to])))
		return;
	while (isalnum((unsigned char)plain[to]) || plain[to] == '_')
		to++;
	to = skip_blank(to);
	if (plain[to] != '=' || plain[to + 1] == '=')
		return;
	while (plain[to] != ',' && plain[to] != '}')
		to = strchr("([{", plain[to]) ? behind(to) : to + 1;
	mutant(from, to + (plain[to] == ','), "");
}

static void look_at_port(size_t at)
{
	if (plain[at] == '|')
		look_at_flag(at);
	else if (plain[at] == '?')
		look_at_choice(at);
	else if (word_at(at, "while") || word_at(at, "for"))
		look_at_loop(at);
	else if (plain[at] == '{' && at > 2 && plain[at - 1] == '\n' && plain[at - 2] == ')')
		look_at_statements(at);
	else if (plain[at] == '{' || plain[at] == ',')
		look_at_initializer(at);
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "-p")) {
		port = true;
		argv++, argc--;
	}
	if (argc < 2 || argc > 3) {
		fputs("usage: mutate [-p] FILE [NUMBER]\n", stderr);
		return 2;
	}
	load(argv[1]);
	listing = argc == 2;
	wanted = listing ? 0 : (unsigned)strtoul(argv[2], NULL, 10);
	if (!listing && wanted == 0)
		fwrite(source, 1, size, stdout);
	for (size_t at = 0; at < size; at++) {
		if (word_at(at, "if"))
			look_at_if(at);
		else if (word_at(at, "return"))
			look_at_return(at);
		else if (plain[at] == '?')
			look_at_clamp(at);
		if (port)
			look_at_port(at);
	}
	return wanted > found;
}
