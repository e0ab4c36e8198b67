package dev.medzoo.serving.api;

import ai.djl.translate.TranslateException;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The format of one answer.
 *
 * @param form the chosen format
 * @param source instance that a DICOM object refers to; null for other formats
 * @param frame of the picture, from 1
 */
record NegotiatedFormat(ResponseFormat form, @Nullable SourceInstance source, int frame) {
    static final NegotiatedFormat JSON = new NegotiatedFormat(ResponseFormat.JSON, null, 1);

    /**
     * Chooses the best format that the file allows.
     *
     * @param possible formats, at least one
     * @throws RefusedException when only DICOM is accepted and the file is not a DICOM instance
     */
    static NegotiatedFormat of(
            AcceptedFormats forms,
            List<ResponseFormat> possible,
            byte[] file,
            PictureOptions options,
            Preparation preparation)
            throws RefusedException {
        ResponseFormat best = possible.get(0);
        if (!best.isDicom()) {
            return new NegotiatedFormat(best, null, 1);
        }
        try {
            return new NegotiatedFormat(best, preparation.source(file), options.frame().orElse(1));
        } catch (TranslateException e) {
            if (possible.size() > 1) {
                return new NegotiatedFormat(possible.get(1), null, 1);
            }
            throw forms.refuse("of a " + e.getMessage());
        }
    }
}
