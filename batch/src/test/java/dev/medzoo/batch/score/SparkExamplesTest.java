package dev.medzoo.batch.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs of {@code examples/spark} in Java and Scala run as they are. That in Python is run
 * by {@code .ci/pyspark} where there is a distribution of Spark; what it calls is tested by {@link
 * MedZooFunctionsTest}.
 */
@Tag("slow")
class SparkExamplesTest {
    private static final Path EXAMPLES = Path.of("../examples/spark").toAbsolutePath().normalize();
    private static final String CLASSES =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    @TempDir Path work = Path.of("");
    private Path pictures = Path.of("");

    @BeforeEach
    void draw() throws Exception {
        TestSpark.session();
        pictures = DrawnPictures.folder(work.resolve("pictures"), 2);
    }

    private void hasWritten(Path out) {
        List<Row> rows = TestSpark.session().read().json(out.toString()).collectAsList();
        assertThat(rows).hasSize(2);
        assertThat(rows).allMatch(row -> row.<String>getAs("digest").startsWith("sha256:"));
        assertThat(rows).allMatch(row -> row.<String>getAs("label") != null);
    }

    private void run(String out) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {work.toUri().toURL()})) {
            String[] arguments = {pictures.toString(), work.resolve(out).toString()};
            loader.loadClass("Findings")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
        }
        hasWritten(work.resolve(out));
    }

    @Test
    void thePageHasThemAsTheyAre() throws Exception {
        String page = Files.readString(EXAMPLES.resolve("../../docs/score.md"));
        for (String name : List.of("Findings.java", "findings.py")) {
            assertThat(page).contains(Files.readString(EXAMPLES.resolve(name)));
        }
    }

    @Test
    void java() throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        boolean compiled =
                compiler.getTask(
                                said,
                                null,
                                null,
                                List.of("-proc:none", "-cp", CLASSES, "-d", work.toString()),
                                null,
                                compiler.getStandardFileManager(null, null, null)
                                        .getJavaFileObjects(EXAMPLES.resolve("Findings.java")))
                        .call();
        assertThat(compiled).as("%s", said).isTrue();
        run("java");
    }

    @Test
    void scala() throws Exception {
        String[] arguments = {
            "-cp", CLASSES, "-d", work.toString(), EXAMPLES.resolve("Findings.scala").toString()
        };
        assertThat(scala.tools.nsc.Main.process(arguments)).as("reporter above").isTrue();
        run("scala");
    }
}
