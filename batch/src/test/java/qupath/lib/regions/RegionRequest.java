package qupath.lib.regions;

/** Stands in for QuPath's: {@code createInstance} has its signature. */
public record RegionRequest(String path, double downsample, int x, int y, int width, int height) {
    public static RegionRequest createInstance(
            String path, double downsample, int x, int y, int width, int height) {
        return new RegionRequest(path, downsample, x, y, width, height);
    }
}
