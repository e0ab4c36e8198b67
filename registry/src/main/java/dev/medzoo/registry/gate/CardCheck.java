package dev.medzoo.registry.gate;

import ai.djl.MalformedModelException;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The card says all that a person must know, by its schema. */
final class CardCheck implements Check {
    private static final String FILE = "card.schema.json";
    private static final Schema SCHEMA = schema();

    @Override
    public String name() {
        return "card";
    }

    @Override
    public String expected(Subject subject) {
        return "valid by " + FILE + "";
    }

    @Override
    public String remedy() {
        return "add the missing text with medzoo card CANDIDATE; medzoo train writes the fields"
                + " that have no option";
    }

    @Override
    public Seen look(Subject subject) throws MalformedModelException {
        byte[] card = subject.content().file(ArtifactFiles.CARD);
        String json = new String(card, StandardCharsets.UTF_8);
        List<Error> errors = SCHEMA.validate(json, InputFormat.JSON);
        List<String> faults =
                errors.stream()
                        .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                        .map(String::strip)
                        .distinct()
                        .toList();
        boolean unscored = faults.stream().anyMatch(fault -> fault.startsWith("/metrics"));
        Seen seen = Seen.of(faults, "complete");
        return unscored
                ? Seen.bad(
                        seen.text(),
                        "run medzoo evaluate CANDIDATE --data DIR with --split val, then"
                                + " with --split test")
                : seen;
    }

    private static Schema schema() {
        try (InputStream in = Objects.requireNonNull(CardCheck.class.getResourceAsStream(FILE))) {
            SchemaRegistryConfig inEnglish =
                    SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build();
            return SchemaRegistry.withDefaultDialect(
                            SpecificationVersion.DRAFT_2020_12,
                            registry -> registry.schemaRegistryConfig(inEnglish))
                    .getSchema(in, InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
