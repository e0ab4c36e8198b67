/**
 * Folders of labelled pictures, used by training and by the registry's gate. Start at {@link
 * dev.medzoo.zoo.data.PictureManifest}; {@link dev.medzoo.zoo.data.SplitAudit} finds the faults of
 * one.
 */
@NullMarked
package dev.medzoo.zoo.data;

import org.jspecify.annotations.NullMarked;
