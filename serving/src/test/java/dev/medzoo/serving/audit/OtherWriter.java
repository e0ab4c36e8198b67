package dev.medzoo.serving.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that appends to a log, names each event once it is on the disk, and goes on until it is
 * killed; it ends with 3 when it may not write the log.
 */
final class OtherWriter {
    /** Before the id of an event that is on the disk. */
    static final String WRITTEN = "written: ";

    private static final long ROTATE_AT_BYTES = 16 << 10;

    private OtherWriter() {}

    /** Starts one on the log of a folder. */
    static Process start(LogFolder folder) throws IOException {
        return new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                OtherWriter.class.getName(),
                                folder.file().toString(),
                                folder.keyFile().toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] args) {
        AuditSettings settings =
                new AuditSettings(Path.of(args[0]), Path.of(args[1]), ROTATE_AT_BYTES, true, 100);
        try (AuditLog log = AuditLog.open(settings)) {
            for (int i = 0; ; i++) {
                String id = ProcessHandle.current().pid() + "-" + i;
                log.append(LogFolder.event(log, id)).join();
                System.out.println(WRITTEN + id);
            }
        } catch (IOException e) {
            System.out.println(e.getMessage());
            System.exit(3);
        }
    }
}
