package dev.medzoo.serving.audit;

import dev.medzoo.serving.audit.AuditEvent.Via;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder with a key and a log.
 *
 * @param folder that is empty at first
 */
record LogFolder(Path folder) {
    static final Clock NOON = Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);
    static final String DIGEST = "sha256:" + "ab".repeat(32);

    /** Which a file reaches with some ten lines. */
    static final long SMALL = 4096;

    static LogFolder in(Path folder) throws IOException {
        AuditKey.create(folder.resolve("key"));
        return new LogFolder(folder);
    }

    Path file() {
        return folder.resolve("audit.log");
    }

    Path keyFile() {
        return folder.resolve("key");
    }

    AuditKey key() throws IOException {
        return AuditKey.read(keyFile());
    }

    AuditSettings settings(long rotateAtBytes) {
        return new AuditSettings(file(), keyFile(), rotateAtBytes, true, 10_000);
    }

    AuditLog open() throws IOException {
        return AuditLog.open(settings(AuditSettings.ROTATE_AT_BYTES), NOON);
    }

    AuditLog openSmall() throws IOException {
        return AuditLog.open(settings(SMALL), NOON);
    }

    /** Appends events one after the other, each a group of its own. */
    static void append(AuditLog log, int events) {
        for (int i = 0; i < events; i++) {
            log.append(event(log, "request-" + i)).join();
        }
    }

    static AuditEvent event(AuditLog log, String requestId) {
        ByteBuffer picture = ByteBuffer.wrap(requestId.getBytes(StandardCharsets.UTF_8));
        return new AuditEvent(
                requestId,
                Via.HTTP,
                "ward-3",
                "pretrained-skin",
                "1.0.0",
                DIGEST,
                log.hash(picture),
                200,
                new AuditDecision("nv", 0.75, false));
    }

    AuditReport verify() throws IOException {
        return verify(null);
    }

    AuditReport verify(@Nullable ChainLink expected) throws IOException {
        return AuditVerifier.verify(file(), key(), expected);
    }

    /** The files of the log, the oldest first. */
    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>(new LogFiles(file()).rotated());
        files.add(file());
        return files;
    }

    /** All lines of the log. */
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path each : files()) {
            lines.addAll(Files.readAllLines(each));
        }
        return lines;
    }
}
