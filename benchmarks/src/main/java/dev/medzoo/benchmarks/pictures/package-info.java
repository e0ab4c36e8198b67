/**
 * What pictures cost. {@link dev.medzoo.benchmarks.pictures.HostilePictures} draws files that try
 * to cost more than they may, {@link dev.medzoo.benchmarks.pictures.PictureCost} measures them
 * against an honest JPEG, {@link dev.medzoo.benchmarks.pictures.CostFuzzer} looks for others, and
 * {@link dev.medzoo.benchmarks.pictures.PictureSpeed} compares honest pictures with those of
 * another version.
 */
@NullMarked
package dev.medzoo.benchmarks.pictures;

import org.jspecify.annotations.NullMarked;
