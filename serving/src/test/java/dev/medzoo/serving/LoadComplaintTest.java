package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LoadComplaintTest {
    private static final String FAILURES = "medzoo_loads_total{model=\"%s\",outcome=\"failure\"} ";

    @Test
    void saysOnceWhyAVersionCannotBeLoadedHoweverOftenItIsTried(@TempDir Path root)
            throws Exception {
        new StoreCopy(root, SKIN).publish(SKIN, "1.2.0").stable(SKIN, StoreCopy.VERSION).write();
        Logger logger = (Logger) LoggerFactory.getLogger("dev.medzoo.serving.traffic.Reconciler");
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        logger.addAppender(heard);
        RunningServer server =
                RunningServer.with("store=" + root, "store_refresh=0.1", "wait_model_loading=false")
                        .start();
        try {
            Deadline.await(() -> failures(server) >= 4);
        } finally {
            server.server().close();
            logger.detachAppender(heard);
        }

        List<ILoggingEvent> errors =
                List.copyOf(heard.list).stream()
                        .filter(each -> each.getLevel().equals(Level.ERROR))
                        .toList();
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).getFormattedMessage())
                .startsWith(SKIN + "/1.2.0 cannot be loaded");
    }

    private static double failures(RunningServer server) {
        String line = FAILURES.formatted(SKIN);
        return server.get("/metrics")
                .body()
                .lines()
                .filter(each -> each.startsWith(line))
                .mapToDouble(each -> Double.parseDouble(each.substring(line.length())))
                .sum();
    }
}
