/**
 * The way of one picture: bytes, decoded pixels, the network's input, its logits, a finding.
 *
 * <p>Start at {@code FindingTranslator}: it is the whole way in one file. Each step is one type:
 * {@code PictureDecoder} turns bytes into an {@link dev.medzoo.translate.RgbPicture}, {@link
 * dev.medzoo.translate.Transform} turns that into numbers, {@code Finding} is what a person sees.
 * Training and serving both use this one copy.
 */
@NullMarked
package dev.medzoo.translate;

import org.jspecify.annotations.NullMarked;
