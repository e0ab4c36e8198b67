package dev.medzoo.serving.api;

import ai.djl.translate.TranslateException;
import dev.medzoo.serving.api.FormFields.Field;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.work.Picture;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.transform.NetworkInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The picture of a request: in a form the field {@code data} or the only one, in JSON as {@link
 * JsonPicture} reads it, else the body itself, whatever its type says. The worker extracts it,
 * since parsing a large form takes time. {@link PredictionParameters} has the decoding options.
 */
final class RequestPicture implements Picture {
    private static final String FIELD = "data";

    private final Request request;
    private final AcceptedFormats forms;
    private final int maxParts;
    private byte @Nullable [] file;
    private @Nullable FormFields form;
    private volatile NegotiatedFormat choice = NegotiatedFormat.JSON;

    RequestPicture(Request request, AcceptedFormats forms, int maxParts) {
        this.request = request;
        this.forms = forms;
        this.maxParts = maxParts;
    }

    @Override
    public NetworkInput prepare(Preparation preparation)
            throws TranslateException, RefusedException {
        byte[] found = file();
        PictureOptions options = options();
        List<ResponseFormat> possible = forms.possible(found);
        NetworkInput input = preparation.picture(found, options);
        choice = NegotiatedFormat.of(forms, possible, found, options, preparation);
        return input;
    }

    /** The format of the answer, known once the picture is preprocessed. */
    NegotiatedFormat choice() {
        return choice;
    }

    @Override
    public RgbPicture shown(Preparation preparation, int longest)
            throws TranslateException, RefusedException {
        byte[] found = file();
        return preparation.shown(found, options(), longest);
    }

    @Override
    public byte[] bytes() {
        try {
            return file();
        } catch (RefusedException e) {
            return new byte[0];
        }
    }

    private synchronized byte[] file() throws RefusedException {
        byte[] found = file;
        if (found == null) {
            form = FormFields.of(request, maxParts);
            found = find(form);
            file = found;
        }
        return found;
    }

    private synchronized PictureOptions options() throws RefusedException {
        return PredictionParameters.options(request, form);
    }

    private byte[] find(@Nullable FormFields parts) throws RefusedException {
        if (FormFields.type(request).equals(Reply.JSON)) {
            return JsonPicture.of(request.body());
        }
        if (parts == null) {
            return request.body();
        }
        List<Field> named =
                parts.fields().stream().filter(field -> field.name().equals(FIELD)).toList();
        List<Field> chosen = named.isEmpty() ? parts.fields() : named;
        if (chosen.size() != 1) {
            List<String> names = parts.fields().stream().map(Field::name).toList();
            throw new RefusedException(
                    Refusal.badRequest(
                            "multipart: parts %s (expected: complete, with one part named %s or a single part)"
                                    .formatted(names, FIELD)));
        }
        return chosen.get(0).value();
    }
}
