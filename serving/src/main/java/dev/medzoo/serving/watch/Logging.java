package dev.medzoo.serving.watch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/** How much the server's own log says. */
public final class Logging {
    /** What {@link #set} takes. */
    public static final List<String> LEVELS =
            List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

    private Logging() {}

    /**
     * Changes it from now on.
     *
     * @return false when there is no such level
     */
    public static boolean set(String level) {
        boolean known = LEVELS.contains(level);
        if (known && LoggerFactory.getLogger("dev.medzoo.serving") instanceof Logger logger) {
            logger.setLevel(Level.valueOf(level));
        }
        return known;
    }
}
