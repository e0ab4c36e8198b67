package dev.medzoo.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.store.FolderStore;
import dev.medzoo.zoo.store.S3Clients;
import dev.medzoo.zoo.store.S3Location;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket whose writer dies, or is cut off, at each of its writes. */
@ExtendWith(S3Server.class)
@Tag("slow")
class S3KillTest {
    private static final Logger logger = LoggerFactory.getLogger(S3KillTest.class);

    private static Path base;
    private static ArtifactContent candidate;
    private static S3Client writing;

    @BeforeAll
    static void makeStores(@TempDir Path folder) throws Exception {
        writing = S3Clients.writing();
        candidate = TinyStore.candidate(folder, "0.2.0");
        base = folder.resolve("base");
        TinyStore.registry(base).publish(TinyStore.candidate(folder, "0.1.0"));
        TinyStore.registry(base).publish(candidate);
        TinyStore.registry(base).revoke(TinyStore.tiny("0.1.0"), "its files are to go");
    }

    private static void run(String command, WritableS3Store place) throws Exception {
        Registry registry = new Registry(place, TinyStore.ANN);
        switch (command) {
            case "publish" -> registry.publish(candidate);
            case "renew" -> registry.renew();
            case "gc" -> new GarbageCollector(place, true).remove();
            default -> throw new IllegalArgumentException(command);
        }
    }

    /** A bucket as the command finds it. */
    private static S3Location prepare(String command) throws Exception {
        S3Location location = S3Server.location();
        if (!command.equals("publish")) {
            new Mirror(new FolderStore(base), new WritableS3Store(location)).run();
        }
        if (command.equals("gc")) {
            S3Server.put(location, "tiny/0.1.0/manifest.json", new byte[1]);
            S3Server.put(location, "tiny/0.9.0/golden/half.png", new byte[1]);
        }
        return location;
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish", "renew", "gc"})
    void aStoreOutlivesAKillAtEveryWrite(String command) throws Exception {
        int killed = 0;
        while (outlivesKillAt(killed + 1, command)) {
            killed++;
        }
        logger.info("{}: killed at each of {} writes", command, killed);
        assertThat(killed).isGreaterThan(2);
    }

    private static boolean outlivesKillAt(int n, String command) throws Exception {
        S3Location location = prepare(command);
        FailingRequests kill = FailingRequests.killAt(n);
        try (S3Client client = S3Clients.writing(kill)) {
            run(
                    command,
                    new WritableS3Store(location, client, hours(command.equals("gc") ? 2 : 0)));
        } catch (FailingRequests.Killed e) {
            // As it should be.
        }
        verify(location);
        if (kill.happened()) {
            again(
                    command,
                    new WritableS3Store(location, writing, hours(command.equals("gc") ? 4 : 0)));
            WritableS3Store later = new WritableS3Store(location, writing, hours(6));
            new GarbageCollector(later, true).remove();
            assertThat(new GarbageCollector(later, true).find()).isEmpty();
            verify(location);
        }
        return kill.happened();
    }

    private static Clock hours(int hours) {
        return Clock.offset(Clock.systemUTC(), Duration.ofHours(hours));
    }

    /** The same once more; what was done in full before the kill says so. */
    private static void again(String command, WritableS3Store place) throws Exception {
        try {
            run(command, place);
        } catch (FileAlreadyExistsException e) {
            assertThat(e).hasMessageStartingWith("version: 0.2.0 of tiny is published");
        }
    }

    private static void verify(S3Location location) throws Exception {
        WritableS3Store place = new WritableS3Store(location);
        if (paths(location).contains(StoreIndex.FILE)) {
            assertThat(Verification.all(place.store())).allMatch(Verification.Line::good);
        }
    }

    @Test
    void whatAFailedPublisherWroteIsTakenBack() throws Exception {
        int failed = 0;
        while (isTakenBackAfter(failed + 1)) {
            failed++;
        }
        logger.info("publish: cut off at each of {} writes", failed);
        assertThat(failed).isGreaterThan(4);
    }

    private static boolean isTakenBackAfter(int n) throws Exception {
        S3Location location = S3Server.location();
        FailingRequests cut = FailingRequests.failAt(n);
        try (S3Client client = S3Clients.writing(cut)) {
            run("publish", new WritableS3Store(location, client, hours(0)));
            // Nobody is told that a claim or a marker could not be removed.
            assertThat(!cut.happened() || cut.write().startsWith("DELETE")).isTrue();
            verify(location);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("the cable is out");
            if (cut.write().endsWith(StoreIndex.FILE)) {
                run("publish", new WritableS3Store(location));
                verify(location);
            } else {
                assertThat(shared(location)).isSubsetOf(".unborn");
            }
        }
        return cut.happened();
    }

    /** Without what only its content names; a new store has a marker. */
    private static Set<String> shared(S3Location location) throws Exception {
        Set<String> paths = paths(location);
        paths.removeIf(path -> path.startsWith("history/") || path.startsWith("signatures/"));
        return paths;
    }

    private static Set<String> paths(S3Location location) throws Exception {
        return new TreeSet<>(new WritableS3Store(location).store().list("").orElseThrow());
    }
}
