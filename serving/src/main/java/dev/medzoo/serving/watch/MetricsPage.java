package dev.medzoo.serving.watch;

import java.util.Set;

/** All metrics in Prometheus' text format. */
@FunctionalInterface
public interface MetricsPage {
    /** Its media type. */
    String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /**
     * Renders the page.
     *
     * @param names of the metrics to include; empty for all
     */
    String text(Set<String> names);
}
