package dev.medzoo.serving.dicomweb;

import dev.medzoo.serving.dicomweb.DicomNode.Parts;
import dev.medzoo.translate.finding.Finding;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A node in a process of its own, for a test that kills it. It prints {@code now} and the step, and
 * waits for ever at the n-th step; {@code done} when there was none.
 */
final class NodeProgram {
    private static int left;

    private NodeProgram() {}

    /**
     * Arguments: the archive, the study, of which one picture is refused, the folder, and n. What
     * is shown to the archive, {@code NETRC} has.
     */
    public static void main(String[] args) throws Exception {
        DicomWebSettings settings =
                TestNode.settings(args[0], Integer.parseInt(args[1]), Path.of(args[2]));
        left = Integer.parseInt(args[3]);
        Archive archive =
                new StoppingArchive(
                        TestNode.client(settings, new NodeCredentials(settings.root(), null)));
        FindingService findings =
                (instance, file) -> {
                    Finding finding = TestNode.finding(instance, file);
                    step("after the prediction");
                    return finding;
                };
        Parts parts = new Parts(archive, findings, new ReportMaker(), new StoppingDisk());
        DicomNode node = DicomNode.start(settings, parts, Duration.ofSeconds(1));
        while (node.status().numbers().reports() + node.status().numbers().refusals() < 2) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        System.out.println("done");
        System.exit(0);
    }

    private static synchronized void step(String name) {
        left--;
        if (left == 0) {
            System.out.println("now " + name);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private record StoppingArchive(Archive archive) implements Archive {
        @Override
        public Page find(int offset) throws NodeException {
            return archive.find(offset);
        }

        @Override
        public boolean has(String study, String uid) throws NodeException {
            return archive.has(study, uid);
        }

        @Override
        public byte[] fetch(Instance instance) throws NodeException {
            step("before the fetch");
            byte[] file = archive.fetch(instance);
            step("after the fetch");
            return file;
        }

        @Override
        public void store(String study, Report report) throws NodeException {
            step("before the store");
            archive.store(study, report);
            step("after the store");
        }
    }

    /** In the middle of a write, and after it; before it is after the step that went before. */
    private static final class StoppingDisk extends JournalFile {
        @Override
        void append(FileChannel file, byte[] line, long at) throws IOException {
            super.append(file, Arrays.copyOf(line, line.length / 2), at);
            step("in the middle of a record");
            super.append(file, line, at);
            step("after a record");
        }

        @Override
        void write(Path path, byte[] content) throws IOException {
            super.write(path, Arrays.copyOf(content, content.length / 2));
            step("in the middle of a new journal");
            super.write(path, content);
        }

        @Override
        void move(Path from, Path to) throws IOException {
            step("before a new journal has its name");
            super.move(from, to);
            step("after a new journal has its name");
        }
    }
}
