package dev.medzoo.serving.api;

import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.translate.decode.PictureOptions;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Named parameters of a prediction request, looked up in its query, headers, custom attributes and
 * form fields, in this order.
 */
final class PredictionParameters {
    /** Frame number of a DICOM file, from 1. */
    private static final String FRAME = "frame";

    /** Whether pictures with burned-in annotations are accepted. */
    private static final String BURNED_IN = "burned_in";

    private PredictionParameters() {}

    /** A value from outside the body, or null. */
    static @Nullable String outsideBody(Request request, String name) {
        String asked = request.parameter(name).orElse(request.head().headers().get(name));
        return asked == null ? CustomAttributes.of(request).get(name) : asked;
    }

    /**
     * How the picture is to be read.
     *
     * @param form parsed from the body, or null
     * @throws RefusedException when a value is invalid
     */
    static PictureOptions options(Request request, @Nullable FormFields form)
            throws RefusedException {
        return new PictureOptions(
                frame(value(request, form, FRAME)), flag(value(request, form, BURNED_IN)));
    }

    private static @Nullable String value(Request request, @Nullable FormFields form, String name) {
        String asked = outsideBody(request, name);
        return asked != null || form == null ? asked : form.text(name);
    }

    private static OptionalInt frame(@Nullable String text) throws RefusedException {
        if (text == null) {
            return OptionalInt.empty();
        }
        try {
            int frame = Integer.parseInt(text.strip());
            if (frame >= 1) {
                return OptionalInt.of(frame);
            }
        } catch (NumberFormatException e) {
            // Refused with the numbers that are too low.
        }
        throw refuse(FRAME, text, "a whole number from 1");
    }

    private static boolean flag(@Nullable String text) throws RefusedException {
        String flag = text == null ? "false" : text.strip();
        if (!flag.equals("true") && !flag.equals("false")) {
            throw refuse(BURNED_IN, flag, "true or false");
        }
        return flag.equals("true");
    }

    private static RefusedException refuse(String name, String seen, String expected) {
        return new RefusedException(
                Refusal.badRequest("%s: %s (expected: %s)".formatted(name, seen, expected)));
    }
}
