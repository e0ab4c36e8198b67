package dev.medzoo.translate;

import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.ndarray.BytesSupplier;
import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.finding.ClassProbability;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.Json;
import dev.medzoo.translate.finding.ModelIdentity;
import dev.medzoo.translate.transform.NetworkInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/**
 * Implements the contract of stock DJL Serving: bytes of a picture in, JSON out. The response is
 * DJL's list of classes, the most probable first, or the whole finding if the request accepts
 * {@link Finding#MEDIA_TYPE}.
 *
 * <p>DJL fails a whole batch, and so every client's request in it, when one picture cannot be read.
 * Here only that picture's request gets 400, in DJL Serving's error format, and the others run.
 */
final class ServingTranslator implements Translator<Input, Output> {
    private static final String JSON = "application/json";
    private static final int BAD_REQUEST = 400;

    private final FindingTranslator translator;
    private final PictureDecoder decoder;

    ServingTranslator(FindingTranslator translator, PictureDecoder decoder) {
        this.translator = translator;
        this.decoder = decoder;
    }

    @Override
    public void prepare(TranslatorContext ctx) {
        PredictorArrays.keep(ctx);
    }

    @Override
    public Batchifier getBatchifier() {
        return translator.getBatchifier();
    }

    /**
     * A single unreadable picture throws, and DJL Serving sets its configured status. In a batch,
     * unreadable pictures are left out and remembered for post-processing.
     */
    @Override
    public NDList batchProcessInput(TranslatorContext ctx, List<Input> inputs)
            throws TranslateException {
        List<NDList> pictures = new ArrayList<>();
        Refused refused = new Refused();
        for (Input input : inputs) {
            try {
                pictures.add(processInput(ctx, input));
            } catch (TranslateException e) {
                if (inputs.size() == 1) {
                    throw e;
                }
                refused.put(pictures.size() + refused.size(), e);
            }
        }
        ctx.setAttachment("refused", refused);
        // DJL runs no network for an empty list.
        return pictures.isEmpty()
                ? new NDList()
                : getBatchifier().batchify(pictures.toArray(NDList[]::new));
    }

    @Override
    public List<Output> batchProcessOutput(TranslatorContext ctx, NDList batch)
            throws JsonProcessingException, NotFiniteException {
        List<Output> outputs = new ArrayList<>();
        NDList[] answered = batch.isEmpty() ? new NDList[0] : getBatchifier().unbatchify(batch);
        for (NDList each : answered) {
            outputs.add(processOutput(ctx, each));
        }
        if (ctx.getAttachment("refused") instanceof Refused refused) {
            for (Map.Entry<Integer, TranslateException> each : refused.entrySet()) {
                outputs.add(each.getKey(), refusal(each.getValue()));
            }
        }
        return outputs;
    }

    /** The response that DJL Serving gives when a single request cannot be translated. */
    private static Output refusal(TranslateException e) throws JsonProcessingException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", BAD_REQUEST);
        fields.put("type", TranslateException.class.getSimpleName());
        fields.put("message", e.getMessage());
        Output output = new Output(BAD_REQUEST, "Bad Request");
        output.add(BytesSupplier.wrap(Json.MAPPER.writeValueAsString(fields)));
        output.addProperty("Content-Type", JSON);
        return output;
    }

    @Override
    public NDList processInput(TranslatorContext ctx, Input input) throws TranslateException {
        if (property(input, "Content-Type").startsWith(JSON)) {
            throw new TranslateException(
                    "picture: JSON (expected: the bytes of the picture; image_url is refused, as"
                            + " URLs are never fetched)");
        }
        BytesSupplier data = input.getData();
        if (data == null) {
            throw new TranslateException("picture: no data (expected: the bytes of the picture)");
        }
        NetworkInput picture = translator.prepared(decoder, data.getAsBytes());
        wishes(ctx).add(property(input, "Accept").contains(Finding.MEDIA_TYPE));
        return translator.input(ctx, picture);
    }

    @Override
    public Output processOutput(TranslatorContext ctx, NDList outputs)
            throws JsonProcessingException, NotFiniteException {
        Finding finding = translator.processOutput(ctx, outputs);
        boolean isFindingAccepted = wishes(ctx).remove();
        Output output = new Output();
        output.add(BytesSupplier.wrap(isFindingAccepted ? finding.toJson() : classes(finding)));
        output.addProperty("Content-Type", isFindingAccepted ? Finding.MEDIA_TYPE : JSON);
        ModelIdentity model = finding.model();
        Finding.warnings(List.of(finding)).forEach(output::addProperty);
        output.addProperty("x-medzoo-model", model.name() + "/" + model.version());
        output.addProperty("x-medzoo-digest", model.digest());
        return output;
    }

    /** DJL's shape: {@code [{"className": …, "probability": …}, …]}. */
    private static String classes(Finding finding) throws JsonProcessingException {
        List<Map<String, Object>> classes =
                finding.probabilities().stream().map(ServingTranslator::djlClass).toList();
        return Json.MAPPER.writeValueAsString(classes);
    }

    private static Map<String, Object> djlClass(ClassProbability each) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("className", each.label());
        fields.put("probability", each.probability());
        return fields;
    }

    /** A header of the request in lower case; empty where it is absent. */
    private static String property(Input input, String name) {
        return input.getProperty(name, "").toLowerCase(Locale.ROOT);
    }

    /** The unreadable pictures of a batch, by index. */
    private static final class Refused extends TreeMap<Integer, TranslateException> {
        private static final long serialVersionUID = 1L;
    }

    /** Whether each request of a batch accepts the whole finding. */
    private static Queue<Boolean> wishes(TranslatorContext ctx) {
        return BatchQueue.of(ctx, "wishes");
    }
}
