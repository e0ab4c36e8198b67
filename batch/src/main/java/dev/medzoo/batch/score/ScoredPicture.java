package dev.medzoo.batch.score;

import dev.medzoo.translate.finding.Finding;
import org.jspecify.annotations.Nullable;

/**
 * What a row says of a picture.
 *
 * @param file that it is, or is in
 * @param entry its name in that file; null for a picture file
 * @param sha256 of its bytes, 64 hexadecimal digits; null if they cannot be read
 * @param finding of the model; null if there is none
 * @param error why there is none; null if there is one
 */
record ScoredPicture(
        String file,
        @Nullable String entry,
        @Nullable String sha256,
        @Nullable Finding finding,
        @Nullable String error) {}
