package dev.medzoo.training.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.data.PictureManifest.Row;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A recipe's use of one data set.
 *
 * @param name of its folder
 * @param address where on a network it lies; null for beside the others, where {@code --data} says
 * @param classes class names in this run, by those in the manifest; others keep their names
 * @param share of the sampled training pictures, relative to the other sets' shares; null for
 *     proportional to its size
 * @param splits to use; empty for all
 * @param leaveOut pictures to leave out
 * @param form size in pixels to which every picture is resized first, which restores the aspect
 *     ratio of a set stored squashed; null if it is right
 * @param subgroups subsets with figures of their own: a name, and a regular expression of the files
 *     as named in the manifest
 * @param licence of its pictures, or null for the card's
 * @param citation required with any use, or null for the card's
 */
public record DataSetUse(
        String name,
        @Nullable DataAddress address,
        Map<String, String> classes,
        @Nullable Double share,
        List<String> splits,
        LeaveOut leaveOut,
        @Nullable InputSize form,
        Map<String, Pattern> subgroups,
        @Nullable String licence,
        @Nullable String citation) {
    public DataSetUse {
        classes = Map.copyOf(classes);
        subgroups = Collections.unmodifiableMap(new TreeMap<>(subgroups));
        splits = List.copyOf(splits);
        if (share != null && !(share >= 0 && share <= 1e6)) {
            throw new IllegalArgumentException(
                    "share of %s: %s (expected: 0 or more)".formatted(name, share));
        }
    }

    /** Uses all of a data set unchanged. */
    public static DataSetUse all(String name) {
        return of(name, null, null, null, null, null, null, null, null, null, null);
    }

    /** Creates it from a recipe, which may omit all but the name. */
    @JsonCreator
    static DataSetUse of(
            @JsonProperty("name") String name,
            @JsonProperty("at") @Nullable String at,
            @JsonProperty("sha256") @Nullable String sha256,
            @JsonProperty("classes") @Nullable Map<String, String> classes,
            @JsonProperty("share") @Nullable Double share,
            @JsonProperty("splits") @Nullable List<String> splits,
            @JsonProperty("leaveOut") @Nullable LeaveOut leaveOut,
            @JsonProperty("form") @Nullable InputSize form,
            @JsonProperty("subgroups") @Nullable Map<String, Pattern> subgroups,
            @JsonProperty("licence") @Nullable String licence,
            @JsonProperty("citation") @Nullable String citation) {
        return new DataSetUse(
                name,
                DataAddress.of(name, at, sha256),
                classes == null ? Map.of() : classes,
                share,
                splits == null ? List.of() : splits,
                leaveOut == null ? LeaveOut.NOTHING : leaveOut,
                form,
                subgroups == null ? Map.of() : subgroups,
                licence,
                citation);
    }

    /** Where it lies. */
    public DataPlace place() {
        return new DataPlace(name, address);
    }

    /** Whether a folder is that of the data set, by its name. */
    public boolean isIn(Path folder) {
        return name.equals(String.valueOf(folder.toAbsolutePath().normalize().getFileName()));
    }

    /** Whether a picture is used. */
    boolean takes(Row row) {
        return (splits.isEmpty() || splits.contains(row.split())) && leaveOut.keeps(row);
    }

    /** A picture's class name in this run. */
    String label(Row row) {
        return classes.getOrDefault(row.label(), row.label());
    }
}
