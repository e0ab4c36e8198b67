package dev.medzoo.serving.access;

import dev.medzoo.zoo.store.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a tokens file line by line and collects its faults. */
final class TokensReader {
    private static final int LARGEST_BYTES = 1 << 20;
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9A-Fa-f]{64}");

    private final Path file;
    private final List<TokenEntry> entries = new ArrayList<>();
    private final Map<String, Integer> lineOfId = new HashMap<>();
    private final Map<String, Integer> lineOfDigest = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private int number;

    private TokensReader(Path file) {
        this.file = file;
    }

    static List<TokenEntry> read(Path file) throws TokensException {
        return parse(text(file), file);
    }

    static List<TokenEntry> parse(String text, Path file) throws TokensException {
        TokensReader reader = new TokensReader(file);
        text.lines().forEach(reader::line);
        if (!reader.faults.isEmpty()) {
            throw new TokensException(reader.faults);
        }
        return List.copyOf(reader.entries);
    }

    static String text(Path file) throws TokensException {
        try (InputStream in = Files.newInputStream(file)) {
            refuseShared(file);
            byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw refusal(
                        "%s: more than %d bytes (expected: at most that)"
                                .formatted(file, LARGEST_BYTES));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw refusal(file + ": no such file (expected: a file of tokens)");
        } catch (IOException e) {
            throw refusal("%s: %s (expected: a readable file of tokens)".formatted(file, e));
        }
    }

    /** Anybody who owns, writes or replaces the file could grant access. */
    static void refuseShared(Path file) throws IOException, TokensException {
        String fault = PrivateFiles.fault(file);
        if (fault != null) {
            throw refusal("tokens_file: " + fault);
        }
    }

    private static TokensException refusal(String fault) {
        return new TokensException(List.of(fault));
    }

    private void line(String line) {
        number++;
        String content = line.replaceFirst("#.*", "").strip();
        if (content.isEmpty()) {
            return;
        }
        String[] words = content.split("\\s+", -1);
        if (words.length != 3) {
            fault("words: " + words.length + " (expected: ID ROLE[,ROLE] sha256:DIGEST)");
            return;
        }
        int before = faults.size();
        String id = id(words[0]);
        Set<Role> roles = roles(words[1]);
        String digest = digest(words[2]);
        if (faults.size() == before) {
            entries.add(new TokenEntry(new Caller(id, roles), digest));
        }
    }

    private String id(String word) {
        try {
            Caller.checkId(word);
            once(lineOfId, word, "id: " + word);
        } catch (IllegalArgumentException e) {
            fault(String.valueOf(e.getMessage()));
        }
        return word;
    }

    private Set<Role> roles(String words) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : words.split(",", -1)) {
            Optional<Role> role = Role.of(word);
            if (role.isPresent()) {
                roles.add(role.get());
            } else {
                fault("role: %s (expected one of: %s)".formatted(word, Role.words()));
            }
        }
        return roles;
    }

    /** The value is not repeated: it may be the token itself by mistake. */
    private String digest(String word) {
        if (!DIGEST.matcher(word).matches()) {
            fault(
                    "digest: %d characters (expected: sha256: and 64 hex digits)"
                            .formatted(word.length()));
            return "";
        }
        String digest = word.substring(TokenEntry.PREFIX.length()).toLowerCase(Locale.ROOT);
        once(lineOfDigest, digest, "digest: the same");
        return digest;
    }

    private void once(Map<String, Integer> lines, String value, String seen) {
        Integer first = lines.putIfAbsent(value, number);
        if (first != null) {
            fault("%s as in line %d (expected: another)".formatted(seen, first));
        }
    }

    private void fault(String message) {
        faults.add("%s:%d: %s".formatted(file, number, message));
    }
}
