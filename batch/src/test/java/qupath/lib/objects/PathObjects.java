package qupath.lib.objects;

import java.awt.geom.Rectangle2D;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import qupath.lib.objects.classes.PathClass;

/** Stands in for QuPath's. */
public final class PathObjects {
    private PathObjects() {}

    /** An object of the hierarchy. */
    public static final class Tile {
        private final Rectangle2D roi;
        private final @Nullable PathClass pathClass;
        private final Map<String, Double> measurements = new TreeMap<>();
        private String name = "";

        private Tile(Rectangle2D roi, @Nullable PathClass pathClass) {
            this.roi = roi;
            this.pathClass = pathClass;
        }

        public Rectangle2D getROI() {
            return roi;
        }

        public @Nullable PathClass getPathClass() {
            return pathClass;
        }

        public Map<String, Double> getMeasurementList() {
            return measurements;
        }

        public String getName() {
            return name;
        }

        public void setName(String text) {
            name = text;
        }
    }

    public static Tile createTileObject(
            Rectangle2D roi,
            @Nullable PathClass pathClass,
            @Nullable Map<String, Double> measurements) {
        return new Tile(roi, pathClass);
    }
}
