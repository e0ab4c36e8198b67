package dev.medzoo.zoo.artifact;

import ai.djl.MalformedModelException;
import ai.djl.modality.cv.translator.ImageClassificationTranslatorFactory;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.Interpolation;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.network.GraphSignature;
import dev.medzoo.zoo.network.graph.GraphConfig;
import dev.medzoo.zoo.onnx.PlainGraph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Exports an artifact as a folder that DJL loads with its own engine {@code OnnxRuntime} and its
 * own translator, without any class of this project: {@code model.onnx}, {@code
 * serving.properties}, {@code synset.txt}. It outputs calibrated probabilities and nothing else of
 * a finding. It is not verified when loaded. DJL's resize differs from ours, so that pictures of
 * another size than the input's give other numbers.
 */
public final class DjlFolder {
    private DjlFolder() {}

    /**
     * Writes one.
     *
     * @param folder new or empty
     * @throws MalformedModelException when the weights are not the network's
     * @throws IllegalArgumentException for a transform that DJL's translator cannot express
     */
    public static void write(ArtifactContent content, Path folder)
            throws IOException, MalformedModelException {
        Artifact artifact = content.artifact();
        byte[] properties = properties(artifact.reading().transform());
        byte[] graph = graph(artifact, OnnxExport.of(content));
        Files.createDirectories(folder);
        Files.write(folder.resolve(ArtifactFiles.ONNX), graph);
        Files.write(folder.resolve(ArtifactFiles.SERVING_PROPERTIES), properties);
        Files.write(
                folder.resolve(ArtifactFiles.SYNSET),
                ArtifactFiles.synset(artifact.reading().labels()));
    }

    private static byte[] graph(Artifact artifact, byte[] file) {
        GraphSignature ends = GraphSignature.of(artifact.network());
        Reading reading = artifact.reading();
        return PlainGraph.of(
                file,
                ends.outputs().get(0),
                reading.labels().size(),
                ends.isChannelsLast(),
                ends.isProbabilities() ? GraphConfig.LEAST_PROBABILITY : 0,
                reading.temperature());
    }

    static byte[] properties(Transform transform) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("engine", "OnnxRuntime");
        properties.put("application", "cv/image_classification");
        properties.put("translatorFactory", ImageClassificationTranslatorFactory.class.getName());
        properties.put("width", Integer.toString(transform.crop().width()));
        properties.put("height", Integer.toString(transform.crop().height()));
        addSteps(properties, transform);
        properties.put(
                "normalize",
                Stream.concat(transform.mean().stream(), transform.deviation().stream())
                        .map(number -> Float.toString(number.floatValue()))
                        .collect(Collectors.joining(",")));
        List<String> lines = new ArrayList<>();
        properties.forEach((key, value) -> lines.add(key + "=" + value + "\n"));
        return String.join("", lines).getBytes(StandardCharsets.UTF_8);
    }

    private static void addSteps(Map<String, String> properties, Transform transform) {
        if (transform.colour() != null) {
            throw new IllegalArgumentException(
                    "transform: colour %s (expected: none, as DJL's own translator has no colour step)"
                            .formatted(transform.colour()));
        }
        boolean isSquare = transform.resize().width() == transform.resize().height();
        boolean isCover = transform.fit() == Transform.Fit.COVER;
        if (isCover && !isSquare) {
            throw new IllegalArgumentException(
                    "transform: cover of %s (expected: a square, as DJL's own translator only resizes the shorter side)"
                            .formatted(transform.resize()));
        }
        String by = transform.interpolation() == Interpolation.BICUBIC ? ",BICUBIC" : ",BILINEAR";
        if (isCover) {
            properties.put("resizeShort", transform.resize().width() + ",-1" + by);
        } else {
            properties.put(
                    "resize", transform.resize().width() + "," + transform.resize().height() + by);
        }
        if (isCover || !transform.resize().equals(transform.crop())) {
            properties.put("centerCrop", "true");
        }
    }
}
