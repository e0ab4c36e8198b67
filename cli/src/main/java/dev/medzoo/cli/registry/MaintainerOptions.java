package dev.medzoo.cli.registry;

import dev.medzoo.registry.Maintainer;
import dev.medzoo.zoo.sign.SigningKey;
import java.io.IOException;
import java.lang.reflect.Member;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** Options that name the maintainer, for every command that changes a store. */
public final class MaintainerOptions {
    private static final String NEVER = "never";
    private static final String KEY = "--key";

    @Option(
            names = KEY,
            required = true,
            defaultValue = "${env:MEDZOO_KEY}",
            paramLabel = "FILE",
            description = "private signing key; default: $MEDZOO_KEY. Made by: medzoo keys new")
    private Path key = Path.of("");

    @Option(
            names = "--certificate",
            defaultValue = "${env:MEDZOO_CERTIFICATE}",
            paramLabel = "FILE",
            description = "certificate chain of the key; default: $MEDZOO_CERTIFICATE")
    private @Nullable Path certificate;

    @Option(
            names = "--who",
            defaultValue = "${env:MEDZOO_WHO:-${sys:user.name}}",
            paramLabel = "NAME",
            description = "your name in the history; default: $MEDZOO_WHO, else your user name")
    private String who = "";

    @Option(
            names = "--valid-for",
            defaultValue = "P365D",
            paramLabel = "PERIOD",
            description =
                    "how long the index is valid, such as P90D, or 'never'; default:"
                            + " ${DEFAULT-VALUE}")
    private String validFor = NEVER;

    /**
     * Whether an argument is the one that names the key that signs; other commands have other keys.
     */
    public static boolean isKey(ArgSpec argument) {
        return argument instanceof OptionSpec option
                && option.longestName().equals(KEY)
                && argument.userObject() instanceof Member field
                && field.getDeclaringClass().equals(MaintainerOptions.class);
    }

    Maintainer maintainer() throws IOException {
        return new Maintainer(who, signingKey(), validity(), Clock.systemUTC());
    }

    private SigningKey signingKey() throws IOException {
        return certificate == null ? SigningKey.read(key) : SigningKey.read(key, certificate);
    }

    private @Nullable Duration validity() {
        try {
            return validFor.equals(NEVER) ? null : Duration.parse(validFor);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "--valid-for: %s (expected: a period such as P90D, or never)"
                            .formatted(validFor),
                    e);
        }
    }
}
