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
record AnswerChoice(AnswerForm form, @Nullable SourceInstance source, int frame) {
    static final AnswerChoice JSON = new AnswerChoice(AnswerForm.JSON, null, 1);

    /**
     * The best of the forms that the file allows.
     *
     * @param possible of the forms, at least one
     * @throws RefusedException when only DICOM is taken and the file is not one to refer to
     */
    static AnswerChoice of(
            AnswerForms forms,
            List<AnswerForm> possible,
            byte[] file,
            PictureOptions options,
            Preparation preparation)
            throws RefusedException {
        AnswerForm best = possible.get(0);
        if (!best.isDicom()) {
            return new AnswerChoice(best, null, 1);
        }
        try {
            return new AnswerChoice(best, preparation.source(file), options.frame().orElse(1));
        } catch (TranslateException e) {
            if (possible.size() > 1) {
                return new AnswerChoice(possible.get(1), null, 1);
            }
            throw forms.refuse("of a " + e.getMessage());
        }
    }
}
