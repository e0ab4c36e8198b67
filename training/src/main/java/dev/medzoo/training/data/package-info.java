/**
 * Loads files into batches: a {@link dev.medzoo.training.data.PictureSet} lists pictures, a {@link
 * dev.medzoo.training.data.BatchLoader} reads, augments and transforms them ahead of the network.
 */
@NullMarked
package dev.medzoo.training.data;

import org.jspecify.annotations.NullMarked;
