package qupath.lib.scripting;

import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import qupath.lib.objects.PathObjects;
import qupath.lib.objects.PathObjects.Tile;
import qupath.lib.regions.RegionRequest;

/** Stands in for what QuPath's scripts see: an open image, a selection, and the objects made. */
public final class QP {
    private static @Nullable Server server;
    private static @Nullable Tile selected;
    private static final List<Tile> added = new ArrayList<>();

    private QP() {}

    /** The image. */
    public interface Server {
        Calibration getPixelCalibration();

        int getWidth();

        int getHeight();

        String getPath();

        BufferedImage readRegion(RegionRequest request) throws IOException;
    }

    /** Its scale. */
    public record Calibration(double micrometres) {
        public double getAveragedPixelSizeMicrons() {
            return micrometres;
        }
    }

    /** Opens an image, with nothing or a rectangle of it selected. */
    public static void open(Server image, @Nullable Rectangle2D selection) {
        server = image;
        selected = selection == null ? null : PathObjects.createTileObject(selection, null, null);
        added.clear();
    }

    /** What the script added. */
    public static List<Tile> added() {
        return List.copyOf(added);
    }

    public static @Nullable Server getCurrentServer() {
        return server;
    }

    public static @Nullable Tile getSelectedObject() {
        return selected;
    }

    public static void addObjects(Collection<Tile> objects) {
        added.addAll(objects);
    }
}
