package dev.medzoo.serving.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a client may do. */
public enum Role {
    /** Request predictions and explanations. */
    PREDICT,

    /** Read metrics and the state of models. */
    OBSERVE,

    /** Everything: also change models, workers and the log level. */
    MANAGE;

    /** Whether this role grants the other one. */
    boolean includes(Role other) {
        return this == MANAGE || this == other;
    }

    /** The role's name in a tokens file, such as {@code manage}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role with that name, if there is one. */
    static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /** All names of roles. */
    static List<String> words() {
        return Arrays.stream(values()).map(Role::word).toList();
    }
}
