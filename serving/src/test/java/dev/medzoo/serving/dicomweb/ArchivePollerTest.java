package dev.medzoo.serving.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.dicomweb.Journal.Owner;
import dev.medzoo.serving.dicomweb.JournalRecord.State;
import dev.medzoo.serving.dicomweb.NodeException.Remedy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is tried again and when, by a clock that stands still, against an archive that fails. */
class ArchivePollerTest {
    private final AtomicLong nanos = new AtomicLong();
    private final FailingArchive archive = new FailingArchive();
    private final RetrySchedule retries =
            new RetrySchedule(
                    new Backoff(Duration.ofSeconds(1), Duration.ofHours(1), new Random(1)),
                    nanos::get);
    private StateFolder folder;
    private Journal journal;
    private NodeStatus status;

    @BeforeEach
    void open(@TempDir Path temporary) throws Exception {
        folder = StateFolder.take(temporary.resolve("state"));
        journal = Journal.open(folder, new Owner("archive", "model"), new JournalFile());
        status = new NodeStatus(journal, retries);
    }

    @AfterEach
    void close() throws Exception {
        journal.close();
        folder.close();
    }

    private boolean round() throws NodeException {
        InstanceProcessor courier =
                new InstanceProcessor(
                        archive,
                        TestNode::finding,
                        (instance, file, finding) -> new Report(instance.uid() + ".9", file),
                        journal);
        return new ArchivePoller(archive, courier, journal, retries, status, 1000).run(() -> false);
    }

    /** Lists what it has in pages of two, and fails as it is told. */
    private static final class FailingArchive implements Archive {
        private final List<Instance> instances = new ArrayList<>();
        private final Map<String, NodeException> failures = new HashMap<>();
        private final List<String> fetched = new ArrayList<>();
        private final List<String> stored = new ArrayList<>();

        FailingArchive have(String... uids) {
            Arrays.stream(uids)
                    .map(uid -> new Instance("1.1", "1.1.1", uid, "", ""))
                    .forEach(instances::add);
            return this;
        }

        void fail(String uid, Remedy remedy) {
            failures.put(uid, new NodeException(remedy, "archive: " + remedy));
        }

        @Override
        public Page find(int offset) {
            List<Instance> page =
                    instances.subList(
                            Math.min(offset, instances.size()),
                            Math.min(offset + 2, instances.size()));
            return new Page(page, page.size());
        }

        @Override
        public boolean has(String study, String uid) {
            return stored.contains(uid);
        }

        @Override
        public byte[] fetch(Instance instance) throws NodeException {
            fetched.add(instance.uid());
            NodeException failure = failures.get(instance.uid());
            if (failure != null) {
                throw failure;
            }
            return new byte[1];
        }

        @Override
        public void store(String study, Report report) {
            stored.add(report.uid());
        }
    }

    @Test
    void takesEachInstanceOnce() throws Exception {
        archive.have("1.1", "1.2", "1.3");
        for (int i = 0; i < 3; i++) {
            assertThat(round()).isFalse();
        }
        assertThat(archive.stored).containsExactly("1.1.9", "1.2.9", "1.3.9");
        archive.have("1.4");
        round();
        assertThat(archive.fetched).containsExactly("1.1", "1.2", "1.3", "1.4");
    }

    @Test
    void neverTriesAgainWhatIsRefused() throws Exception {
        archive.have("1.1", "1.2").fail("1.1", Remedy.NONE);
        round();
        nanos.addAndGet(Duration.ofDays(365).toNanos());
        round();
        assertThat(archive.fetched).containsExactly("1.1", "1.2");
        assertThat(journal.find("1.1")).isEqualTo(JournalRecord.refused("1.1", "archive: NONE"));
        assertThat(status.numbers().refusals()).isEqualTo(1);
    }

    @Test
    void triesAgainLaterAndEverMoreRarelyWithoutHoldingUpTheOthers() throws Exception {
        archive.have("1.1", "1.2").fail("1.1", Remedy.LATER);
        List<Long> seconds = new ArrayList<>();
        for (long second = 0; second < 6000; second++) {
            int before = archive.fetched.size();
            round();
            if (archive.fetched.size() > before) {
                seconds.add(second);
            }
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertThat(archive.stored).containsExactly("1.2.9");
        assertThat(seconds).hasSizeBetween(11, 15);
        for (int i = 3; i < 9; i++) {
            long wait = seconds.get(i) - seconds.get(i - 1);
            assertThat(wait).isBetween((1L << (i - 1)) / 2, (1L << (i - 1)) + 1);
        }
        archive.failures.clear();
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        round();
        assertThat(archive.stored).containsExactly("1.2.9", "1.1.9");
        assertThat(status.numbers().putOff()).isZero();
    }

    @Test
    void givesUpAfterAFewTriesWhatMayBeTheInstancesFault() throws Exception {
        archive.have("1.1").fail("1.1", Remedy.FEW_TRIES);
        for (int i = 0; i < 20; i++) {
            round();
            nanos.addAndGet(Duration.ofHours(1).toNanos());
        }
        assertThat(archive.fetched).hasSize(RetrySchedule.FEW);
        assertThat(journal.count(State.REFUSED)).isEqualTo(1);
    }

    @Test
    void stopsARoundThatFailsOfTheArchive() {
        archive.have("1.1", "1.2", "1.3").fail("1.2", Remedy.WAIT);
        assertThatThrownBy(this::round).isInstanceOf(NodeException.class);
        assertThat(archive.fetched).containsExactly("1.1", "1.2");
        assertThat(status.numbers().putOff()).isZero();
    }

    @Test
    void stopsARoundInWhichOneAfterTheOtherFails() {
        for (int i = 1; i <= 20; i++) {
            archive.have("1." + i).fail("1." + i, Remedy.LATER);
        }
        assertThatThrownBy(this::round).isInstanceOf(NodeException.class);
        assertThat(archive.fetched).hasSize(5);
    }

    @Test
    void asksTheArchiveForAReportThatMayHaveArrived() throws Exception {
        archive.have("1.1", "1.2");
        archive.stored.add("1.1.7");
        journal.append(JournalRecord.sending("1.1", "1.1.7"));
        journal.append(JournalRecord.sending("1.2", "1.2.7"));
        round();
        assertThat(archive.fetched).containsExactly("1.2");
        assertThat(journal.find("1.1")).isEqualTo(JournalRecord.reported("1.1", "1.1.7"));
        assertThat(journal.find("1.2")).isEqualTo(JournalRecord.reported("1.2", "1.2.9"));
    }

    @Test
    void forgetsWhatIsDeletedAfterThreeWholeLooks() throws Exception {
        archive.have("1.1", "1.2");
        InstanceProcessor unused =
                new InstanceProcessor(
                        archive,
                        TestNode::finding,
                        (instance, file, finding) -> new Report("1.9", file),
                        journal);
        ArchivePoller rounds = new ArchivePoller(archive, unused, journal, retries, status, 1000);
        journal.append(JournalRecord.refused("1.1", "no pixels"));
        journal.append(JournalRecord.refused("1.2", "no pixels"));
        journal.append(JournalRecord.refused("1.3", "no pixels"));
        rounds.run(() -> false);
        rounds.run(() -> false);
        assertThat(journal.find("1.3")).isNotNull();
        rounds.run(() -> false);
        assertThat(journal.find("1.3")).isNull();
        assertThat(journal.instances()).containsExactlyInAnyOrder("1.1", "1.2");
    }

    @Test
    void saysWhereMoreMatchThanItLooksAt() throws Exception {
        for (int i = 1; i <= 1100; i++) {
            archive.have("1." + i);
        }
        round();
        assertThat(status.asMap()).containsEntry("isBeyondBound", true);
        assertThat(status.numbers().matching()).isEqualTo(1000);
    }

    @Test
    void refusesAnArchiveThatSendsTheSamePageForEver() {
        Archive same = new SamePage();
        assertThatThrownBy(() -> QueryScan.of(same, each -> true, 1000))
                .hasMessage(
                        "QIDO-RS: the page at offset 1 repeats the one before (expected: the next"
                                + " page)");
    }

    private static final class SamePage implements Archive {
        @Override
        public Page find(int offset) {
            return new Page(List.of(new Instance("1.1", "1.1", "1.1", "", "")), 1);
        }

        @Override
        public boolean has(String study, String uid) {
            return false;
        }

        @Override
        public byte[] fetch(Instance instance) {
            return new byte[0];
        }

        @Override
        public void store(String study, Report report) {}
    }
}
