/**
 * A store as one file, for a site without a network: an OCI image layout in a tar. Start at {@link
 * dev.medzoo.registry.oci.OciTar}. Nothing here knows who vouches for a store: what comes out is
 * verified like any other store's files.
 */
@NullMarked
package dev.medzoo.registry.oci;

import org.jspecify.annotations.NullMarked;
