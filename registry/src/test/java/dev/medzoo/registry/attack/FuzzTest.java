package dev.medzoo.registry.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.util.Utils;
import com.sun.management.ThreadMXBean;
import dev.medzoo.registry.TinyCandidate;
import dev.medzoo.registry.oci.OciTar;
import dev.medzoo.registry.oci.TinyStore;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.Golden;
import dev.medzoo.zoo.artifact.Manifest;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.format.Json;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.store.JarStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Every reader of what strangers write, over broken copies of good files: it ends in one of the
 * documented exceptions, or takes the file, within 5 s of a core and within memory that the input's
 * size bounds. The seeds are fixed: every run tries the same.
 */
@Tag("slow")
class FuzzTest {
    private static final String SEED = "20260101";
    private static final int TRIES = 400;
    private static final int FEW = 150;

    /** What a reader may take of a core: a machine that is busy with other work is none of it. */
    private static final Duration MOST_CPU = Duration.ofSeconds(5);

    /** After this it is taken to hang. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** What a reader may allocate beside 64 times its input. */
    private static final long BASE_BYTES = 16L << 20;

    /** The same where DJL reads weights: it takes 1 MiB for each array, and the network has 52. */
    private static final long WEIGHTS_BYTES = BASE_BYTES + (52L << 20);

    private static final Path SKIN = Path.of("../model-store/pretrained-skin/1.0.0");
    private static final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static Path below;
    private static Path candidate;
    private static byte[] tar;
    private static byte[] jar;

    private interface Reader {
        void read(byte[] bytes) throws Exception;
    }

    /** What reading took its thread. */
    private record Cost(long allocatedBytes, Duration cpu) {}

    @BeforeContainer
    static void makeGoodFiles() throws Exception {
        below = Files.createTempDirectory("fuzz");
        candidate = TinyCandidate.write(Files.createDirectory(below.resolve("new")), "0.1.0");
        tar = new TinyStore(Files.createDirectory(below.resolve("store"))).tar();
        jar = Files.readAllBytes(JarAttacks.jar(below));
        weights(Files.readAllBytes(candidate.resolve(TinyCandidate.WEIGHTS)));
    }

    @AfterContainer
    static void clean() {
        Utils.deleteQuietly(below);
    }

    @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.OFF)
    void index(@ForAll Random random, @ForAll Mutation mutation) throws Exception {
        byte[] good = Files.readAllBytes(Path.of("../model-store/index.json"));
        check(good, mutation, random, json -> Json.read(json, StoreIndex.class, "index.json", "x"));
    }

    @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.OFF)
    void manifest(@ForAll Random random, @ForAll Mutation mutation) throws Exception {
        check(good("manifest.json"), mutation, random, json -> Manifest.parse(json, "x"));
    }

    @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.OFF)
    void card(@ForAll Random random, @ForAll Mutation mutation) throws Exception {
        check(good("card.json"), mutation, random, json -> ModelCard.parse(json, "x"));
    }

    @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.OFF)
    void artifact(@ForAll Random random, @ForAll Mutation mutation) throws Exception {
        check(good("artifact.json"), mutation, random, json -> Artifact.parse(json, "x"));
    }

    @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.OFF)
    void golden(@ForAll Random random, @ForAll Mutation mutation) throws Exception {
        check(good("golden/golden.json"), mutation, random, json -> Golden.parse(json, "x"));
    }

    @Property(seed = SEED, tries = FEW, shrinking = ShrinkingMode.OFF)
    void params(@ForAll Random random, @ForAll Mutation mutation) throws Exception {
        byte[] good = Files.readAllBytes(candidate.resolve(TinyCandidate.WEIGHTS));
        try {
            check(WEIGHTS_BYTES, mutation.of(good, random), FuzzTest::weights);
        } finally {
            Files.write(candidate.resolve(TinyCandidate.WEIGHTS), good);
        }
    }

    @Property(seed = SEED, tries = FEW, shrinking = ShrinkingMode.OFF)
    void jar(@ForAll Random random, @ForAll Mutation mutation) throws Exception {
        check(
                WEIGHTS_BYTES,
                mutation.of(jar, random),
                bytes -> {
                    Path file = Files.write(below.resolve(random.nextLong() + ".jar"), bytes);
                    HostileStore.load(new JarStore(file));
                });
    }

    @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.OFF)
    void tar(@ForAll Random random, @ForAll Mutation mutation) throws Exception {
        Path spool = Files.createTempDirectory(below, "spool");
        check(
                tar,
                mutation,
                random,
                bytes -> OciTar.read(new ByteArrayInputStream(bytes), "x", spool));
    }

    private static byte[] good(String file) throws IOException {
        return Files.readAllBytes(SKIN.resolve(file));
    }

    private static void weights(byte[] bytes) throws Exception {
        Files.write(candidate.resolve(TinyCandidate.WEIGHTS), bytes);
        try (NDManager manager = NDManager.newBaseManager()) {
            ArtifactContent.ofCandidate(candidate).network(manager);
        }
    }

    private static void check(byte[] good, Mutation mutation, Random random, Reader reader) {
        check(BASE_BYTES, mutation.of(good, random), reader);
    }

    private static void check(long base, byte[] bad, Reader reader) {
        long most = base + 64L * bad.length;
        long direct = directBytes();
        Cost cost = assertTimeoutPreemptively(PATIENCE, () -> costOf(reader, bad));
        assertThat(cost.allocatedBytes()).as("bytes allocated for %d", bad.length).isLessThan(most);
        assertThat(cost.cpu()).as("time of a core for %d", bad.length).isLessThan(MOST_CPU);
        assertThat(directBytes() - direct).as("native bytes for %d", bad.length).isLessThan(most);
    }

    private static Cost costOf(Reader reader, byte[] bytes) throws Exception {
        long cpu = threads.getCurrentThreadCpuTime();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        try {
            reader.read(bytes);
        } catch (MalformedModelException | ModelNotFoundException | IOException e) {
            assertThat(e).hasMessageNotContaining("NullPointerException");
        }
        return new Cost(
                threads.getCurrentThreadAllocatedBytes() - allocated,
                Duration.ofNanos(threads.getCurrentThreadCpuTime() - cpu));
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
