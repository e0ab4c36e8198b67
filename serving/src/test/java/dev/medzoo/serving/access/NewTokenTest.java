package dev.medzoo.serving.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.OthersFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewTokenTest {
    @TempDir private Path temp = Path.of("");

    @Test
    void is256BitsThatAreNeverTheSame() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            NewToken token = NewToken.draw("ana", Set.of(Role.PREDICT));
            assertThat(token.secret()).matches("mz_[A-Za-z0-9_-]{43}");
            assertThat(token.line() + token).doesNotContain(token.secret());
            seen.add(token.secret());
        }
        assertThat(seen).hasSize(1000);
    }

    @Test
    void joinsTheLinesOfAFile() throws Exception {
        Path file = temp.resolve("tokens");
        NewToken ana = NewToken.draw("ana", Set.of(Role.MANAGE));
        NewToken bob = NewToken.draw("bob", Set.of(Role.OBSERVE, Role.PREDICT));
        ana.appendTo(file);
        Files.writeString(file, "# by hand\n" + Files.readString(file).strip());

        bob.appendTo(file);

        assertThat(file).hasContent("# by hand\n" + ana.line() + "\n" + bob.line() + "\n");
        assertThat(bob.line()).startsWith("bob predict,observe sha256:");
        Tokens tokens = Tokens.read(file);
        assertThat(tokens.authenticate("Bearer " + ana.secret())).isPresent();
        assertThat(tokens.authenticate("Bearer " + bob.secret())).isPresent();
    }

    @Test
    void leavesAFileAloneThatHasItsIdOrIsBroken() throws Exception {
        Path file = temp.resolve("tokens");
        NewToken.draw("ana", Set.of(Role.MANAGE)).appendTo(file);
        String before = Files.readString(file);

        assertThatThrownBy(() -> NewToken.draw("ana", Set.of(Role.PREDICT)).appendTo(file))
                .isInstanceOf(TokensException.class)
                .hasMessage(file + ":2: id: ana as in line 1 (expected: another)");

        assertThat(file).hasContent(before);
        Files.writeString(file, "nonsense\n");
        assertThatThrownBy(() -> NewToken.draw("bob", Set.of(Role.PREDICT)).appendTo(file))
                .isInstanceOf(TokensException.class);
        assertThat(file).hasContent("nonsense\n");
    }

    @Test
    void isWrittenForTheOwnerAloneAndNowhereElse() throws Exception {
        Path file = temp.resolve("tokens");
        NewToken.draw("ana", Set.of(Role.MANAGE)).appendTo(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Path shared = Files.createDirectory(temp.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(
                        () ->
                                NewToken.draw("bob", Set.of(Role.MANAGE))
                                        .appendTo(shared.resolve("tokens")))
                .isInstanceOf(TokensException.class)
                .hasMessageContaining("permissions rwxrwxrwx (expected: only its owner writes");
        assertThat(shared.resolve("tokens")).doesNotExist();
    }

    @Test
    void isOfNoUseInAFileThatOthersCanWrite() throws Exception {
        Path file = temp.resolve("tokens");
        NewToken.draw("ana", Set.of(Role.MANAGE)).appendTo(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        String fault =
                "tokens_file: %s: permissions rw-rw-rw- (expected: only its owner writes; chmod go-w %s)"
                        .formatted(file.toRealPath(), file.toRealPath());

        assertThatThrownBy(() -> Tokens.read(file)).hasMessage(fault);
        assertThatThrownBy(() -> NewToken.draw("bob", Set.of(Role.PREDICT)).appendTo(file))
                .hasMessage(fault);
    }

    /** Also where nobody else can write it: its owner always can. */
    @Test
    void isOfNoUseInAFileOfAnother() throws Exception {
        Path folder = Files.createDirectory(temp.toRealPath().resolve("shared"));
        Files.setAttribute(folder, "unix:mode", 01777);
        Path file = folder.resolve("tokens");
        NewToken.draw("ana", Set.of(Role.MANAGE)).appendTo(file);
        assertThat(Tokens.read(file).size()).isOne();

        String fault = "tokens_file: " + OthersFile.make(file);
        assertThatThrownBy(() -> Tokens.read(file)).hasMessageStartingWith(fault);
        assertThatThrownBy(() -> NewToken.draw("bob", Set.of(Role.PREDICT)).appendTo(file))
                .hasMessageStartingWith(fault);
    }
}
