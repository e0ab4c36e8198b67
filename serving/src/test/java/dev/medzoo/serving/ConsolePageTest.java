package dev.medzoo.serving;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.medzoo.serving.access.Role;
import dev.medzoo.zoo.artifact.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The console as a browser shows it to who runs the server. */
@Tag("slow")
class ConsolePageTest {
    private static final byte[] PICTURE = DrawnPicture.png(64, 64, 1);
    private static final Version NEXT = Version.parse("1.1.0");
    private static final String ROW = ".served tbody tr";

    @RegisterExtension
    static final RunningServer server = RunningServer.with("load_models=" + SKIN);

    @BeforeAll
    static void wait60Seconds() {
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    }

    @Test
    void showsWhatIsServedAndWhatGoesOn() {
        try (Visitor visitor = new Visitor(server).open("/console")) {
            assertThat(visitor.find(ROW).first()).containsText(SKIN);
            assertThat(visitor.find(ROW).first()).containsText("ready");
            assertThat(visitor.find(".plots figure")).hasCount(4);
            // The first look has nothing to compare with, so there is a second before anything
            // comes.
            visitor.await(
                    "() => / /.test(document.querySelector('.plots .line').getAttribute('d') ?? '')");
            server.post("/predictions/" + SKIN, PICTURE);
            server.post("/predictions/none", PICTURE);
            visitor.await(
                    """
                    () => {
                        const lines = [...document.querySelectorAll(".plots .line")].map((line) => line.getAttribute("d"));
                        const heights = new Set((lines[0] ?? "").match(/ [0-9.]+/g));
                        return lines.length === 7 && heights.size > 1 && lines[3].startsWith("M");
                    }
                    """);
            assertThat(visitor.find(".plots")).containsText("MiB");
            assertThat(visitor.find(".versions")).containsText("100 %");
            visitor.screenshot("console");
        }
    }

    @Test
    void registersScalesAndUnregisters() {
        try (Visitor visitor = new Visitor(server).open("/console")) {
            assertThat(visitor.find(ROW).first()).containsText(SKIN);
            visitor.page().getByLabel("Model of the store").fill("medzoo://" + SKIN);
            visitor.page().getByLabel("Served as").fill("again");
            visitor.page().getByLabel("Workers at most").fill("1");
            visitor.button("Register").click();
            assertThat(visitor.find(".panel [role=status]"))
                    .containsText("Model \"again\" registered.");
            assertThat(visitor.find(ROW)).hasCount(2);
            assertThat(server.post("/predictions/again", PICTURE).status()).isEqualTo(200);

            visitor.button("Scale again").click();
            visitor.find("dialog input").nth(0).fill("2");
            visitor.find("dialog input").nth(1).fill("3");
            visitor.find("dialog button.first").click();
            assertThat(visitor.find(ROW).first()).containsText("(2 to 3)");

            visitor.button("Unregister again").click();
            visitor.button("Cancel").click();
            assertThat(visitor.find("dialog")).isHidden();
            assertThat(server.get("/models/again").status()).isEqualTo(200);
            visitor.button("Unregister again").click();
            visitor.find("dialog button.danger").click();
            assertThat(visitor.find(ROW)).hasCount(1);
            assertThat(server.get("/models/again").status()).isEqualTo(404);
        }
    }

    @Test
    void aPressEndsOnTheButtonOnWhichItBegan() throws Exception {
        RunningServer changing = RunningServer.withOne(SKIN).start();
        try (Visitor visitor = new Visitor(changing).open("/console")) {
            Page page = visitor.page();
            visitor.button("Unregister").hover();
            page.mouse().down();
            changing.send("PUT", "/models/" + SKIN + "?min_worker=2&max_worker=2", new byte[0]);
            // The first may have been asked before the change, and what it brings is drawn after it
            // came.
            for (int i = 0; i < 3; i++) {
                page.waitForResponse("**/traffic", () -> {});
            }
            page.mouse().up();
            assertThat(visitor.find("dialog")).isVisible();
            assertThat(visitor.find(ROW)).containsText("(2 to 2)");
        } finally {
            changing.server().close();
        }
    }

    @Test
    void promotesACandidateInTraffic(@TempDir Path folder) throws Exception {
        new StoreCopy(folder, SKIN)
                .add(SKIN, NEXT, "\"temperature\" : [0-9.]+", "\"temperature\" : 3.0")
                .alias(SKIN, "candidate", NEXT)
                .write();
        RunningServer two = RunningServer.with("store=" + folder).start();
        try (Visitor visitor = new Visitor(two).open("/console")) {
            assertThat(visitor.find("section[aria-label=Traffic]"))
                    .containsText("Candidate 1.1.0 answers 0 %, 1.0.0 the others.");
            visitor.button("Change traffic").click();
            visitor.assertAccessible("traffic");
            visitor.button("Cancel").click();
            assertThat(visitor.find("dialog")).isHidden();
            visitor.button("Change traffic").click();
            visitor.page().getByLabel("Candidate answers, %").fill("100");
            visitor.find("dialog button.first").click();
            assertThat(visitor.find(".panel [role=status]"))
                    .hasText(
                            "Candidate 1.1.0 of %s answers 100 %%, and computes 0 %% of the others, unseen."
                                    .formatted(SKIN));
            assertThat(visitor.find(".versions")).containsText("1.1.0candidate100 %");
            assertThat(two.post("/predictions/" + SKIN, PICTURE).header("x-medzoo-model"))
                    .isEqualTo(SKIN + "/1.1.0");
            visitor.button("As in the settings").click();
            assertThat(visitor.find(".versions")).containsText("1.1.0candidate0 %");
        } finally {
            two.server().close();
        }
    }

    @Test
    void whatTheServerRefusesIsSaid() {
        try (Visitor visitor = new Visitor(server).open("/console")) {
            visitor.page().getByLabel("Model of the store").fill("medzoo://none");
            visitor.button("Register").click();
            assertThat(visitor.find(".panel [role=status]")).containsText("Nothing was changed: ");
        }
    }

    @Test
    void aTokenIsAskedForSentAndForgotten(@TempDir Path folder) throws Exception {
        TokensFile tokens =
                new TokensFile(folder).add("ana", Role.MANAGE).add("prometheus", Role.OBSERVE);
        RunningServer closed = RunningServer.withOne(SKIN, tokens.setting()).start();
        try (Visitor visitor = new Visitor(closed).open("/console")) {
            assertThat(visitor.find("[role=alert]")).containsText("token: none");
            visitor.page()
                    .getByLabel("Token for management")
                    .fill(tokens.bearer("prometheus").substring("Bearer ".length()));
            visitor.button("Go on").click();
            assertThat(visitor.find(ROW)).hasCount(1);
            visitor.button("Unregister").click();
            visitor.find("dialog button.danger").click();
            assertThat(visitor.find(".panel [role=status]"))
                    .containsText("prometheus may not MANAGE");
            assertThat(visitor.number("() => localStorage.length + document.cookie.length"))
                    .isZero();

            visitor.button("Forget the token").click();
            visitor.page()
                    .getByLabel("Token for management")
                    .fill(tokens.bearer("ana").substring("Bearer ".length()));
            visitor.button("Go on").click();
            visitor.button("Unregister").click();
            visitor.find("dialog button.danger").click();
            assertThat(visitor.find(ROW)).hasCount(0);
        } finally {
            closed.server().close();
        }
    }

    @Test
    void anAnswerThatComesAfterTheTokenIsForgottenDisturbsNobody(@TempDir Path folder)
            throws Exception {
        TokensFile tokens = new TokensFile(folder).add("ana", Role.MANAGE);
        RunningServer closed = RunningServer.withOne(SKIN, tokens.setting()).start();
        try (Visitor visitor = new Visitor(closed).open("/console")) {
            Page page = visitor.page();
            Locator token = page.getByLabel("Token for management");
            token.fill(tokens.bearer("ana").substring("Bearer ".length()));
            visitor.button("Go on").click();
            assertThat(visitor.find(ROW)).hasCount(1);
            List<Route> held = new ArrayList<>();
            page.route("**/metrics", held::add);
            page.waitForCondition(() -> !held.isEmpty());
            visitor.button("Forget the token").click();
            token.fill("typed");
            page.waitForResponse("**/metrics", held.remove(0)::resume);
            page.waitForTimeout(500); // What the page would ask next is asked by then.
            assertThat(token).hasValue("typed");
            assertThat(held).isEmpty();
        } finally {
            closed.server().close();
        }
    }

    @Test
    void aServerThatIsGoneIsAskedAgain() throws Exception {
        RunningServer first = RunningServer.with("load_models=NONE").start();
        int port = first.address().getPort();
        try (Visitor visitor = new Visitor(first).open("/console")) {
            assertThat(visitor.find(".plots figure")).hasCount(4);
            first.server().close();
            assertThat(visitor.find("main > [role=status]"))
                    .hasText("The server does not answer. It is asked again.");
            RunningServer again = RunningServer.with("load_models=NONE", "port=" + port).start();
            try {
                assertThat(visitor.find("main > [role=status]")).hasText("");
            } finally {
                again.server().close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void isAccessible(ColorScheme colours) throws Exception {
        try (Visitor visitor = new Visitor(server, 1280, 900, colours).open("/console")) {
            assertThat(visitor.find(ROW).first()).containsText(SKIN);
            assertThat(visitor.find(".plots figure")).hasCount(4);
            visitor.assertAccessible("console");
            visitor.button("Scale").first().click();
            visitor.assertAccessible("dialog");
        }
    }
}
