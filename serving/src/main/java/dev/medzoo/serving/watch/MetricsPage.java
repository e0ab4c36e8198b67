package dev.medzoo.serving.watch;

import java.util.Set;

/** All metrics as text, in the format that Prometheus reads. */
@FunctionalInterface
public interface MetricsPage {
    /** Its media type. */
    String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /**
     * The page now.
     *
     * @param names of the metrics that it should have; empty for all
     */
    String text(Set<String> names);
}
