package dev.medzoo.zoo.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Credentials for a web server: a token, or name and password of a netrc file. They are sent to
 * that server's host only and appear in no message.
 *
 * @param header value of {@code Authorization}
 * @param source who names them, for messages
 */
public record HttpCredentials(String header, String source) {
    /** The setting that holds a token, as a system property. */
    static final String PROPERTY = "medzoo.store.token";

    /** The same as an environment variable; the property goes before it. */
    static final String VARIABLE = "MEDZOO_STORE_TOKEN";

    /** The variable that names a netrc file other than {@code ~/.netrc}, as curl has it. */
    private static final String NETRC = "NETRC";

    /**
     * Those for a store. A token is for the store that the settings name: where they name another
     * host, it is not for this one.
     *
     * @throws IllegalArgumentException when the token is none
     */
    static Optional<HttpCredentials> of(URI root) {
        Optional<HttpCredentials> token =
                CacheFolder.setting(PROPERTY, VARIABLE)
                        .filter(unused -> isOfSettings(root))
                        .map(each -> bearer(each, VARIABLE));
        return token.or(() -> ofNetrc(root));
    }

    /**
     * Those for files that are no store, at an address that somebody else may have written: the
     * token only where a setting names a store of the same server, and what netrc has for it.
     *
     * @throws IllegalArgumentException when the token is none
     */
    static Optional<HttpCredentials> ofFiles(URI root) {
        boolean isStoreNamed =
                Store.setting().or(Store::ofLauncher).filter(HttpCredentials::isHttp).isPresent();
        return isStoreNamed ? of(root) : ofNetrc(root);
    }

    /**
     * A token.
     *
     * @param source who names it
     * @throws IllegalArgumentException when it is none
     */
    public static HttpCredentials bearer(String token, String source) {
        if (!token.matches("[!-~]+")) {
            throw new IllegalArgumentException(
                    source + ": with other characters (expected: printable ASCII, no blanks)");
        }
        return new HttpCredentials("Bearer " + token, source);
    }

    /**
     * What the netrc file has for a server's host: the file that {@code NETRC} names, else {@code
     * ~/.netrc}.
     *
     * @throws IllegalArgumentException as {@link #ofNetrc(URI, Path)}
     */
    public static Optional<HttpCredentials> ofNetrc(URI root) {
        return ofNetrc(root, netrc());
    }

    private static boolean isOfSettings(URI root) {
        return Store.setting()
                .or(Store::ofLauncher)
                .filter(HttpCredentials::isHttp)
                .map(URI::create)
                .map(other -> root.getAuthority().equalsIgnoreCase(other.getAuthority()))
                .orElse(true);
    }

    private static boolean isHttp(String location) {
        return location.matches("(?i)https?://.*");
    }

    /**
     * What a netrc file has for a store's host. Its entry for every other host is not taken.
     *
     * @throws IllegalArgumentException when there is one, and others own the file, can write it or
     *     put another in its place: they would say who is seen to ask. That others can read it is
     *     taken, as curl does: what they read stays read though the store were refused.
     */
    static Optional<HttpCredentials> ofNetrc(URI root, Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Netrc.Login login = Netrc.parse(Files.readString(file)).login(root.getHost());
            String fault = login == null ? null : PrivateFiles.fault(file);
            if (fault != null) {
                throw new IllegalArgumentException(
                        "netrc: %s, or another file in %s".formatted(fault, NETRC));
            }
            return Optional.ofNullable(login).map(found -> basic(found, file));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "netrc: %s (expected: a readable file)".formatted(e), e);
        }
    }

    private static HttpCredentials basic(Netrc.Login login, Path file) {
        String pair = login.name() + ":" + login.password();
        String base64 = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
        return new HttpCredentials("Basic " + base64, file.toString());
    }

    private static Path netrc() {
        @Nullable String named = System.getenv(NETRC);
        return named == null || named.isBlank()
                ? Path.of(System.getProperty("user.home", ""), ".netrc")
                : Path.of(named);
    }

    /** Never what they are. */
    @Override
    public String toString() {
        return "credentials of " + source;
    }
}
