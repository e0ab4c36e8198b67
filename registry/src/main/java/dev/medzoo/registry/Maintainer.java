package dev.medzoo.registry;

import dev.medzoo.zoo.sign.SigningKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who changes a store.
 *
 * @param who as the history names them
 * @param key that signs what they do
 * @param validity after which readers want a newer index than theirs, or null when never
 * @param clock what time it is
 */
public record Maintainer(String who, SigningKey key, @Nullable Duration validity, Clock clock) {
    public Maintainer {
        if (who.isBlank()) {
            throw new IllegalArgumentException("who: blank (expected: a name)");
        }
        if (validity != null && (validity.isNegative() || validity.isZero())) {
            throw new IllegalArgumentException(
                    "validity: %s (expected: longer than nothing)".formatted(validity));
        }
    }

    /** Now, in whole seconds. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** When an index that is issued at that moment expires. */
    @Nullable Instant expiry(Instant issued) {
        return validity == null ? null : issued.plus(validity);
    }
}
