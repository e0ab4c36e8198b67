package dev.medzoo.benchmarks.pictures;

import java.util.ArrayList;
import java.util.List;

/** Every format with every trick that we know of, drawn by code, the same each time. */
public final class HostilePictures {
    private HostilePictures() {}

    /**
     * All of them.
     *
     * @param pixels that most of them have or claim
     */
    public static List<HostilePicture> of(long pixels) {
        List<HostilePicture> all = new ArrayList<>();
        all.addAll(new HostileJpegs(pixels).all());
        all.addAll(new HostilePngs(pixels).all());
        all.addAll(new HostileTurnings(pixels).all());
        all.addAll(new HostileTiffs(pixels).all());
        all.addAll(new HostileFaxes(pixels).all());
        all.addAll(new HostileGifs(pixels).all());
        all.addAll(new HostileBmps(pixels).all());
        all.addAll(new HostileWebps(pixels).all());
        all.addAll(new HostileDicoms(pixels).all());
        return List.copyOf(all);
    }
}
