/**
 * Slides: pictures of a hundred thousand pixels a side, read tile by tile.
 *
 * <p>Start at {@link dev.medzoo.batch.slide.SlideScorer}, which goes from a {@link
 * dev.medzoo.batch.slide.Slide} to findings. {@code TileSource} is a file format; {@code TiffSlide}
 * and {@code DicomSlide} are two. Whatever a header says is bounded before it is believed. {@link
 * dev.medzoo.batch.slide.SlideReport} writes the files.
 */
@NullMarked
package dev.medzoo.batch.slide;

import org.jspecify.annotations.NullMarked;
