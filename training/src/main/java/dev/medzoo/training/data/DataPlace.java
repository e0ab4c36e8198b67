package dev.medzoo.training.data;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.data.DataSetCache;
import dev.medzoo.zoo.data.PictureManifest;
import dev.medzoo.zoo.store.CachedStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A data set that a recipe names, wherever it lies.
 *
 * @param name of its folder
 * @param address where the recipe says that it lies, or null
 */
public record DataPlace(String name, @Nullable DataAddress address) {

    /** Whether a recipe says of each where it lies. */
    public static boolean areAllAddressed(List<DataPlace> places) {
        return !places.isEmpty() && places.stream().allMatch(each -> each.address() != null);
    }

    /**
     * The folder on this machine that a training reads, with what lies elsewhere fetched and
     * verified.
     *
     * @param places of all data sets
     * @param location a data set's folder, the parent folder of several, or the address of either;
     *     null if the places say all
     * @param cache used if anything is elsewhere
     * @return a data set's folder or the parent folder of all
     * @throws IllegalArgumentException when a place is nowhere
     */
    public static Path local(
            List<DataPlace> places, @Nullable String location, Supplier<DataSetCache> cache)
            throws IOException, MalformedModelException {
        boolean isAddress = location != null && CachedStore.isAddress(location);
        if (places.stream().allMatch(each -> each.address() == null)) {
            String there = given(places, location);
            if (!isAddress) {
                return Path.of(there);
            }
            if (cache.get().isDataSet(there)) {
                return cache.get().fetch(name(there), there, null);
            }
            if (places.isEmpty()) {
                throw new IllegalArgumentException(
                        "data: %s has no %s (expected: the address of a data set)"
                                .formatted(there, PictureManifest.FILE));
            }
        }
        Map<String, Path> folders = new LinkedHashMap<>();
        for (DataPlace place : places) {
            DataAddress address = place.address();
            Path folder =
                    address != null
                            ? cache.get().fetch(place.name(), address.at(), address.sha256())
                            : isAddress
                                    ? cache.get()
                                            .fetch(
                                                    place.name(),
                                                    below(given(places, location), place.name()),
                                                    null)
                                    : Path.of(given(places, location)).resolve(place.name());
            folders.put(place.name(), folder);
        }
        return cache.get().sideBySide(folders);
    }

    private static String given(List<DataPlace> places, @Nullable String location) {
        if (location == null) {
            throw new IllegalArgumentException(
                    "--data: missing (expected: the folder or address of %s, as the recipe does not say where it lies)"
                            .formatted(
                                    places.stream()
                                            .filter(each -> each.address() == null)
                                            .map(DataPlace::name)
                                            .findFirst()
                                            .orElse("the data set")));
        }
        return location;
    }

    private static String below(String address, String name) {
        return address.endsWith("/") ? address + name : address + "/" + name;
    }

    /** A data set has the name of its folder, and in the top of a bucket that of the bucket. */
    private static String name(String address) {
        URI place = URI.create(address.replaceFirst("/+$", ""));
        String path = Objects.requireNonNullElse(place.getPath(), "");
        return path.isEmpty()
                ? Objects.requireNonNullElse(place.getAuthority(), "")
                : path.substring(path.lastIndexOf('/') + 1);
    }
}
