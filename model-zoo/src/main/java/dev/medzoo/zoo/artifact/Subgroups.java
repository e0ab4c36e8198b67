package dev.medzoo.zoo.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How well a model does on kinds of patients or pictures (age, sex, skin tone, scanner), or why
 * nobody can say.
 *
 * @param figures one entry a subgroup; none where there are no figures
 * @param notAvailable why there are no figures, or null where there are
 */
public record Subgroups(List<Subgroup> figures, @Nullable String notAvailable) {

    /**
     * One subgroup of the test pictures.
     *
     * @param name such as {@code age 60 and above}
     * @param pictures how many
     * @param accuracy share of pictures whose label was named
     * @param balancedAccuracy mean recall of the classes that it has; null where nobody measured it
     * @param auroc of each class that it has against the rest; null where nobody measured it
     */
    public record Subgroup(
            String name,
            int pictures,
            Estimate accuracy,
            @Nullable Estimate balancedAccuracy,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Estimate> auroc) {
        public Subgroup {
            auroc = auroc == null ? null : Collections.unmodifiableMap(new TreeMap<>(auroc));
        }
    }

    public Subgroups {
        figures = List.copyOf(figures);
        boolean reason = notAvailable != null && !notAvailable.isBlank();
        if (figures.isEmpty() != reason) {
            throw new IllegalArgumentException(
                    "subgroups: %d figures, notAvailable: %s (expected: figures or why not)"
                            .formatted(figures.size(), notAvailable));
        }
    }

    /** No figures, and why. */
    public static Subgroups notAvailable(String why) {
        return new Subgroups(List.of(), why);
    }
}
