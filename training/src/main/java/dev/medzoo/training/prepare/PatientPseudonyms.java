package dev.medzoo.training.prepare;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.dicom.DicomFile;
import dev.medzoo.translate.decode.dicom.SourceElement;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Pseudonyms for the patients of DICOM files: a keyed hash (HMAC with SHA-256) of patient id and
 * issuer. The key is random and never stored, so that nobody can find a patient by hashing all
 * possible ids.
 */
final class PatientPseudonyms {
    private static final String HASH = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int KEPT_BYTES = 8;

    private final SecretKeySpec key;

    PatientPseudonyms() {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, HASH);
    }

    /**
     * The pseudonym of a file's patient, or null if it is no DICOM file or names no patient.
     *
     * @param bytes of the whole file
     */
    @Nullable String of(byte[] bytes) {
        if (!DicomFile.begins(bytes)) {
            return null;
        }
        try {
            SourceInstance source = new PictureDecoder().source(bytes);
            String id = text(source, SourceElement.PATIENT_ID);
            return id.isEmpty()
                    ? null
                    : pseudonym(id + '\0' + text(source, SourceElement.ISSUER_OF_PATIENT_ID));
        } catch (TranslateException e) {
            return null;
        }
    }

    /** Converts bytes one by one: equal values stay equal in any character set. */
    private static String text(SourceInstance source, SourceElement element) {
        return new String(source.value(element), StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
    }

    private String pseudonym(String patient) {
        try {
            Mac mac = Mac.getInstance(HASH);
            mac.init(key);
            byte[] hash = mac.doFinal(patient.getBytes(StandardCharsets.ISO_8859_1));
            return "patient-" + HexFormat.of().formatHex(hash, 0, KEPT_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HASH, e);
        }
    }
}
