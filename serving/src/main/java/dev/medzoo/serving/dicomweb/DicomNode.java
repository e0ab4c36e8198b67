package dev.medzoo.serving.dicomweb;

import dev.medzoo.serving.dicomweb.Journal.Owner;
import dev.medzoo.serving.predict.PredictionService;
import dev.medzoo.serving.tls.OutgoingTls;
import dev.medzoo.serving.tls.TlsException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls a DICOMweb server and sends it one report on each new picture until the node is closed. It
 * runs in one thread of its own. An archive that does not answer is retried with exponential
 * backoff; clients of this server are not affected.
 */
public final class DicomNode implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(DicomNode.class);

    /** Operation name of the node's predictions, where clients' have method and path. */
    public static final String OPERATION = "dicomweb";

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    /**
     * Minimum pause as a multiple of a scan's time, so that at most a fifth of the archive's time
     * goes into scans.
     */
    private static final int LOOKS_BETWEEN_LOOKS = 4;

    private final StateFolder folder;
    private final Journal journal;
    private final RetrySchedule retries;
    private final NodeStatus status;
    private final ArchivePoller rounds;
    private final Duration interval;
    private final Duration drainTimeout;
    private final Backoff backoff;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private int failures;
    private String complaint = "";

    /** The node's collaborators. Tests replace them. */
    record Parts(
            Archive archive, FindingService findings, ReportWriter reports, JournalFile disk) {}

    private DicomNode(
            DicomWebSettings settings,
            Duration drainTimeout,
            Parts parts,
            StateFolder folder,
            Journal journal) {
        this.folder = folder;
        this.journal = journal;
        this.interval = settings.interval();
        this.drainTimeout = drainTimeout;
        Random random = new Random();
        backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
        retries =
                new RetrySchedule(new Backoff(FIRST_WAIT, LONGEST_DELAY, random), System::nanoTime);
        status = new NodeStatus(journal, retries);
        InstanceProcessor courier =
                new InstanceProcessor(parts.archive(), parts.findings(), parts.reports(), journal);
        rounds =
                new ArchivePoller(
                        parts.archive(),
                        courier,
                        journal,
                        retries,
                        status,
                        settings.maxInstances());
        thread = new Thread(this::run, "medzoo-dicomweb");
        thread.setDaemon(true);
    }

    /**
     * Starts polling.
     *
     * @param drainTimeout time to finish the current instance on shutdown
     * @throws IOException when the state folder or the credentials are invalid
     * @throws TlsException when the trusted authorities are invalid
     */
    public static DicomNode start(
            DicomWebSettings settings, PredictionService predictions, Duration drainTimeout)
            throws IOException, TlsException {
        NodeCredentials credentials = new NodeCredentials(settings.root(), settings.tokenFile());
        boolean isPlain = "http".equalsIgnoreCase(settings.root().getScheme());
        String shown = credentials.source().orElse("");
        if (!shown.isEmpty() && isPlain && !RedirectPolicy.isLoopback(settings.root())) {
            logger.warn("{}: credentials of {} are sent unencrypted", settings.root(), shown);
        }
        Connection connection =
                new Connection(authorities(settings.caFile()), credentials, settings.timeout());
        Parts parts =
                new Parts(
                        new DicomWebClient(settings, connection),
                        new QueuedFindingService(predictions, settings.model(), settings.version()),
                        new ReportMaker(),
                        new JournalFile());
        return start(settings, parts, drainTimeout);
    }

    private static @Nullable SSLContext authorities(@Nullable Path file) throws TlsException {
        return file == null ? null : OutgoingTls.trusting("dicomweb_ca_file", file);
    }

    static DicomNode start(DicomWebSettings settings, Parts parts, Duration drainTimeout)
            throws IOException {
        StateFolder folder = StateFolder.take(settings.state());
        try {
            Owner owner = new Owner(settings.root().toString(), settings.model());
            Journal journal = Journal.open(folder, owner, parts.disk());
            DicomNode node = new DicomNode(settings, drainTimeout, parts, folder, journal);
            logger.info("polling {} with model {}", settings.root(), settings.model());
            node.thread.start();
            return node;
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private void run() {
        boolean isStopped = false;
        while (!isStopped) {
            try {
                isStopped = stopping.await(round().toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                isStopped = true;
            }
        }
    }

    /** The delay before the next poll. */
    private Duration round() {
        try {
            boolean hasMore = rounds.run(this::isStopping);
            failures = 0;
            if (!complaint.isEmpty()) {
                logger.info("working again");
                complaint = "";
            }
            return hasMore ? Duration.ZERO : pause();
        } catch (NodeException e) {
            return wait(String.valueOf(e.getMessage()), e.retryAfter());
        } catch (RuntimeException e) {
            // Whatever it is, the next round may fare better, and the node must not be gone unseen.
            logger.error("polling failed", e);
            return wait("failed: " + e.getClass().getSimpleName(), Duration.ZERO);
        }
    }

    private Duration wait(String why, Duration retryAfter) {
        failures++;
        status.waits(why);
        Duration wait = backoff.after(failures, retryAfter);
        if (!why.equals(complaint) && !isStopping()) {
            logger.warn("{}; next try in {} ms", why, wait.toMillis());
            complaint = why;
        }
        return wait;
    }

    /** The interval, shortened by a due retry and extended after a long scan. */
    private Duration pause() {
        long spent = LOOKS_BETWEEN_LOOKS * rounds.lookTime().toNanos();
        long least = Math.max(interval.toNanos(), spent);
        long next = Math.max(0, retries.next().orElse(least));
        return Duration.ofNanos(Math.min(least, next)).plusMillis(1);
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** The current status. */
    public NodeStatus status() {
        return status;
    }

    /** Starts no new instance. The current one goes on. */
    public void stop() {
        stopping.countDown();
    }

    /**
     * Finishes the current instance within the drain timeout; otherwise the next start finishes it.
     */
    @Override
    public void close() throws IOException {
        stop();
        try {
            thread.join(Math.max(1, drainTimeout.toMillis()));
            thread.interrupt();
            thread.join();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        try (folder) {
            journal.close();
        }
    }
}
