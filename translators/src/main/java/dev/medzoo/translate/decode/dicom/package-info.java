/**
 * DICOM Part-10 files (PS3.10) to 8-bit RGB pixels. Start at {@link
 * dev.medzoo.translate.decode.dicom.DicomFile}.
 *
 * <p>A file is walked once by {@code DataSetReader}, which keeps the few elements that say what the
 * pixels are and passes over all others unread: whose picture it is never becomes a Java value, and
 * no message names the value of an element that is not technical. {@code PixelData} decodes one
 * frame to words; {@code GreyLevels}, {@code Palette} and {@code Colours} turn words into red,
 * green and blue.
 *
 * <p>The package knows nothing of other picture formats. Its caller brings the decoders of JPEG and
 * JPEG 2000 as {@link dev.medzoo.translate.decode.dicom.FrameCodecs}, and what a picture may cost
 * as {@link dev.medzoo.translate.decode.dicom.CostLimits}.
 */
@NullMarked
package dev.medzoo.translate.decode.dicom;

import org.jspecify.annotations.NullMarked;
