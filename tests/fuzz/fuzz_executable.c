/* SPDX-License-Identifier: Apache-2.0 */
/* From executables to images: what can be turned into one is one, with the same text. */
#include <string.h>

#include "executable.h"
#include "fuzz.h"

static void check_image(const struct elf_file *f, struct bytes image)
{
	struct image im;

	must(image_decode(image, &im) == MS_OK && im.image_size == image.size);
	must(im.text_size == f->text.file_size && !memcmp(image.at + IMAGE_HEADER_SIZE, f->raw.at + f->text.offset, im.text_size));
}

FUZZ(in)
{
	struct executable_context c = { .path = "x.elf" };
	struct arena a = { 0 };
	struct err e = { 0 };
	struct elf_file f;
	struct bytes image;

	if (executable_open(in, "x.elf", &f, &e) == MS_OK) {
		if (executable_notes_agree(&f, "x.elf", &a, &e) < 0)
			must(e.text[0]);
		if (executable_image(in, "x.elf", &a, &image, NULL, &e) == MS_OK)
			check_image(&f, image);
		must(executable_block(&f).size == COSE_BLOCK_SIZE);
	} else {
		/* libdw reads only what we accept: it is another's parser. */
		must(e.code == -MS_EFORMAT && e.text[0]);
		c.debug = BYTES_LITERAL("none");
		must(executable_check(in, &c, &a, NULL, &e) == -MS_EPROJECT && e.text[0]);
	}
	arena_done(&a);
}
