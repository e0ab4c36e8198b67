package dev.medzoo.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.store.FolderStore;
import dev.medzoo.zoo.store.S3Clients;
import dev.medzoo.zoo.store.S3Location;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

@ExtendWith(S3Server.class)
@Tag("slow")
class WritableS3StoreTest {
    private static final int PUBLISHERS = 8;
    private static final Clock NOW = Clock.systemUTC();
    private static final Clock LATER = Clock.offset(NOW, Duration.ofHours(2));

    private static Path folder;
    private static ArtifactContent first;
    private static ArtifactContent second;
    private static ArtifactContent otherSecond;

    private final S3Location location = S3Server.location();
    private final WritableS3Store place = new WritableS3Store(location);
    private final Registry registry = new Registry(place, TinyStore.ANN);
    private final MedZoo zoo = new MedZoo(place.store());

    @BeforeAll
    static void makeCandidates(@TempDir Path temporary) throws Exception {
        folder = temporary;
        first = TinyStore.candidate(folder, "0.1.0");
        second = TinyStore.candidate(folder, "0.2.0");
        Path other = TinyCandidate.write(folder.resolve("other"), "0.2.0");
        TinyCandidate.writeWeights(other, TinyCandidate.network(), 99);
        otherSecond = ArtifactContent.ofCandidate(other);
    }

    private WritableS3Store at(Clock clock, ExecutionInterceptor... watchers) {
        return new WritableS3Store(location, S3Clients.writing(watchers), clock);
    }

    private static IndexEntry entry(ArtifactContent content) {
        return new IndexEntry(
                content.artifact().name(),
                content.artifact().version(),
                content.manifest().digest());
    }

    private void verify() throws Exception {
        assertThat(Verification.all(place.store())).allMatch(Verification.Line::good);
    }

    private Version stable() throws Exception {
        return zoo.index().resolve(ModelReference.parse("tiny@stable")).version();
    }

    @Test
    void whatIsPublishedCanBeLoaded() throws Exception {
        IndexEntry published = registry.publish(first);
        ModelReference candidate = ModelReference.parse("tiny@candidate");
        try (ZooModel<Image, Classifications> model =
                zoo.load(candidate, Image.class, Classifications.class)) {
            assertThat(model.getProperty("medzoo.digest")).isEqualTo(published.digest());
        }
        verify();
        assertThat(new GarbageCollector(at(LATER), false).find()).isEmpty();
        assertThat(place.store().list("").orElseThrow()).noneMatch(path -> path.contains("/."));
    }

    @Test
    void aVersionHasALife() throws Exception {
        registry.publish(first);
        registry.promote(TinyStore.tiny("0.1.0"), ModelReference.STABLE, null);
        registry.publish(second);
        registry.promote(TinyStore.tiny("0.2.0"), ModelReference.STABLE, "a test");
        assertThat(stable()).hasToString("0.2.0");
        registry.rollback("tiny", ModelReference.STABLE, "a test");
        assertThat(stable()).hasToString("0.1.0");
        StoreIndex index = registry.revoke(TinyStore.tiny("0.2.0"), "wrong labels");
        assertThat(index.usable("tiny")).hasToString("[0.1.0]");
        assertThat(new GarbageCollector(at(NOW), true).find()).isEmpty();
        assertThat(new GarbageCollector(at(LATER), true).remove()).containsExactly("tiny/0.2.0/");
        assertThat(place.store().list("tiny/0.2.0/").orElseThrow()).isEmpty();
        verify();
        assertThat(History.read(place.store(), index).entries()).hasSize(6);
    }

    @Test
    void aMirrorThereAndBackIsTheSameTree() throws Exception {
        Path begin = TinyStore.twoVersions(folder.resolve("mirrored"));
        Path end = folder.resolve("end");
        assertThat(new Mirror(new FolderStore(begin), place).run()).hasSize(2);
        assertThat(new Mirror(new FolderStore(begin), place).run()).isEmpty();
        assertThat(new Mirror(place.store(), new WritableFolderStore(end)).run()).hasSize(2);
        assertThat(TinyStore.files(end)).containsKeys("index.json", "tiny/0.2.0/manifest.json");
        // A mirror brings the signature of the newest index alone.
        SortedMap<String, String> expected = TinyStore.files(begin);
        expected.keySet().removeIf(path -> path.startsWith("signatures/"));
        SortedMap<String, String> mirrored = TinyStore.files(end);
        mirrored.keySet().removeIf(path -> path.startsWith("signatures/"));
        assertThat(mirrored).isEqualTo(expected);
    }

    @Test
    void noUpdateIsLostAmongEightPublishers() throws Exception {
        List<ArtifactContent> candidates = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            candidates.add(TinyStore.candidate(folder, "1." + i + ".0"));
        }
        ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS);
        try {
            List<Future<IndexEntry>> publishers = new ArrayList<>();
            for (ArtifactContent candidate : candidates) {
                publishers.add(
                        threads.submit(
                                () -> new Registry(at(NOW), TinyStore.ANN).publish(candidate)));
            }
            for (Future<IndexEntry> publisher : publishers) {
                publisher.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(zoo.index().usable("tiny")).hasSize(PUBLISHERS);
        assertThat(zoo.index().serial()).isEqualTo(PUBLISHERS);
        assertThat(History.read(place.store(), zoo.index()).entries()).hasSize(PUBLISHERS);
        verify();
    }

    @Test
    void whoIsSlowerIsToldAndHarmsNothing() throws Exception {
        registry.publish(first);
        try (WritableStore.Session slow = place.open()) {
            registry.publish(second);
            assertThatThrownBy(() -> slow.putVersion(entry(otherSecond), otherSecond.files()))
                    .isInstanceOf(ChangedMeanwhileException.class);
        }
        try (WritableStore.Session slow = place.open()) {
            registry.promote(TinyStore.tiny("0.1.0"), ModelReference.STABLE, null);
            assertThatThrownBy(() -> slow.replaceIndex(new byte[1]))
                    .isInstanceOf(ChangedMeanwhileException.class)
                    .hasMessage(
                            "index.json: changed by someone else (expected: unchanged since it was"
                                    + " read) in "
                                    + location);
        }
        verify();
        assertThatThrownBy(() -> registry.publish(otherSecond))
                .hasMessageStartingWith("version: 0.2.0 of tiny is published");
    }

    @Test
    void aVersionIsPublishedByOneAtATime() throws Exception {
        registry.publish(first);
        try (WritableStore.Session other = place.open()) {
            other.putVersion(entry(otherSecond), otherSecond.files());
            assertThatThrownBy(() -> registry.publish(second))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching(
                            "tiny/.claim-0.2.0: being published by someone else as %s since .* \\(expected: none, or over an hour old\\) in %s"
                                    .formatted(otherSecond.manifest().digest(), location));
            assertThat(new GarbageCollector(at(NOW), true).find()).isEmpty();
        }
        assertThat(place.store().list("tiny/0.2.0/").orElseThrow()).isEmpty();
        registry.publish(second);
        verify();
    }

    @Test
    void theSameBytesMayBeGoneOnWith() throws Exception {
        try (WritableStore.Session other = place.open()) {
            other.putVersion(entry(second), second.files());
            registry.publish(second);
        }
        verify();
        registry.promote(TinyStore.tiny("0.2.0"), ModelReference.STABLE, "a test");
        verify();
    }

    @Test
    void nobodyLosesAClaimToWhoCannotGoOn() throws Exception {
        registry.publish(first);
        try (WritableStore.Session other = place.open();
                WritableStore.Session slow = place.open()) {
            other.putVersion(entry(second), second.files());
            registry.renew();
            assertThatThrownBy(() -> slow.putVersion(entry(second), second.files()))
                    .isInstanceOf(ChangedMeanwhileException.class);
            assertThatThrownBy(() -> registry.publish(otherSecond))
                    .hasMessageStartingWith(
                            "tiny/.claim-0.2.0: being published by someone else as ");
        }
        registry.publish(second);
        verify();
    }

    @Test
    void aClaimEndsAfterAnHour() throws Exception {
        try (WritableStore.Session died = place.open();
                WritableStore.Session late = at(LATER).open()) {
            died.putVersion(entry(otherSecond), otherSecond.files());
            assertThat(new GarbageCollector(at(LATER), false).find())
                    .containsExactly("tiny/.claim-0.2.0", "tiny/0.2.0/");
            new Registry(at(LATER), TinyStore.ANN).publish(second);
            verify();
            assertThatThrownBy(() -> late.replaceIndex("{}".getBytes(UTF_8)))
                    .isInstanceOf(ChangedMeanwhileException.class);
        }
        verify();
    }

    @Test
    void aClaimIsRenewedUnlessItIsTooLate() throws Exception {
        List<Duration> passed = new ArrayList<>(List.of(Duration.ZERO));
        WritableS3Store slowly = at(new Passing(passed));
        WritableStore.Session slow = slowly.open();
        slow.putVersion(entry(first), first.files());
        String claim = "tiny/.claim-0.1.0";
        byte[] made = place.store().read(claim, Claim.LARGEST_BYTES);
        passed.set(0, Duration.ofMinutes(40));
        slow.putVersion(entry(second), second.files());
        assertThat(place.store().read(claim, Claim.LARGEST_BYTES)).isNotEqualTo(made);
        passed.set(0, Duration.ofMinutes(86));
        assertThatThrownBy(() -> slow.replaceIndex("{}".getBytes(UTF_8)))
                .hasMessageStartingWith(claim + ": claimed at ")
                .hasMessageContaining("(expected: renewed within PT45M; run the command again)");
        slow.close();
        assertThat(place.store().list("").orElseThrow()).containsExactly(".unborn");
    }

    @Test
    void anIndexThatWasLostIsNotStartedAnew() throws Exception {
        registry.publish(first);
        try (S3Client client = S3Clients.writing()) {
            new S3Objects(location, client).delete(StoreIndex.FILE);
        }
        assertThatThrownBy(place::open)
                .hasMessage(
                        "index.json: absent (expected: an index, or no key at all) in " + location);
    }

    @Test
    void seesAllThatLiesThereHoweverFewAtATime() throws Exception {
        registry.publish(first);
        try (WritableStore.Session whole = at(LATER).open();
                WritableStore.Session pages = at(LATER, new TwoAtATime()).open()) {
            assertThat(pages.paths()).isEqualTo(whole.paths()).contains("tiny/0.1.0/golden/");
        }
    }

    /** A clock that a test moves on. */
    private static final class Passing extends Clock {
        private final List<Duration> passed;

        Passing(List<Duration> passed) {
            this.passed = passed;
        }

        @Override
        public ZoneId getZone() {
            return NOW.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return NOW.withZone(zone);
        }

        @Override
        public Instant instant() {
            return NOW.instant().plus(passed.get(0));
        }
    }

    private static final class TwoAtATime implements ExecutionInterceptor {
        @Override
        public SdkRequest modifyRequest(
                Context.ModifyRequest context, ExecutionAttributes attributes) {
            return context.request() instanceof ListObjectsV2Request list
                    ? list.toBuilder().maxKeys(2).build()
                    : context.request();
        }
    }
}
