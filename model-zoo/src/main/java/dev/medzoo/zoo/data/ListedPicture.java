package dev.medzoo.zoo.data;

import dev.medzoo.zoo.data.PictureManifest.Row;
import java.nio.file.Path;

/**
 * A picture on a line of a manifest.
 *
 * @param manifest that lists it
 * @param row of the manifest
 */
public record ListedPicture(PictureManifest manifest, Row row) {

    /** Its file. */
    public Path path() {
        return manifest.file(row);
    }

    /** Which line of which manifest, such as {@code moles/manifest.csv line 8}. */
    public String where() {
        return manifest.where(row.line());
    }
}
