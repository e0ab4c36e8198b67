package qupath.lib.roi;

import java.awt.geom.Rectangle2D;

/** Stands in for QuPath's, whose regions of interest answer {@code contains} as AWT's do. */
public final class ROIs {
    private ROIs() {}

    public static Rectangle2D createRectangleROI(double x, double y, double width, double height) {
        return new Rectangle2D.Double(x, y, width, height);
    }
}
