package dev.medzoo.registry.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.MalformedModelException;
import ai.djl.repository.zoo.ModelNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a store, an artifact or a tar can be made to attack with, and the message that refuses it.
 * The table of all of them is written to {@code target/attacks.md}.
 */
@Tag("slow")
class AttacksTest {
    @TempDir static Path below;

    private static final List<String> table = new ArrayList<>();

    static Stream<Attack> attacks() throws Exception {
        return Stream.of(
                        NameAttacks.of(below),
                        ArtifactAttacks.of(below),
                        WeightAttacks.of(below),
                        JarAttacks.of(below),
                        TarAttacks.of(below),
                        TrustAttacks.of(below))
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isRefused(Attack attack) {
        Throwable refusal = catchThrowable(attack.act());
        assertThat(refusal)
                .isInstanceOfAny(
                        MalformedModelException.class,
                        ModelNotFoundException.class,
                        IllegalArgumentException.class,
                        IOException.class)
                .message()
                .matches(
                        Pattern.compile(
                                Stream.of(attack.message().split("…", -1))
                                        .map(Pattern::quote)
                                        .collect(Collectors.joining(".*")),
                                Pattern.DOTALL));
        table.add("| %s | `%s` |%n".formatted(attack.what(), shown(refusal.getMessage())));
    }

    /** As a document can quote it: no folder of this machine, no digest in full, one line. */
    private static String shown(String message) {
        return message.replaceAll(Pattern.quote(below.toString()) + "/[^/ ]*", "STORE")
                .replaceAll("([0-9a-f]{8})[0-9a-f]{56}", "$1…")
                .replaceAll("\\s+", " ")
                .replace("|", "\\|");
    }

    @AfterAll
    static void writeTable() throws IOException {
        String head = "| attack | refused by |%n|---|---|%n".formatted();
        Files.writeString(Path.of("target/attacks.md"), head + String.join("", table));
    }
}
