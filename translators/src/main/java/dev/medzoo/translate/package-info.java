/**
 * Translates a picture file to a finding: bytes, decoded pixels, the network's input, its logits, a
 * finding.
 *
 * <p>Start at {@code FindingTranslator}, which has all steps in one file. Each step is one type:
 * {@link dev.medzoo.translate.decode.PictureDecoder} turns bytes into an {@link
 * dev.medzoo.translate.decode.RgbPicture}, {@link dev.medzoo.translate.transform.Transform} turns
 * that into numbers, {@link dev.medzoo.translate.finding.Reading} turns logits into probabilities,
 * {@link dev.medzoo.translate.finding.Domain} detects out-of-distribution pictures, {@link
 * dev.medzoo.translate.finding.Finding} is the result for people. This package has the classes that
 * DJL calls, through {@link dev.medzoo.translate.FindingTranslatorFactory}. Training and serving
 * share this code.
 */
@NullMarked
package dev.medzoo.translate;

import org.jspecify.annotations.NullMarked;
