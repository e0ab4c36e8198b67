package dev.medzoo.batch.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed at random points and started again writes, in the end, the same rows as
 * one that nobody killed. Spark is left out, as only its start would take time: applications has
 * that.
 */
@Tag("slow")
class KillTest {
    private static final int KILLS = 10;
    private static final int LATEST_MILLIS = 400;

    @TempDir Path work = Path.of("");

    @Test
    void aRunThatIsKilledTenTimesWritesTheSame() throws Exception {
        Path pictures = DrawnPictures.folder(work.resolve("pictures"), 96);
        Path whole = work.resolve("whole");
        assertThat(end(start(pictures, whole))).isZero();
        List<String> expected = rows(whole);
        assertThat(expected).hasSize(96);
        Random random = new Random(1);
        int kills = 0;
        for (int series = 0; kills < KILLS; series++) {
            Path out = work.resolve("out-" + series);
            Process process = start(pictures, out);
            while (kills < KILLS && isKilled(process, random.nextInt(LATEST_MILLIS))) {
                kills++;
                process = start(pictures, out);
            }
            assertThat(end(process)).isZero();
            assertThat(rows(out)).isEqualTo(expected);
        }
    }

    private static Process start(Path pictures, Path out) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dai.djl.offline=true",
                        "-Dmedzoo.cache=" + System.getProperty("medzoo.cache"),
                        "-Dlog4j2.configurationFile=classpath:dev/medzoo/batch/score/log4j2.properties",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlainRun.class.getName(),
                        pictures.toString(),
                        out.toString());
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** Kills it some time after it began; returns whether it had not ended before. */
    private static boolean isKilled(Process process, int millis) throws Exception {
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("begun");
            boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
            process.destroyForcibly();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return !ended;
        }
    }

    private static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    /** The rows of every file in turn; what is not whole has no name here. */
    private static List<String> rows(Path out) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> all = Files.list(out.resolve("findings"))) {
            for (Path each : all.sorted().toList()) {
                try (ParquetReader<Group> reader =
                        ParquetReader.builder(
                                        new GroupReadSupport(),
                                        new org.apache.hadoop.fs.Path(each.toUri()))
                                .build()) {
                    for (Group row = reader.read(); row != null; row = reader.read()) {
                        rows.add(row.toString());
                    }
                }
            }
        }
        return rows;
    }
}
