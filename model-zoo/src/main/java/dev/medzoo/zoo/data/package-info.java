/**
 * Folders of labelled pictures, as training reads them and the registry's gate judges them. Start
 * at {@link dev.medzoo.zoo.data.PictureManifest}; {@link dev.medzoo.zoo.data.SplitAudit} says what
 * is wrong with one.
 */
@NullMarked
package dev.medzoo.zoo.data;

import org.jspecify.annotations.NullMarked;
