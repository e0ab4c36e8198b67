package dev.medzoo.registry;

import dev.medzoo.zoo.sign.SigningKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The author of a change.
 *
 * @param who name in the history
 * @param key that signs the changes
 * @param validity time until an index expires, or null for never
 * @param clock current time
 */
public record Maintainer(String who, SigningKey key, @Nullable Duration validity, Clock clock) {
    public Maintainer {
        if (who.isBlank()) {
            throw new IllegalArgumentException("who: blank (expected: a name)");
        }
        if (validity != null && (validity.isNegative() || validity.isZero())) {
            throw new IllegalArgumentException(
                    "validity: %s (expected: above zero)".formatted(validity));
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
