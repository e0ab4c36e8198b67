/**
 * The way of one picture: bytes, decoded pixels, the network's input, its logits, a finding.
 *
 * <p>Start at {@code FindingTranslator}: it is the whole way in one file. Each step is one type:
 * {@link dev.medzoo.translate.decode.PictureDecoder} turns bytes into an {@link
 * dev.medzoo.translate.decode.RgbPicture}, {@link dev.medzoo.translate.transform.Transform} turns
 * that into numbers, {@link dev.medzoo.translate.finding.Reading} turns logits into probabilities,
 * {@link dev.medzoo.translate.finding.Domain} tells pictures of another kind, {@link
 * dev.medzoo.translate.finding.Finding} is what a person sees. This package has what DJL calls: it
 * comes in through {@link dev.medzoo.translate.FindingTranslatorFactory}. Training and serving both
 * use this one copy.
 */
@NullMarked
package dev.medzoo.translate;

import org.jspecify.annotations.NullMarked;
