/**
 * The picture transform that training and serving share: pixels to a network's input.
 *
 * <p>Start at {@link dev.medzoo.translate.transform.Transform}, the record that an artifact stores:
 * resize, crop, colour steps, mean and deviation. Its result is a {@link
 * dev.medzoo.translate.transform.NetworkInput}.
 */
@NullMarked
package dev.medzoo.translate.transform;

import org.jspecify.annotations.NullMarked;
