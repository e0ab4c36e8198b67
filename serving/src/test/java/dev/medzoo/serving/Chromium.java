package dev.medzoo.serving;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The machine's own Chromium or Chrome, without a window; one for all tests of a process. Its build
 * that never has a window goes first: it computes half as much. Nothing is downloaded.
 */
final class Chromium {
    /** The environment's name of its program, where it is in none of the usual places. */
    private static final String NAMED_BY = "MEDZOO_CHROMIUM";

    private static final List<String> USUAL =
            List.of(
                    "/usr/bin/chromium-headless-shell",
                    "/usr/bin/chromium",
                    "/usr/bin/chromium-browser",
                    "/usr/bin/google-chrome",
                    "/usr/bin/google-chrome-stable",
                    "/snap/bin/chromium",
                    "/opt/google/chrome/chrome",
                    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                    "/Applications/Chromium.app/Contents/MacOS/Chromium");

    /** Its sandbox does not work for root, nor in containers. */
    private static final List<String> ARGUMENTS =
            List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");

    private static @Nullable Browser browser;

    private Chromium() {}

    /** Ends with the process: its driver does when nobody writes to it. */
    static synchronized Browser browser() {
        Browser running = browser == null ? launch() : browser;
        browser = running;
        return running;
    }

    private static Browser launch() {
        Path program = executable();
        Map<String, String> noDownload = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        return Playwright.create(new Playwright.CreateOptions().setEnv(noDownload))
                .chromium()
                .launch(
                        new BrowserType.LaunchOptions()
                                .setExecutablePath(program)
                                .setArgs(ARGUMENTS));
    }

    private static Path executable() {
        String named = System.getenv(NAMED_BY);
        Stream<String> places = named == null ? USUAL.stream() : Stream.of(named);
        return places.map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "chromium: in none of %s (expected: there, by apt-get install chromium, or named by %s)"
                                                .formatted(
                                                        named == null ? USUAL : named, NAMED_BY)));
    }
}
