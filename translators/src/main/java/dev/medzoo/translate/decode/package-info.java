/**
 * Decodes picture files to 8-bit RGB pixels, within a budget of work and memory.
 *
 * <p>Start at {@link dev.medzoo.translate.decode.PictureDecoder}. {@code PictureFormat} recognises
 * a format by its first bytes. Each format has a {@code StrippedFile}, which reads the headers,
 * announces the cost of decoding, and decodes to an {@link dev.medzoo.translate.decode.RgbPicture}.
 * {@code Budget} stops what is too costly or no longer wanted. {@code dicom} is a package of its
 * own.
 */
@NullMarked
package dev.medzoo.translate.decode;

import org.jspecify.annotations.NullMarked;
