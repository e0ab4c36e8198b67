package dev.medzoo.serving.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class TokensTest {
    private static final String WORDS = " (expected: ID ROLE[,ROLE] sha256:DIGEST)";
    private static final String AS_IN_3 = " as in line 3 (expected: another)";
    private static final String ID =
            " (expected: 1 to 64 of A-Z a-z 0-9 . _ -, a letter or digit first, and not anonymous)";

    private final NewToken ana = NewToken.draw("ana", Set.of(Role.MANAGE));
    private final NewToken bob = NewToken.draw("bob", Set.of(Role.PREDICT, Role.OBSERVE));

    @TempDir private Path temp = Path.of("");
    private Path file = Path.of("");
    private long nanos;

    @BeforeEach
    void nameTheFile() {
        file = temp.resolve("tokens");
    }

    @Test
    void knowsWhoShowsAToken() throws Exception {
        Tokens tokens =
                Tokens.read(write("# who may\n\n", ana.line(), "  # the nurse\n", bob.line()));

        assertThat(tokens.size()).isEqualTo(2);
        for (String scheme : List.of("Bearer ", "bearer ", "BEARER   ")) {
            assertThat(tokens.authenticate(scheme + ana.secret()))
                    .contains(new Caller("ana", Set.of(Role.MANAGE)));
            assertThat(tokens.authenticate(scheme + bob.secret() + " "))
                    .contains(new Caller("bob", Set.of(Role.PREDICT, Role.OBSERVE)));
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer mz_",
                "Bearer mz_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "Basic bWVkem9vOm1lZHpvbw==",
                "mz_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void knowsNobodyByAnythingElse(String header) throws Exception {
        Tokens tokens = Tokens.read(write(ana.line()));

        assertThat(tokens.authenticate(header)).isEmpty();
        assertThat(Tokens.none().authenticate(header)).isEmpty();
    }

    @Test
    void takesNeitherPartOfATokenNorItsDigestForIt() throws Exception {
        Tokens tokens = Tokens.read(write(ana.line()));
        String secret = ana.secret();
        String digest = ana.line().replaceFirst(".*sha256:", "");

        for (String wrong :
                List.of(
                        digest,
                        "sha256:" + digest,
                        secret + "A",
                        secret.substring(0, secret.length() - 1),
                        secret.substring(3),
                        "Basic " + secret)) {
            assertThat(tokens.authenticate("Bearer " + wrong)).as(wrong).isEmpty();
        }
        assertThat(tokens.authenticate(secret)).isEmpty();
        assertThat(tokens.authenticate("Basic " + secret)).isEmpty();
    }

    @Test
    void takesNoWordThatSomebodyThoughtOfHimself() throws Exception {
        String digest = TokenEntry.sha256("secret");
        Tokens tokens = Tokens.read(write("eve manage sha256:" + digest));

        assertThat(tokens.authenticate("Bearer secret")).isEmpty();
    }

    @Test
    void namesAllFaultsOfTheFileAtOnceAndRepeatsNoSecret() throws IOException {
        String digest = "0".repeat(64);
        write(
                "# fine: " + ana.line(),
                ana.line(),
                "ana predict sha256:" + digest,
                "carl",
                "dora manage,admin, sha256:1234",
                "anonymous predict sha256:" + "1".repeat(64),
                "eva predict sha256:" + digest.toUpperCase(Locale.ROOT),
                "fred manage " + ana.secret(),
                "gina  predict\tsha256:" + "A".repeat(64) + " # fine");

        String role = " (expected one of: [predict, observe, manage])";
        String hex = " characters (expected: sha256: and 64 hex digits)";
        assertThatThrownBy(() -> Tokens.read(file))
                .isInstanceOfSatisfying(
                        TokensException.class,
                        e ->
                                assertThat(e.faults())
                                        .containsExactly(
                                                fault(
                                                        3,
                                                        "id: ana as in line 2 (expected: another)"),
                                                fault(4, "words: 1" + WORDS),
                                                fault(5, "role: admin" + role),
                                                fault(5, "role: " + role),
                                                fault(5, "digest: 11" + hex),
                                                fault(6, "id: anonymous" + ID),
                                                fault(7, "digest: the same" + AS_IN_3),
                                                fault(8, "digest: 46" + hex)))
                .hasMessageNotContaining(ana.secret());
    }

    @Test
    void saysWhyAFileCannotBeRead() throws IOException {
        assertThatThrownBy(() -> Tokens.read(file))
                .isInstanceOf(TokensException.class)
                .hasMessage(file + ": no such file (expected: a file of tokens)");
        assertThatThrownBy(() -> Tokens.read(temp))
                .isInstanceOf(TokensException.class)
                .hasMessageContaining("expected: a readable file of tokens");
        Files.writeString(file, "#".repeat(2 << 20));
        assertThatThrownBy(() -> Tokens.read(file))
                .hasMessage(file + ": more than 1048576 bytes (expected: at most that)");
    }

    @Test
    void followsTheFileAtMostOnceASecond() throws Exception {
        Tokens tokens = Tokens.read(write(ana.line()), () -> nanos);
        write(bob.line());

        nanos += Duration.ofMillis(999).toNanos();
        assertThat(tokens.authenticate("Bearer " + ana.secret())).isPresent();
        nanos += Duration.ofMillis(1).toNanos();
        assertThat(tokens.authenticate("Bearer " + ana.secret())).isEmpty();
        assertThat(tokens.authenticate("Bearer " + bob.secret())).isPresent();
    }

    @Test
    void seesAnotherFileOfTheSameLengthAndTime() throws Exception {
        NewToken again = NewToken.draw("ana", Set.of(Role.MANAGE));
        Tokens tokens = Tokens.read(write(ana.line()), () -> nanos);
        Path next = Files.writeString(temp.resolve("next"), again.line());
        Files.setLastModifiedTime(next, Files.getLastModifiedTime(file));
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);

        nanos += Duration.ofSeconds(1).toNanos();
        tokens.refresh();

        assertThat(tokens.authenticate("Bearer " + again.secret())).isPresent();
    }

    @Test
    void aBrokenFileChangesNothingAndTheLogSaysSoOnce() throws Exception {
        Tokens tokens = Tokens.read(write(ana.line()), () -> nanos);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Tokens.class);
        logger.addAppender(log);
        try {
            write("nonsense");
            lookTwice(tokens);
            assertThat(tokens.authenticate("Bearer " + ana.secret())).isPresent();
            Files.delete(file);
            lookTwice(tokens);
            assertThat(tokens.authenticate("Bearer " + ana.secret())).isPresent();
            write(bob.line());
            lookTwice(tokens);
            assertThat(tokens.authenticate("Bearer " + ana.secret())).isEmpty();
        } finally {
            logger.detachAppender(log);
        }

        String useless = file + ": invalid, keeping the current tokens: ";
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        useless + fault(1, "words: 1" + WORDS),
                        useless + "java.nio.file.NoSuchFileException: " + file,
                        file + ": reloaded, 1 tokens",
                        file + ": valid again");
    }

    private void lookTwice(Tokens tokens) {
        for (int i = 0; i < 2; i++) {
            nanos += Duration.ofSeconds(1).toNanos();
            tokens.refresh();
        }
    }

    private Path write(String... lines) throws IOException {
        return Files.writeString(file, String.join("\n", lines));
    }

    private String fault(int line, String message) {
        return "%s:%d: %s".formatted(file, line, message);
    }
}
