/**
 * Where a store's bytes lie: a folder, a jar, a web server, an object store. Start at {@link
 * dev.medzoo.zoo.store.Store}, which says what all of them can do. What lies behind a network is
 * wrapped in a {@link dev.medzoo.zoo.store.CachedStore}, which retries, resumes and keeps copies.
 * Nothing here knows what the bytes mean or vouches for them.
 */
@NullMarked
package dev.medzoo.zoo.store;

import org.jspecify.annotations.NullMarked;
