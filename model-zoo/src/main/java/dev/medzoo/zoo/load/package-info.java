/**
 * From a store to verified files.
 *
 * <p>Start at {@link dev.medzoo.zoo.load.VerifiedStore}, which believes no index that is older than
 * one seen before, expired, or not signed as demanded. {@link dev.medzoo.zoo.load.VerifiedArtifact}
 * checks every file against the manifest that the index names. {@link
 * dev.medzoo.zoo.load.ArtifactCache} keeps copies of what is fetched.
 */
@NullMarked
package dev.medzoo.zoo.load;

import org.jspecify.annotations.NullMarked;
