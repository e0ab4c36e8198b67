package dev.medzoo.serving.api;

import ai.djl.translate.TranslateException;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of one answer.
 *
 * @param form that was chosen
 * @param source what an object of DICOM refers to; null where the answer is none
 * @param frame of the picture, from 1
 */
record NegotiatedFormat(ResponseFormat form, @Nullable SourceInstance source, int frame) {
    static final NegotiatedFormat JSON = new NegotiatedFormat(ResponseFormat.JSON, null, 1);

    /**
     * The best of the forms that the file allows.
     *
     * @param possible of the forms, at least one
     * @throws RefusedException when only DICOM is taken and the file is not one to refer to
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
