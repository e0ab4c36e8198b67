/**
 * DICOM Part-10 files (PS3.10) to 8-bit RGB pixels. Start at {@link
 * dev.medzoo.translate.decode.dicom.DicomFile}.
 *
 * <p>{@code DataSetReader} parses a file in one pass. It keeps the few elements that describe the
 * pixels and skips all others unread. So patient data never become a Java value, and no message
 * repeats the value of a non-technical element. {@code PixelData} decodes one frame to words;
 * {@code GreyLevels}, {@code Palette} and {@code Colours} turn words into red, green and blue.
 *
 * <p>The package is independent of other picture formats. Its caller supplies the decoders of JPEG
 * and JPEG 2000 as {@link dev.medzoo.translate.decode.dicom.FrameCodecs}, and the cost limits as
 * {@link dev.medzoo.translate.decode.dicom.CostLimits}.
 */
@NullMarked
package dev.medzoo.translate.decode.dicom;

import org.jspecify.annotations.NullMarked;
