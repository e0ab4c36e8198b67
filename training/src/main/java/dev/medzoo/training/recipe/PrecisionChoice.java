package dev.medzoo.training.recipe;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Resolves {@code precision: auto} for a device of this machine. bfloat16 pays off only on a
 * processor with AMX: there it was 1.9 times as fast as float32. On AMD's Zen 4, which has
 * AVX512_BF16, it was half as fast, and on a processor without either twenty times slower.
 *
 * @param precision never {@link Recipe.Precision#AUTO}
 * @param reason the rest of a sentence that begins with "as"
 */
public record PrecisionChoice(Recipe.Precision precision, String reason) {
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    /**
     * The variable that keeps oneDNN, which computes the convolutions, from using newer kernels.
     */
    private static final String ONEDNN = "ONEDNN_MAX_CPU_ISA";

    private static final String AMX = "amx_bf16";

    /** An entry on a line of its own, in YAML or JSON. */
    private static final Pattern AUTO =
            Pattern.compile(
                    "(?im)^([ \\t]*[\"']?precision[\"']?[ \\t]*:[ \\t]*)[\"']?auto[\"']?(?=[ \\t]*(?:,|#.*)?\\r?$)");

    /** The choice for a device. */
    public static PrecisionChoice on(Device device) {
        return device.isGpu()
                ? new PrecisionChoice(
                        Recipe.Precision.FLOAT32, "a GPU computes float32 in TF32 already")
                : ofProcessor(flags(), System.getenv(ONEDNN));
    }

    static PrecisionChoice ofProcessor(Set<String> flags, @Nullable String newest) {
        if (!flags.contains(AMX)) {
            return new PrecisionChoice(
                    Recipe.Precision.FLOAT32, "this processor is not known to have " + AMX);
        }
        if (newest != null && !newest.toUpperCase(Locale.ROOT).matches(".*AMX.*|DEFAULT|ALL|")) {
            return new PrecisionChoice(
                    Recipe.Precision.FLOAT32,
                    "%s=%s keeps %s from being used".formatted(ONEDNN, newest, AMX));
        }
        return new PrecisionChoice(Recipe.Precision.BFLOAT16, "this processor has " + AMX);
    }

    /** Processor flags as Linux reports them; empty on other systems. */
    private static Set<String> flags() {
        if (!Files.isReadable(PROCESSOR)) {
            return Set.of();
        }
        try {
            return Files.readAllLines(PROCESSOR).stream()
                    .filter(line -> line.startsWith("flags"))
                    .limit(1)
                    .flatMap(line -> Arrays.stream(line.split("\\s+", -1)))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            return Set.of();
        }
    }

    /**
     * Replaces {@code auto} by this precision in the text of a recipe or plan. The result is used
     * for training and stored in the card.
     */
    public String settle(String text) {
        String name = precision.name().toLowerCase(Locale.ROOT);
        boolean isJson = text.stripLeading().startsWith("{");
        String value = isJson ? "\"" + name + "\"" : name;
        return AUTO.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(value));
    }

    /**
     * Explains which precision is used and why.
     *
     * @param text of the recipe as its author wrote it
     * @param used resolved precision; null for float32
     * @throws IllegalArgumentException when that is still {@code auto}
     */
    public String message(String text, Recipe.@Nullable Precision used) {
        if (used == Recipe.Precision.AUTO) {
            throw new IllegalArgumentException("precision: auto (expected: on a line of its own)");
        }
        boolean isNarrow = used == Recipe.Precision.BFLOAT16;
        String said = "precision: " + (isNarrow ? "bfloat16" : "float32");
        if (!settle(text).equals(text)) {
            return said + ", as " + reason;
        }
        return isNarrow && precision == Recipe.Precision.FLOAT32
                ? "%s, as the recipe says, though %s; float32, or auto, may be many times faster"
                        .formatted(said, reason)
                : said + ", as the recipe says";
    }
}
