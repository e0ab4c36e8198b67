package dev.medzoo.serving.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a caller may ask for. */
public enum Role {
    /** Findings on pictures. */
    PREDICT,

    /** Metrics, and at which level the server logs. */
    OBSERVE,

    /** Everything: to change models, workers and the log's level too. */
    MANAGE;

    /** Whether who has this role may do what that one is for. */
    boolean includes(Role other) {
        return this == MANAGE || this == other;
    }

    /** As it stands in a file of tokens, such as {@code manage}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that word, if there is one. */
    static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /** What {@link #word} may be. */
    static List<String> words() {
        return Arrays.stream(values()).map(Role::word).toList();
    }
}
