package dev.medzoo.zoo.sign;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.store.CacheFolder;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;

/** Verifies signatures as a {@link TrustFile} demands. Without one no signature is required. */
public final class TrustPolicy {
    /** System property with the path of the trust file. */
    public static final String PROPERTY = "medzoo.trust";

    /** Environment variable with the same meaning; the property overrides it. */
    public static final String VARIABLE = "MEDZOO_TRUST";

    /**
     * System property with a launcher's default for its own default store. Every other setting
     * overrides it.
     */
    public static final String DEFAULT_PROPERTY = "medzoo.default.trust";

    private static final TrustPolicy NONE = new TrustPolicy(List.of(), Clock.systemUTC());

    private final List<TrustedParty> trusted;
    private final Clock clock;

    private TrustPolicy(List<TrustedParty> trusted, Clock clock) {
        this.trusted = trusted;
        this.clock = clock;
    }

    /** No trust file: no signature is required, and any signature that is passed is refused. */
    public static TrustPolicy none() {
        return NONE;
    }

    /** Creates the policy of a trust file, with the clock for validity periods. */
    public static TrustPolicy of(TrustFile file, Clock clock) {
        return new TrustPolicy(file.all().toList(), clock);
    }

    /**
     * Reads a trust file.
     *
     * @throws MalformedModelException naming the value that is wrong
     */
    public static TrustPolicy read(Path file) throws IOException, MalformedModelException {
        return of(TrustFile.read(file), Clock.systemUTC());
    }

    /**
     * The trust file that the settings name for a store: {@value #PROPERTY}, else {@value
     * #VARIABLE}, else, where the store is the one that a launcher names, the trust file of that
     * launcher, else {@link #none()}. A setting that is blank demands nothing.
     *
     * @throws IllegalArgumentException when the file cannot be read, so that a setting with a slip
     *     never means that nothing is demanded
     */
    public static TrustPolicy fromSettings(Store store) {
        return file(store).map(TrustPolicy::readNamed).orElse(NONE);
    }

    /** Describes the trusted signers of a store and the source of the setting, for the log. */
    public static String describe(Store store) {
        return file(store)
                .map(file -> "%s, named by %s".formatted(file, namedBy()))
                .orElse("no signature is required: no trust file is set");
    }

    private static String namedBy() {
        if (System.getProperty(PROPERTY) != null) {
            return PROPERTY;
        }
        return System.getenv(VARIABLE) != null ? VARIABLE : "the launcher for its own store";
    }

    /** The trust file that {@link #fromSettings} reads for a store, if any. */
    public static Optional<Path> fileFor(Store store) {
        return file(store).map(Path::of);
    }

    private static Optional<String> file(Store store) {
        boolean isSaid = System.getProperty(PROPERTY) != null || System.getenv(VARIABLE) != null;
        boolean isLaunchers =
                Store.ofLauncher()
                        .map(location -> Store.open(location).toString())
                        .filter(store.toString()::equals)
                        .isPresent();
        return isSaid || !isLaunchers
                ? CacheFolder.setting(PROPERTY, VARIABLE)
                : Optional.ofNullable(System.getProperty(DEFAULT_PROPERTY))
                        .filter(path -> !path.isBlank());
    }

    private static TrustPolicy readNamed(String file) {
        try {
            return read(Path.of(file));
        } catch (MalformedModelException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "trust: %s (expected: a trust file)".formatted(file), e);
        }
    }

    /** Whether signatures are required. */
    public boolean demanded() {
        return this != NONE;
    }

    /**
     * Verifies an artifact's signature.
     *
     * @param bundle the bytes of {@value ModelSignature#FILE}
     * @param name of the artifact
     * @param sha256ByPath of every file of its folder but {@value ModelSignature#FILE}
     * @param where the artifact, for messages
     * @return who signed
     * @throws MalformedModelException when it is no bundle, when it is not of one who is trusted
     *     for that artifact now, or when its files are not exactly these
     */
    public Signer verifyArtifact(
            byte[] bundle, String name, SortedMap<String, String> sha256ByPath, String where)
            throws MalformedModelException {
        Bundle signed = Bundle.read(bundle, ModelSignature.FILE, where);
        Signer signer =
                signer(signed, each -> each.maySign(name), ModelSignature.FILE, name, where);
        ModelSignature.check(signed, sha256ByPath, where);
        return signer;
    }

    /**
     * Verifies an index's signature.
     *
     * @param bundle the bytes of {@value IndexSignature#FILE}
     * @param index the bytes of {@code index.json}
     * @param where the store, for messages
     * @return who signed
     * @throws MalformedModelException when it is no bundle, when it is not of one who is trusted
     *     for the index now, or when it is over other bytes
     */
    public Signer verifyIndex(byte[] bundle, byte[] index, String where)
            throws MalformedModelException {
        Bundle signed = Bundle.read(bundle, IndexSignature.FILE, where);
        Signer signer =
                signer(signed, TrustedParty::index, IndexSignature.FILE, "the index", where);
        IndexSignature.check(signed, index, where);
        return signer;
    }

    private Signer signer(
            Bundle bundle, Predicate<TrustedParty> maySign, String file, String what, String where)
            throws MalformedModelException {
        Instant now = clock.instant();
        List<String> others = new ArrayList<>();
        for (TrustedParty each : trusted) {
            if (maySign.test(each)) {
                try {
                    return each.identify(bundle, now);
                } catch (GeneralSecurityException e) {
                    others.add("%s: %s".formatted(each.name(), e.getMessage()));
                }
            }
        }
        throw new MalformedModelException(
                "%s: signed by %s (expected: a signer trusted for %s: %s) in %s"
                        .formatted(file, bundle.keyId(), what, others, where));
    }
}
