package dev.medzoo.zoo.network;

import java.util.List;

/**
 * The mirror images over which a network may average its output.
 *
 * @param across whether left and right are swapped
 * @param down whether top and bottom are swapped
 */
public record FlipViews(boolean across, boolean down) {
    /** All views, in the order in which {@link Network} computes them. */
    public static final List<FlipViews> ALL =
            List.of(
                    new FlipViews(false, false),
                    new FlipViews(true, false),
                    new FlipViews(false, true),
                    new FlipViews(true, true));

    /**
     * Mirrors a map to this view; applied twice it gives the map again.
     *
     * @param map row-major, {@code width * height} numbers, or several one after another
     */
    public float[] of(float[] map, int width, int height) {
        float[] turned = new float[map.length];
        int area = width * height;
        for (int i = 0; i < map.length; i++) {
            int x = i % width;
            int y = i % area / width;
            int column = across ? width - 1 - x : x;
            int row = down ? height - 1 - y : y;
            turned[i - i % area + row * width + column] = map[i];
        }
        return turned;
    }
}
