package dev.medzoo.serving.watch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The log level. */
public final class Logging {
    /** Allowed levels of {@link #set}. */
    public static final List<String> LEVELS =
            List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

    private Logging() {}

    /**
     * Sets the level.
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
