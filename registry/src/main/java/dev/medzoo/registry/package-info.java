/**
 * The write side of the store. Start at {@link dev.medzoo.registry.Registry}, the life of a
 * version; every change of it is a {@link dev.medzoo.registry.Transaction} over a {@link
 * dev.medzoo.registry.WritableStore}.
 */
@NullMarked
package dev.medzoo.registry;

import org.jspecify.annotations.NullMarked;
