/**
 * From the bytes of a picture file to 8-bit RGB pixels, within a budget of work and memory.
 *
 * <p>Start at {@link dev.medzoo.translate.decode.PictureDecoder}. {@code PictureFormat} tells the
 * formats apart by their first bytes; each has a {@code StrippedFile}, which reads its headers,
 * says what decoding will cost, and decodes to an {@link dev.medzoo.translate.decode.RgbPicture}.
 * {@code Budget} ends what costs too much or is no longer wanted. {@code dicom} is a package of its
 * own.
 */
@NullMarked
package dev.medzoo.translate.decode;

import org.jspecify.annotations.NullMarked;
