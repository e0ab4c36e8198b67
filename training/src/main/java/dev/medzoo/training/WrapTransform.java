package dev.medzoo.training;

import dev.medzoo.training.recipe.Yaml;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.Interpolation;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.network.graph.GraphConfig.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pre-processing for a foreign network: one file, or separate options.
 *
 * @param file YAML or JSON as {@code reading.transform} of {@code artifact.json}, or null
 * @param fit what the resize keeps, or null for {@code squash}
 * @param resize size before the crop, or null for the input's
 * @param crop the input's size, or null for that of the graph
 * @param interpolation of the resize, or null for {@code bilinear}
 * @param mean of each channel on the scale [0, 1]; required without a file
 * @param deviation of each channel on that scale; required without a file
 */
public record WrapTransform(
        @Nullable Path file,
        Transform.@Nullable Fit fit,
        @Nullable InputSize resize,
        @Nullable InputSize crop,
        @Nullable Interpolation interpolation,
        @Nullable List<Double> mean,
        @Nullable List<Double> deviation) {

    /**
     * Creates the transform.
     *
     * @param input shape of the graph's input, -1 for a dynamic dimension
     * @throws IllegalArgumentException when parts are missing or given twice
     */
    Transform of(List<Long> input) throws IOException {
        if (file != null) {
            if (!parts().isEmpty()) {
                throw new IllegalArgumentException(
                        "--transform: given with %s (expected: one or the other)"
                                .formatted(parts()));
            }
            return Yaml.parse(Wrap.text(file), "transform " + file, Transform.class);
        }
        if (mean == null || deviation == null) {
            throw new IllegalArgumentException(
                    "transform: not given (expected: --transform FILE, or --mean and --deviation,"
                            + " as the network was trained)");
        }
        InputSize size = crop == null ? size(input) : crop;
        return new Transform(
                fit == null ? Transform.Fit.SQUASH : fit,
                resize == null ? size : resize,
                size,
                interpolation == null ? Interpolation.BILINEAR : interpolation,
                mean,
                deviation);
    }

    private static InputSize size(List<Long> input) {
        boolean isFirst = GraphSignatureFinder.layout(input) == Layout.NCHW;
        long height = input.get(isFirst ? 2 : 1);
        long width = input.get(isFirst ? 3 : 2);
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "input: shape %s (expected: a height and a width, or --crop)".formatted(input));
        }
        return new InputSize((int) width, (int) height);
    }

    private List<String> parts() {
        return words().stream()
                .filter(word -> word.startsWith("--") && !word.equals("--transform"))
                .toList();
    }

    /** The options as on a command line. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        add(words, "--transform", file == null ? null : String.valueOf(file.getFileName()));
        add(words, "--fit", fit);
        add(words, "--resize", resize);
        add(words, "--crop", crop);
        add(words, "--interpolation", interpolation);
        add(words, "--mean", text(mean));
        add(words, "--deviation", text(deviation));
        return words;
    }

    private static @Nullable String text(@Nullable List<Double> numbers) {
        return numbers == null
                ? null
                : numbers.stream().map(Objects::toString).collect(Collectors.joining(","));
    }

    private static void add(List<String> words, String option, @Nullable Object value) {
        if (value != null) {
            words.add(option);
            words.add(value.toString().toLowerCase(Locale.ROOT));
        }
    }
}
