package dev.medzoo.applications;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs test classes, or one method of each as {@code class#method}; exits with 0 when some ran and
 * all of them passed.
 */
final class JUnitRun {
    private JUnitRun() {}

    public static void main(String[] classes) {
        Launcher launcher = LauncherFactory.create();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(Arrays.stream(classes).map(JUnitRun::selector).toList())
                        .build(),
                listener);
        TestExecutionSummary summary = listener.getSummary();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        summary.printTo(out);
        summary.printFailuresTo(out);
        boolean passed =
                summary.getTestsSucceededCount() >= classes.length
                        && summary.getTotalFailureCount() == 0;
        System.exit(passed ? 0 : 1);
    }

    private static DiscoverySelector selector(String name) {
        return name.contains("#")
                ? DiscoverySelectors.selectMethod(name)
                : DiscoverySelectors.selectClass(name);
    }
}
