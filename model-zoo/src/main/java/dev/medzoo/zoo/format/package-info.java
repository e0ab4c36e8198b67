/**
 * How this project writes what it must read again byte for byte: strict {@link
 * dev.medzoo.zoo.format.Json} and {@link dev.medzoo.zoo.format.Sha256} digests. {@link
 * dev.medzoo.zoo.format.GunzipStream} reads what others packed.
 */
@NullMarked
package dev.medzoo.zoo.format;

import org.jspecify.annotations.NullMarked;
