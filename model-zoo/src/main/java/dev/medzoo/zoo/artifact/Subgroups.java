package dev.medzoo.zoo.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Performance on kinds of patients or pictures (age, sex, skin tone, scanner), or why it is not
 * known.
 *
 * @param figures one entry per subgroup; empty if there are no figures
 * @param notAvailable why there are no figures, or null if there are
 */
public record Subgroups(List<Subgroup> figures, @Nullable String notAvailable) {

    /**
     * One subgroup of the test pictures.
     *
     * @param name such as {@code age 60 and above}
     * @param pictures how many
     * @param accuracy share of correctly classified pictures
     * @param balancedAccuracy mean recall of the classes that it has; null if not measured
     * @param auroc one-vs-rest AUROC of each class that it has; null if not measured
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
                    "subgroups: %d figures, notAvailable: %s (expected: figures, or the reason why there are none)"
                            .formatted(figures.size(), notAvailable));
        }
    }

    /** Creates one without figures, with the reason. */
    public static Subgroups notAvailable(String why) {
        return new Subgroups(List.of(), why);
    }
}
