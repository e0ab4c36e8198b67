package dev.medzoo.registry.attack;

import dev.medzoo.registry.History;
import dev.medzoo.registry.Maintainer;
import dev.medzoo.registry.Mirror;
import dev.medzoo.registry.Registry;
import dev.medzoo.registry.StoreArchive;
import dev.medzoo.registry.TinyCandidate;
import dev.medzoo.registry.WritableFolderStore;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.sign.SigningKey;
import dev.medzoo.zoo.sign.TrustFile;
import dev.medzoo.zoo.sign.TrustPolicy;
import dev.medzoo.zoo.sign.TrustedKey;
import dev.medzoo.zoo.store.FolderStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** On who vouches for a store, and on which of its states is shown. */
final class TrustAttacks {
    private static final SigningKey ANN = SigningKey.generate();
    private static final SigningKey MALLORY = SigningKey.generate();
    private static final Clock NOW = Clock.systemUTC();

    private final Path below;

    private TrustAttacks(Path below) {
        this.below = below;
    }

    static List<Attack> of(Path below) {
        TrustAttacks on = new TrustAttacks(below);
        Attack.Rows rows = new Attack.Rows();
        on.addIndex(rows);
        on.addAge(rows);
        on.addArtifact(rows);
        on.addWrites(rows);
        return rows.list();
    }

    private void addIndex(Attack.Rows rows) {
        rows.add(
                "index: its signature is gone",
                "index.json: no signature (expected: signatures/….json, by a signer in the trust"
                        + " file) in …",
                () -> {
                    Path store = signed(ANN);
                    Files.delete(signature(store));
                    load(store, trust("tiny", true));
                });
        rows.add(
                "index: changed after it was signed",
                "index.json: no signature (expected: signatures/…",
                () -> {
                    Path store = signed(ANN);
                    replace(store.resolve("index.json"), "\"serial\" : 2", "\"serial\" : 9");
                    load(store, trust("tiny", true));
                });
        rows.add(
                "index: changed, with the signature of the one before",
                "index.json: …index.json…",
                () -> {
                    Path store = signed(ANN);
                    Path old = signature(store);
                    replace(store.resolve("index.json"), "\"serial\" : 2", "\"serial\" : 9");
                    Files.move(old, signature(store));
                    load(store, trust("tiny", true));
                });
        rows.add(
                "index: signed by a stranger",
                "index.json: signed by sha256:… (expected: a signer trusted for the index: …",
                () -> load(signed(MALLORY), trust("tiny", true)));
        rows.add(
                "index: signed by one who may sign artifacts alone",
                "index.json: signed by sha256:… (expected: a signer trusted for the index: …",
                () -> load(signed(ANN), trust("tiny", false)));
        rows.add(
                "trust file: absent",
                "trust: … (expected: a trust file)",
                () -> load(signed(ANN), below.resolve("no-trust.json")));
        rows.add(
                "trust file: it names nobody",
                "index.json: signed by sha256:… (expected: a signer trusted for the index: []) in…",
                () -> load(signed(ANN), write(TrustFile.of())));
    }

    private void addAge(Attack.Rows rows) {
        rows.add(
                "index: an older one, signed in its time (rollback)",
                "index.json: serial 2 (expected: at least 3, seen before; …) in …",
                () -> {
                    Path store = signed(ANN);
                    byte[] old = Files.readAllBytes(store.resolve("index.json"));
                    registry(store, ANN, NOW).renew();
                    load(store, trust("tiny", true));
                    Files.write(store.resolve("index.json"), old);
                    load(store, trust("tiny", true));
                });
        rows.add(
                "index: a revocation undone by an older one",
                "index.json: serial 2 (expected: at least 3, seen before; …) in …",
                () -> {
                    Path store = signed(ANN);
                    byte[] old = Files.readAllBytes(store.resolve("index.json"));
                    registry(store, ANN, NOW).revoke(ModelReference.parse("tiny/0.1.0"), "wrong");
                    Files.write(store.resolve("index.json"), old);
                    load(store, trust("tiny", true));
                });
        rows.add(
                "index: two of one serial, both signed",
                "index.json: serial 3 is sha256:… (expected: sha256:…, seen before under that"
                        + " serial; …) in …",
                () -> {
                    Path store = signed(ANN);
                    byte[] before = Files.readAllBytes(store.resolve("index.json"));
                    registry(store, ANN, Clock.offset(NOW, Duration.ofDays(-1))).renew();
                    byte[] one = Files.readAllBytes(store.resolve("index.json"));
                    VerifiedStore.of(new FolderStore(store)).forget();
                    Files.write(store.resolve("index.json"), before);
                    registry(store, ANN, NOW).renew();
                    load(store, trust("tiny", true));
                    Files.write(store.resolve("index.json"), one);
                    load(store, trust("tiny", true));
                });
        rows.add(
                "index: withheld until it expired (freeze)",
                "index.json: expired at 2020-01-31T00:00:00Z (expected: a newer one, or --offline to"
                        + " take it as it is) in …",
                () -> {
                    Path store = signed(ANN);
                    Instant longAgo = Instant.parse("2020-01-01T00:00:00Z");
                    registry(store, ANN, Clock.fixed(longAgo, ZoneOffset.UTC)).renew();
                    load(store, trust("tiny", true));
                });
        rows.add(
                "index: a version that is revoked",
                "version: 0.1.0 of tiny, revoked: labels were swapped (expected one of: [])",
                () -> {
                    Path store = signed(ANN);
                    registry(store, ANN, NOW)
                            .revoke(ModelReference.parse("tiny/0.1.0"), "labels were swapped");
                    load(store, trust("tiny", true));
                });
    }

    private void addArtifact(Attack.Rows rows) {
        rows.add(
                "artifact: its signature is gone",
                "model.sig: absent (expected: signed by a signer in the trust file) in…",
                attackSignature(sig -> Files.delete(sig)));
        rows.add(
                "artifact: its signature cut in half",
                "model.sig: … in tiny/0.1.0",
                attackSignature(
                        sig -> {
                            byte[] bytes = Files.readAllBytes(sig);
                            Files.write(sig, Arrays.copyOf(bytes, bytes.length / 2));
                        }));
        rows.add(
                "artifact: a signature of 2 MiB",
                "tiny/0.1.0/model.sig: more than 1048576 bytes (expected: at most that) in …",
                attackSignature(sig -> Files.write(sig, new byte[2 << 20])));
        rows.add(
                "artifact: the index's signature in place of its own",
                "model.sig: … in tiny/0.1.0",
                attackSignature(
                        sig ->
                                Files.copy(
                                        signature(sig.getParent().getParent().getParent()),
                                        sig,
                                        StandardCopyOption.REPLACE_EXISTING)));
        rows.add(
                "artifact: the signature of the same name and version in another store",
                "manifest.json: sha256 … (expected: …, as signed) in tiny/0.1.0",
                attackSignature(
                        sig ->
                                Files.copy(
                                        signed(ANN, 7).resolve("tiny/0.1.0/model.sig"),
                                        sig,
                                        StandardCopyOption.REPLACE_EXISTING)));
        rows.add(
                "artifact: signed by a stranger",
                "model.sig: signed by sha256:… (expected: a signer trusted for tiny: …) in"
                        + " tiny/0.1.0",
                attackSignature(
                        sig ->
                                Files.copy(
                                        signed(MALLORY).resolve("tiny/0.1.0/model.sig"),
                                        sig,
                                        StandardCopyOption.REPLACE_EXISTING)));
        rows.add(
                "artifact: signed by one who may sign another name alone",
                "model.sig: signed by sha256:… (expected: a signer trusted for tiny: …) in"
                        + " tiny/0.1.0",
                () -> load(signed(ANN), trust("eye", true)));
        rows.add(
                "artifact: signed by a key that was retired",
                "index.json: signed by sha256:… (expected: a signer trusted for the index: […only"
                        + " until 2020-01-01T00:00:00Z]) in …",
                () ->
                        load(
                                signed(ANN),
                                write(
                                        TrustFile.of(
                                                new TrustedKey(
                                                        "ann",
                                                        ANN.publicPem(),
                                                        List.of("*"),
                                                        true,
                                                        null,
                                                        "2020-01-01T00:00:00Z")))));
        rows.add(
                "artifact: another version's manifest and files under its name (mix)",
                "manifest.json: sha256:… (expected: sha256:…) in tiny/0.1.0",
                () -> {
                    Path store = signed(ANN);
                    Path other = signed(ANN, 7);
                    copyOver(other.resolve("tiny/0.1.0"), store.resolve("tiny/0.1.0"));
                    load(store, trust("tiny", true));
                });
    }

    private void addWrites(Attack.Rows rows) {
        rows.add(
                "history: an entry changed",
                "history/….json: sha256 … (expected: the digest in its name) in …",
                () -> {
                    Path store = signed(ANN);
                    FolderStore folder = new FolderStore(store);
                    StoreIndex index = VerifiedStore.of(folder).index();
                    String first = History.read(folder, index).digests().get(0);
                    replace(store.resolve("history/" + first + ".json"), "publish", "promote");
                    History.read(folder, index);
                });
        rows.add(
                "mirror: from a store that is behind",
                "index.json: serial 2 (expected: above 3, which … has) in …",
                () -> {
                    Path store = signed(ANN);
                    Path target = Files.createTempDirectory(below, "mirror").resolve("m");
                    new Mirror(new FolderStore(store), new WritableFolderStore(target)).run();
                    registry(target, ANN, NOW).renew();
                    new Mirror(new FolderStore(store), new WritableFolderStore(target)).run();
                });
        rows.add(
                "import: an archive that is behind",
                "index.json: serial 2 (expected: above 3, which … has) in …",
                () -> {
                    Path store = signed(ANN);
                    StoreArchive archive =
                            new StoreArchive(
                                    Files.createTempDirectory(below, "tar").resolve("store.tar"));
                    archive.write(new FolderStore(store));
                    registry(store, ANN, NOW).renew();
                    archive.readInto(new WritableFolderStore(store));
                });
        rows.add(
                "publish: over a version that is there",
                "version: 0.1.0 of tiny is published (expected: none of [0.1.0]) in …",
                () -> publish(signed(ANN), ANN, 9));
        rows.add(
                "publish: by a key that the trust file does not name",
                "model.sig: signed by sha256:… (expected: a signer trusted for tiny: …) in…",
                () -> {
                    Path store = Files.createTempDirectory(below, "signed").resolve("store");
                    with(write(trusting("tiny", true)), () -> publish(store, MALLORY, 0));
                });
        rows.add(
                "publish: where the index was lost",
                "index.json: absent (expected: an index, or an empty folder) in …",
                () -> {
                    Path store = signed(ANN);
                    Files.delete(store.resolve("index.json"));
                    registry(store, ANN, NOW).renew();
                });
    }

    /** What an attacker does to a file. */
    private interface Act {
        void on(Path file) throws Exception;
    }

    private ThrowingCallable attackSignature(Act act) {
        return () -> {
            Path store = signed(ANN);
            act.on(store.resolve("tiny/0.1.0/model.sig"));
            load(store, trust("tiny", true));
        };
    }

    private Path signed(SigningKey key) throws Exception {
        return signed(key, 0);
    }

    /** A store of serial 2 with one stable version, whose weights a seed decides. */
    private Path signed(SigningKey key, long seed) throws Exception {
        Path store = Files.createTempDirectory(below, "signed").resolve("store");
        publish(store, key, seed);
        registry(store, key, NOW).promote(ModelReference.parse("tiny/0.1.0"), "stable", null);
        return store;
    }

    private void publish(Path store, SigningKey key, long seed) throws Exception {
        Path candidate = TinyCandidate.write(Files.createTempDirectory(below, "new"), "0.1.0");
        TinyCandidate.writeWeights(candidate, TinyCandidate.network(), seed);
        registry(store, key, NOW).publish(ArtifactContent.ofCandidate(candidate));
    }

    private static Registry registry(Path store, SigningKey key, Clock clock) {
        return new Registry(
                new WritableFolderStore(store),
                new Maintainer("ann", key, Duration.ofDays(30), clock));
    }

    private static Path signature(Path store) throws Exception {
        byte[] index = Files.readAllBytes(store.resolve("index.json"));
        return store.resolve(StoreIndex.signaturePath(index));
    }

    private static TrustFile trusting(String name, boolean index) {
        return TrustFile.of(TrustedKey.of("ann", ANN, List.of(name), index));
    }

    private Path trust(String name, boolean index) throws Exception {
        return write(trusting(name, index));
    }

    private Path write(TrustFile trust) throws Exception {
        return Files.write(Files.createTempFile(below, "trust", ".json"), trust.toBytes());
    }

    private static void load(Path store, Path trust) throws Throwable {
        with(trust, () -> HostileStore.load(new FolderStore(store)));
    }

    /** With a trust file in force. */
    private static void with(@Nullable Path trust, ThrowingCallable act) throws Throwable {
        System.setProperty(TrustPolicy.PROPERTY, String.valueOf(trust));
        try {
            act.call();
        } finally {
            System.clearProperty(TrustPolicy.PROPERTY);
        }
    }

    private static void replace(Path file, String good, String bad) throws Exception {
        Files.writeString(file, Files.readString(file).replace(good, bad));
    }

    private static void copyOver(Path from, Path to) throws Exception {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        path,
                        to.resolve(from.relativize(path).toString()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
