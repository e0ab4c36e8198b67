package dev.medzoo.training.prepare;

import ai.djl.translate.TranslateException;
import dev.medzoo.training.prepare.Listing.Entry;
import dev.medzoo.translate.PictureBytes;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.zoo.data.Fingerprint;
import dev.medzoo.zoo.format.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A picture that was read.
 *
 * @param entry of the listing
 * @param sha256 of the file, in hexadecimal; empty if it could not be read
 * @param print fingerprint for near-duplicate detection; null if it is no picture
 * @param patient pseudonym of a DICOM file's patient; null for none
 * @param fault why it is unusable; null for a good picture
 */
record ReadPicture(
        Entry entry,
        String sha256,
        @Nullable Fingerprint print,
        @Nullable String patient,
        @Nullable String fault) {

    /** Reads a picture. */
    static ReadPicture of(Entry entry, PatientPseudonyms patients) {
        try {
            byte[] bytes = PictureBytes.of(entry.path());
            Fingerprint print = Fingerprint.of(new PictureDecoder().decode(bytes));
            return new ReadPicture(entry, Sha256.hex(bytes), print, patients.of(bytes), null);
        } catch (TranslateException e) {
            return new ReadPicture(entry, "", null, null, String.valueOf(e.getMessage()));
        }
    }

    /** Whether two pictures are near-duplicates. */
    boolean isNear(ReadPicture other) {
        return print != null && other.print != null && print.isNear(other.print);
    }
}
