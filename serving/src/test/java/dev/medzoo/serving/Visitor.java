package dev.medzoo.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ScreenshotType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Somebody with a browser of their own who looks at a server. Waits for a minute at most. */
final class Visitor implements AutoCloseable {
    private static final double WAIT_MILLIS = 60_000;

    /** The folder for pictures of the page, where somebody wants some. */
    private static final @Nullable String SCREENSHOTS = System.getProperty("screenshots");

    /** Counts what a page holds of whole pictures. */
    private static final String COUNTER =
            """
            window.held = { now: 0, most: 0 };
            const create = URL.createObjectURL.bind(URL);
            const revoke = URL.revokeObjectURL.bind(URL);
            URL.createObjectURL = (file) => {
                held.now += 1;
                held.most = Math.max(held.most, held.now);
                return create(file);
            };
            URL.revokeObjectURL = (url) => { held.now -= 1; revoke(url); };
            """;

    /** Gives small drawn pictures to the page as a drop or a paste does. */
    private static final String GIVE =
            """
            async ([count, how, selector]) => {
                const canvas = new OffscreenCanvas(48, 36);
                const pen = canvas.getContext("2d");
                const files = new DataTransfer();
                for (let i = 0; i < count; i++) {
                    pen.fillStyle = `hsl(${(i * 7) % 360} 60% 60%)`;
                    pen.fillRect(0, 0, 48, 36);
                    pen.fillStyle = "#603020";
                    pen.fillRect(4 + (i % 20), 6, 16, 16);
                    const blob = await canvas.convertToBlob({ type: "image/png" });
                    files.items.add(new File([blob], `drawn ${i}.png`, { type: "image/png" }));
                }
                const event = how === "drop"
                    ? new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true })
                    : new ClipboardEvent("paste", { clipboardData: files, bubbles: true });
                document.querySelector(selector).dispatchEvent(event);
            }
            """;

    private static final String AXE = axe();

    private final RunningServer server;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    Visitor(RunningServer server) {
        this(server, 1280, 900, ColorScheme.LIGHT);
    }

    Visitor(RunningServer server, int width, int height, ColorScheme colours) {
        this.server = server;
        context =
                Chromium.browser()
                        .newContext(
                                new Browser.NewContextOptions()
                                        .setViewportSize(width, height)
                                        .setColorScheme(colours)
                                        .setPermissions(
                                                List.of("clipboard-read", "clipboard-write")));
        context.setDefaultTimeout(WAIT_MILLIS);
        context.addInitScript(COUNTER);
        page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(
                message -> {
                    boolean isRefusal = message.text().startsWith("Failed to load resource");
                    if (message.type().equals("error") && !isRefusal) {
                        complaints.add(message.text());
                    }
                });
    }

    /** Goes to a path of the server. */
    Visitor open(String path) {
        page.navigate("http://127.0.0.1:" + server.address().getPort() + path);
        return this;
    }

    /** The page with its pictures' view ready. */
    Visitor openPictures() {
        open("/");
        find(".example").first().waitFor();
        return this;
    }

    Page page() {
        return page;
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^" + name)));
    }

    void choose(String name, byte[]... pictures) {
        FilePayload[] files = new FilePayload[pictures.length];
        for (int i = 0; i < files.length; i++) {
            files[i] = new FilePayload(name.replace("#", String.valueOf(i)), "", pictures[i]);
        }
        find("input[type=file]").setInputFiles(files);
    }

    /** Drops or pastes drawn pictures. */
    void give(int count, String how) {
        page.evaluate(GIVE, List.of(count, how, how.equals("drop") ? ".drop" : "main"));
    }

    /** What is in the clipboard. */
    String clipboard() {
        return (String) page.evaluate("() => navigator.clipboard.readText()");
    }

    int number(String script) {
        return ((Number) page.evaluate(script)).intValue();
    }

    String text(String selector) {
        return find(selector).first().innerText();
    }

    /** The text of the file that a click gives. */
    String download(Runnable click) throws IOException {
        Download download = page.waitForDownload(click);
        return Files.readString(download.path());
    }

    /** Waits until a script says true. */
    void await(String script) {
        page.waitForFunction(
                script, null, new Page.WaitForFunctionOptions().setTimeout(WAIT_MILLIS));
    }

    /** Nothing of what is shown is hard to use for who sees, hears or types otherwise. */
    void assertAccessible(String what) throws IOException {
        page.evaluate(AXE);
        String report =
                (String)
                        page.evaluate(
                                """
                                async () => {
                                    const { violations, passes } = await axe.run(document);
                                    return JSON.stringify({ passes: passes.length, violations: violations.map((each) => each.id
                                        + ": " + each.nodes.map((node) => node.html + " " + node.failureSummary).join("; ")) });
                                }
                                """);
        JsonNode said = new ObjectMapper().readTree(report);
        assertThat(said.get("passes").asInt()).as(what).isGreaterThan(10);
        assertThat(OpenApiDocument.elements(said.get("violations")).map(JsonNode::asText).toList())
                .as(what)
                .isEmpty();
    }

    /** Keeps what is in view, where somebody asked for pictures of the page. */
    void screenshot(String name) {
        if (SCREENSHOTS != null) {
            Path file = Path.of("..").resolve(SCREENSHOTS).resolve(name + ".jpg");
            page.screenshot(
                    new Page.ScreenshotOptions()
                            .setPath(file)
                            .setType(ScreenshotType.JPEG)
                            .setQuality(80));
        }
    }

    private static String axe() {
        try (InputStream in = Visitor.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing went wrong that the page did not say. */
    @Override
    public void close() {
        context.close();
        assertThat(complaints).isEmpty();
    }
}
