/**
 * What a store says of its artifacts: {@code index.json} and the history of its changes.
 *
 * <p>Start at {@link dev.medzoo.zoo.index.StoreIndex}: names, versions, digests, aliases and
 * revocations. Whether an index may be believed, {@code load} knows.
 */
@NullMarked
package dev.medzoo.zoo.index;

import org.jspecify.annotations.NullMarked;
