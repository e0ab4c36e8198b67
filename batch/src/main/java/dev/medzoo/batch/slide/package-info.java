/**
 * Slides: pictures of a hundred thousand pixels a side, read tile by tile.
 *
 * <p>Start at {@link dev.medzoo.batch.slide.Slide}. {@code TileSource} is a file format; {@code
 * TiffSlide} is one. Whatever a header says is bounded before it is believed.
 */
@NullMarked
package dev.medzoo.batch.slide;

import org.jspecify.annotations.NullMarked;
