package dev.medzoo.zoo.sign;

import ai.djl.MalformedModelException;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.medzoo.zoo.format.Json;
import dev.medzoo.zoo.format.Sha256;
import java.util.List;
import java.util.Map;

/**
 * An in-toto statement: something of a type, said of one subject.
 *
 * @param type {@value #TYPE}
 * @param subject one
 * @param predicateType of what is said
 * @param predicate what is said
 */
record Statement(
        @JsonProperty("_type") String type,
        List<Subject> subject,
        String predicateType,
        Object predicate) {
    private static final String TYPE = "https://in-toto.io/Statement/v1";

    /**
     * What a statement is about. Fields that in-toto adds are passed over.
     *
     * @param digest algorithm to hexadecimal digits; {@code sha256} is among them
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Subject(String name, Map<String, String> digest) {
        Subject {
            digest = Map.copyOf(digest);
            Sha256.checkHex(digest.getOrDefault("sha256", "none"));
        }

        String sha256() {
            return digest.getOrDefault("sha256", "");
        }
    }

    Statement {
        if (!type.equals(TYPE)) {
            throw new IllegalArgumentException("_type: %s (expected: %s)".formatted(type, TYPE));
        }
        subject = List.copyOf(subject);
        if (subject.size() != 1) {
            throw new IllegalArgumentException(
                    "subject: %d (expected: one)".formatted(subject.size()));
        }
    }

    static Statement of(String name, String sha256, String predicateType, Object predicate) {
        Subject subject = new Subject(name, Map.of("sha256", sha256));
        return new Statement(TYPE, List.of(subject), predicateType, predicate);
    }

    /** Reads a statement, and refuses one that says something of another type. */
    static Statement read(Bundle bundle, String predicateType, String file, String where)
            throws MalformedModelException {
        Statement statement =
                Json.read(bundle.dsseEnvelope().statement(), Statement.class, file, where);
        if (!statement.predicateType().equals(predicateType)) {
            throw new MalformedModelException(
                    "%s: predicateType %s (expected: %s) in %s"
                            .formatted(file, statement.predicateType(), predicateType, where));
        }
        return statement;
    }

    /** The predicate as what its type says it is. */
    <T> T predicate(Class<T> type, String file, String where) throws MalformedModelException {
        return Json.read(Json.write(predicate), type, file, where);
    }

    Subject only() {
        return subject.get(0);
    }
}
