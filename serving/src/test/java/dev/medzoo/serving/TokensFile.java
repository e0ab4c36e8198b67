package dev.medzoo.serving;

import dev.medzoo.serving.access.NewToken;
import dev.medzoo.serving.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A file of tokens that a test changes, as an administrator does: by a rename. */
final class TokensFile {
    private final Path file;
    private final Map<String, NewToken> tokens = new LinkedHashMap<>();

    TokensFile(Path folder) {
        file = folder.resolve("tokens");
    }

    /** As a setting of the server. */
    String setting() {
        return "tokens_file=" + file;
    }

    TokensFile add(String id, Role... roles) throws IOException {
        tokens.put(id, NewToken.draw(id, Set.of(roles)));
        return write();
    }

    TokensFile remove(String id) throws IOException {
        tokens.remove(id);
        return write();
    }

    TokensFile write() throws IOException {
        StringBuilder text = new StringBuilder("# who what which\n");
        tokens.values().forEach(each -> text.append(each.line()).append('\n'));
        Path next = Files.writeString(file.resolveSibling("next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return this;
    }

    Path file() {
        return file;
    }

    /** The header's value that shows a token. */
    String bearer(String id) {
        return "Bearer " + Objects.requireNonNull(tokens.get(id)).secret();
    }
}
