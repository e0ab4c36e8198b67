package qupath.lib.objects.classes;

/** Stands in for QuPath's. */
public record PathClass(String name) {
    public static PathClass fromString(String name) {
        return new PathClass(name);
    }
}
