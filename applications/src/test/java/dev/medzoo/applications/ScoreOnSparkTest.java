package dev.medzoo.applications;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code medzoo score} as users run it: by the launcher, which is killed and goes on, and by
 * spark-submit on a cluster of processes. Their Spark has the versions of Jackson, Netty and others
 * that a distribution has.
 */
@Tag("slow")
class ScoreOnSparkTest {
    private static final int PICTURES = 24;
    private static final List<String> OPENED =
            List.of(
                    "java.lang",
                    "java.lang.invoke",
                    "java.lang.reflect",
                    "java.io",
                    "java.net",
                    "java.nio",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "jdk.internal.ref",
                    "sun.nio.ch",
                    "sun.nio.cs",
                    "sun.security.action",
                    "sun.util.calendar");

    @TempDir private Path folder = Path.of("");
    private Path home = Path.of("");

    @BeforeEach
    void drawAndLink() throws IOException {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        for (int i = 0; i < PICTURES; i++) {
            BufferedImage picture = new BufferedImage(32, 32, BufferedImage.TYPE_3BYTE_BGR);
            picture.setRGB(i, i, Color.PINK.getRGB());
            ImageIO.write(picture, "png", pictures.resolve(i + ".png").toFile());
        }
        Files.writeString(pictures.resolve("text.png"), "no picture");
        home = Path.of("target/spark").toAbsolutePath();
        Path jars = Files.createDirectories(home.resolve("jars"));
        String all = Files.readString(Ran.SOURCES.resolve("batch/spark/target/spark.classpath"));
        for (String jar : all.strip().split(":", -1)) {
            Path link = jars.resolve(Path.of(jar).getFileName());
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, Path.of(jar));
        }
    }

    private static List<String> launched(String out) {
        return List.of(
                Ran.SOURCES.resolve("medzoo").toString(),
                "score",
                "pretrained-skin",
                "--in=pictures",
                "--out=" + out,
                "--master=local[1]",
                "--runtime=onnx-int8");
    }

    @Test
    void theLauncherGoesOnWithWhatWasKilled() throws Exception {
        Process process =
                Ran.builder(folder, launched("out"))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        // Killed once a part is done, or at its end: the second run finds either.
        for (int i = 0; i < 6000 && process.isAlive() && parts("out") == 0; i++) {
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        process.destroyForcibly();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(parts("out")).as(Files.readString(folder.resolve("log"))).isPositive();

        Ran ran = Ran.in(folder, launched("out"));

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .contains("pictures: 25, parts: 2, done before: ")
                .doesNotContain("done before: 0")
                .contains("1: picture: bytes that start with 6e 6f")
                .endsWith("Research use only. Not a diagnosis.\n");
        assertThat(parts("out")).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("out/summary.json")))
                .contains("\"pictures\" : 25,", "\"unread\" : 1,");
    }

    private int parts(String out) throws IOException {
        Path findings = folder.resolve(out).resolve("findings");
        if (!Files.isDirectory(findings)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(findings)) {
            return (int) all.count();
        }
    }

    @Test
    void aClusterOfProcessesScores() throws Exception {
        try (Service master = daemon("master.Master", "--webui-port", "0")) {
            String url = master.said(Pattern.compile("Starting Spark master at (spark://\\S+)"));
            try (Service worker =
                    daemon(
                            "worker.Worker",
                            "--webui-port",
                            "0",
                            "--cores",
                            "1",
                            "--memory",
                            "1g",
                            url)) {
                worker.said(Pattern.compile("(Successfully registered with master)"));
                List<String> command = java("org.apache.spark.deploy.SparkSubmit", "--master", url);
                command.addAll(
                        List.of(
                                Ran.SOURCES.resolve("cli/target/medzoo-cli.jar").toString(),
                                "score",
                                "pretrained-skin",
                                "--store=" + Ran.SOURCES.resolve("model-store"),
                                "--trust=" + Ran.SOURCES.resolve("trust.json"),
                                "--in=pictures",
                                "--out=out",
                                "--runtime=onnx-int8"));

                Ran ran = Ran.in(folder, command);

                assertThat(ran.exitCode()).as(ran.err()).isZero();
                assertThat(ran.out()).contains("pictures: 25, parts: 2, done before: 0");
                assertThat(parts("out")).isEqualTo(2);
                assertThat(Files.readString(folder.resolve("out/summary.json")))
                        .contains("\"pictures\" : 25,", "\"unread\" : 1,");
            }
        }
    }

    private Service daemon(String name, String... arguments) throws IOException {
        List<String> command = java("org.apache.spark.deploy." + name, "--host", "127.0.0.1");
        if (name.startsWith("worker")) {
            command.addAll(List.of("--work-dir", folder.resolve("work").toString()));
        } else {
            command.addAll(List.of("--port", "0"));
        }
        command.addAll(List.of(arguments));
        return Service.start(folder, command);
    }

    private List<String> java(String main, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "env",
                                "SPARK_HOME=" + home,
                                "SPARK_SCALA_VERSION=2.13",
                                "SPARK_LOCAL_IP=127.0.0.1",
                                "JAVA_HOME=" + System.getProperty("java.home"),
                                Ran.java(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC"));
        OPENED.forEach(name -> command.add("--add-opens=java.base/%s=ALL-UNNAMED".formatted(name)));
        command.addAll(List.of("-cp", home.resolve("jars") + "/*", main));
        command.addAll(List.of(arguments));
        return command;
    }
}
