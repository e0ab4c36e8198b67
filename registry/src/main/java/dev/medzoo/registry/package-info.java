/**
 * The write side of the store. Start at {@link dev.medzoo.registry.Publisher}, the only thing that
 * ever puts an artifact into a store or changes its index.
 */
@NullMarked
package dev.medzoo.registry;

import org.jspecify.annotations.NullMarked;
