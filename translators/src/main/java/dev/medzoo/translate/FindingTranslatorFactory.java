package dev.medzoo.translate;

import ai.djl.Model;
import ai.djl.modality.Classifications;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDList;
import ai.djl.translate.PostProcessor;
import ai.djl.translate.PreProcessor;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.Pair;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.Json;
import dev.medzoo.translate.finding.ModelIdentity;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.NetworkInput;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Creates translators for medzoo models. DJL finds it by its class name in {@code
 * serving.properties}. Use the output {@link Finding} wherever a label is shown to anybody. DJL's
 * {@link Classifications} cannot say that the picture is out of distribution or that the model
 * abstains: an unreliable label looks like any other.
 *
 * <p>Inputs: an {@link Image}; a {@link Path}, {@link URL}, {@link InputStream} or {@code byte[]}
 * of a picture file; or a {@link NetworkInput} made by a {@link Preparation}. Outputs: a {@link
 * Finding} or DJL's {@link Classifications}. Stock DJL Serving uses ({@link Input}, {@link
 * Output}).
 *
 * <p>Files are decoded by {@link PictureDecoder}, with its limits, and not by DJL's own picture
 * library. The translator reads its settings from two properties of the loaded {@link Model}.
 */
public final class FindingTranslatorFactory implements TranslatorFactory {
    /** The model property that holds the text of {@code artifact.json}. */
    public static final String ARTIFACT_PROPERTY = "medzoo.artifact";

    /** The model property that holds the digest of the artifact's manifest. */
    public static final String DIGEST_PROPERTY = "medzoo.digest";

    private static final Pair<Type, Type> SERVING = new Pair<>(Input.class, Output.class);

    /** Reads the bytes of a picture file from one type of source. */
    private interface Source<I> {
        byte[] bytes(I source) throws TranslateException;
    }

    private static final Map<Type, Source<?>> SOURCES =
            Map.of(
                    Path.class, (Source<Path>) PictureBytes::of,
                    URL.class, (Source<URL>) PictureBytes::of,
                    InputStream.class, (Source<InputStream>) PictureBytes::of,
                    byte[].class, (Source<byte[]>) bytes -> bytes);

    private static final Set<Pair<Type, Type>> SUPPORTED = supported();

    /** {@link #SUPPORTED} in words. */
    private static final String TYPES =
            "Image, Path, URL, InputStream, byte[] or NetworkInput to Finding or Classifications, or Input to Output";

    private final PictureDecoder decoder = new PictureDecoder();

    /** Creates a factory and turns DJL's usage reports off, unless a program has enabled them. */
    public FindingTranslatorFactory() {
        EngineDefaults.setNoReport();
    }

    @Override
    public Set<Pair<Type, Type>> getSupportedTypes() {
        return SUPPORTED;
    }

    private static Set<Pair<Type, Type>> supported() {
        Set<Pair<Type, Type>> types = new HashSet<>();
        types.add(SERVING);
        for (Type output : Set.of(Finding.class, Classifications.class)) {
            types.add(new Pair<>(Image.class, output));
            types.add(new Pair<>(NetworkInput.class, output));
            SOURCES.keySet().forEach(source -> types.add(new Pair<>(source, output)));
        }
        return Set.copyOf(types);
    }

    /**
     * Whether a pair is one of {@link #getSupportedTypes}. Checked here because DJL's own error
     * does not name the supported pairs.
     *
     * @return {@code false} for {@code NDList}s, which DJL's own translator takes
     * @throws IllegalArgumentException for any other pair
     */
    @Override
    public boolean isSupported(Class<?> input, Class<?> output) {
        if (isOneOf(input, output)) {
            EngineDefaults.setOneThread();
            return true;
        }
        if (input == NDList.class && output == NDList.class) {
            return false;
        }
        throw new IllegalArgumentException(refusal(input, output));
    }

    /** Whether a pair is one of {@link #getSupportedTypes}. */
    public static boolean isOneOf(Class<?> input, Class<?> output) {
        return SUPPORTED.contains(new Pair<>(input, output));
    }

    /** Error message for an unsupported pair; lists the supported ones. */
    public static String refusal(Class<?> input, Class<?> output) {
        return "types: %s to %s (expected: %s)"
                .formatted(input.getSimpleName(), output.getSimpleName(), TYPES);
    }

    /**
     * A translator for one pair of {@link #getSupportedTypes}.
     *
     * @throws TranslateException if the model was not loaded as a medzoo artifact
     * @throws IllegalArgumentException if the pair is not supported
     */
    @Override
    @SuppressWarnings("unchecked") // the casts hold for every pair that passes the check
    public <I, O> Translator<I, O> newInstance(
            Class<I> input, Class<O> output, Model model, Map<String, ?> arguments)
            throws TranslateException {
        if (!isOneOf(input, output)) {
            throw new IllegalArgumentException(refusal(input, output));
        }
        FindingTranslator base = translator(model);
        if (output == Output.class) {
            return (Translator<I, O>) new ServingTranslator(base, decoder);
        }
        PreProcessor<?> before = preProcessor(input, base);
        PostProcessor<?> after = output == Finding.class ? base : classifying(base);
        return new PictureTranslator<>(
                (PreProcessor<I>) before, (PostProcessor<O>) after, base.getBatchifier());
    }

    private PreProcessor<?> preProcessor(Class<?> input, FindingTranslator base) {
        if (input == NetworkInput.class) {
            return (PreProcessor<NetworkInput>) base::input;
        }
        Source<?> source = SOURCES.get(input);
        return source == null ? base : reading(source, base);
    }

    private <I> PreProcessor<I> reading(Source<I> source, FindingTranslator base) {
        return (ctx, input) -> base.input(ctx, base.prepared(decoder, source.bytes(input)));
    }

    private static PostProcessor<Classifications> classifying(FindingTranslator base) {
        return (ctx, outputs) -> base.processOutput(ctx, outputs).toClassifications();
    }

    /** The part of {@code artifact.json} that a translator needs. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Described(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String version,
            @JsonProperty(required = true) Reading reading) {}

    static FindingTranslator translator(Model model) throws TranslateException {
        String artifact = property(model, ARTIFACT_PROPERTY);
        String digest = property(model, DIGEST_PROPERTY);
        try {
            Described json = Json.MAPPER.readValue(artifact, Described.class);
            ModelIdentity identity = new ModelIdentity(json.name(), json.version(), digest);
            return new FindingTranslator(identity, json.reading());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new TranslateException(
                    "artifact.json: unusable in " + model.getName() + " (" + e.getMessage() + ")",
                    e);
        }
    }

    private static String property(Model model, String name) throws TranslateException {
        String value = model.getProperty(name);
        if (value == null) {
            throw new TranslateException(
                    "model property %s: missing in %s (expected: a model loaded as a medzoo artifact)"
                            .formatted(name, model.getName()));
        }
        return value;
    }
}
