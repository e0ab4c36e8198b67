package dev.medzoo.batch.score;

import dev.medzoo.translate.finding.ModelIdentity;
import dev.medzoo.zoo.sign.TrustPolicy;
import dev.medzoo.zoo.store.CacheFolder;
import dev.medzoo.zoo.store.FolderStore;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;

/**
 * Where executors find a model, which one, and whom to trust: what the driver's settings say. An
 * executor whose own settings name a store or a trust file keeps them, and the digest says whether
 * it is the same model.
 *
 * @param name of the model
 * @param version of it
 * @param digest that it has on every executor
 * @param runtime of its network
 * @param place the store's folder, jar or address; null for the one on the class path
 * @param trust text of the trust file; null if no signature is required
 * @param offline whether no connection may be made
 */
record ModelSource(
        String name,
        String version,
        String digest,
        String runtime,
        @Nullable String place,
        @Nullable String trust,
        boolean offline)
        implements Serializable {

    /**
     * A model of the store that the settings of this process name.
     *
     * @param runtime of its network, none that has to be chosen
     */
    static ModelSource of(ModelIdentity model, String runtime) throws IOException {
        Store store = Store.fromSettings();
        Optional<String> place = Store.setting().or(Store::ofLauncher);
        Optional<Path> trust = TrustPolicy.fileFor(store);
        return new ModelSource(
                model.name(),
                model.version(),
                model.digest(),
                runtime,
                place.map(location -> absolute(location, store)).orElse(null),
                trust.isPresent() ? Files.readString(trust.get()) : null,
                CacheFolder.isOffline());
    }

    ModelIdentity identity() {
        return new ModelIdentity(name, version, digest);
    }

    /** The same model on another runtime. */
    ModelSource by(String other) {
        return new ModelSource(name, version, digest, other, place, trust, offline);
    }

    private static String absolute(String location, Store store) {
        if (store instanceof FolderStore folder) {
            return folder.root().toString();
        }
        return FileSystems.isLocal(location)
                ? Path.of(location).toAbsolutePath().toString()
                : location;
    }

    /** Has this process, if it is an executor and not the driver too, read that store. */
    void lead() {
        SparkEnv environment = SparkEnv.get();
        if (environment == null || "driver".equals(environment.executorId())) {
            return;
        }
        if (place != null) {
            set(Store.PROPERTY, Store.VARIABLE, place);
        }
        if (offline) {
            set(CacheFolder.OFFLINE_PROPERTY, CacheFolder.OFFLINE_VARIABLE, "true");
        }
        if (trust != null && isFree(TrustPolicy.PROPERTY, TrustPolicy.VARIABLE)) {
            set(TrustPolicy.PROPERTY, TrustPolicy.VARIABLE, written(trust).toString());
        }
    }

    private static void set(String property, String variable, String value) {
        if (isFree(property, variable)) {
            System.setProperty(property, value);
        }
    }

    private static boolean isFree(String property, String variable) {
        return System.getProperty(property) == null && System.getenv(variable) == null;
    }

    /** A trust file that others could write is refused, so it is made for its owner alone. */
    private static Path written(String trust) {
        try {
            Path folder =
                    Files.createTempDirectory(
                            "medzoo-trust",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwx------")));
            Path file = Files.writeString(folder.resolve("trust.json"), trust);
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
