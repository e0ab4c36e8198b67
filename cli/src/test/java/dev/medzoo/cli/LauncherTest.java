package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher script itself, and that its defaults go after every way of saying something. */
@Tag("slow")
class LauncherTest {
    private static final Path SOURCES = Path.of("..").toAbsolutePath().normalize();

    @TempDir private Path temp = Path.of("");
    private Path bin = Path.of("");
    private Path other = Path.of("");

    /** The classes under test run in place of the jar, which is packed only later. */
    @BeforeEach
    void prepare() throws IOException {
        temp = temp.toRealPath();
        bin = Files.createDirectory(temp.resolve("bin"));
        other = Files.createDirectory(temp.resolve("other"));
        Files.copy(SOURCES.resolve("model-store/index.json"), other.resolve("index.json"));
        script("mvn", "exit 0");
        script(
                "java",
                // For a JVM that lives for a second.
                "options=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC)",
                "while [ \"$1\" != -jar ]; do options+=(\"$1\"); shift; done",
                "shift 2",
                "exec '%s' -Dmedzoo.cache='%s' \"${options[@]}\" -cp '%s' %s \"$@\""
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                temp.resolve("cache"),
                                System.getProperty("java.class.path"),
                                Medzoo.class.getName()));
    }

    private void script(String name, String... lines) throws IOException {
        Path file =
                Files.writeString(
                        bin.resolve(name), "#!/bin/bash\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "option, --store OTHER, in the option store",
                "option, --set store=OTHER, in the option store",
                "option, --set model_store=OTHER, in the option model_store",
                "MEDZOO_STORE, OTHER, in MEDZOO_STORE",
                "MEDZOO_MODEL_STORE, OTHER, in MEDZOO_MODEL_STORE",
                "SERVING_STORE, OTHER, in SERVING_STORE",
                "SERVING_MODEL_STORE, OTHER, in SERVING_MODEL_STORE",
                "file, store=OTHER, in TEMP/medzoo.properties",
                "file, model_store=OTHER, in TEMP/medzoo.properties",
                "MEDZOO_JAVA_OPTS, -Dmedzoo.store=OTHER, by medzoo.store"
            })
    void servesTheStoreThatAPersonNames(String way, String said, String named) throws Exception {
        List<String> lines = serve(way, said);

        assertThat(lines)
                .anyMatch(
                        line ->
                                line.endsWith(
                                        "store: %s, named %s".formatted(other, filled(named))));
        assertThat(lines).anyMatch(line -> line.contains("trust: no signature is required"));
    }

    @ParameterizedTest
    @CsvSource({
        "option, , 'SOURCES/trust.json, named by the launcher for its own store'",
        "MEDZOO_STORE, SOURCES/model-store, 'SOURCES/trust.json, named by the launcher for its own"
                + " store'",
        "MEDZOO_TRUST, SOURCES/trust.json, 'SOURCES/trust.json, named by MEDZOO_TRUST'",
        "MEDZOO_TRUST, '', no signature is required",
        "option, --trust SOURCES/trust.json, 'SOURCES/trust.json, named by medzoo.trust'",
        "MEDZOO_JAVA_OPTS, -Dmedzoo.trust=SOURCES/trust.json, 'SOURCES/trust.json, named by"
                + " medzoo.trust'"
    })
    void demandsTheSignaturesThatAPersonNamesElseItsOwn(String way, String said, String trust)
            throws Exception {
        List<String> lines = serve(way, said == null ? "" : said);

        assertThat(lines)
                .anyMatch(line -> line.contains("store: " + SOURCES.resolve("model-store") + ","));
        assertThat(lines).anyMatch(line -> line.contains("trust: " + filled(trust)));
    }

    @ParameterizedTest
    @CsvSource({
        "OPT_OUT_TRACKING, false",
        "TORCH_CPP_LOG_LEVEL, INFO",
        "MALLOC_ARENA_MAX, 1",
        "ONEDNN_MAX_CPU_ISA, AVX2",
        "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE, 0"
    })
    void leavesAVariableAsItIsSet(String variable, String value) throws Exception {
        script("java", "env");
        assertThat(lines(Map.of(variable, value))).contains(variable + "=" + value);
        assertThat(lines(Map.of())).anyMatch(line -> line.matches(variable + "=.+"));
    }

    /** By a script, as the JVM of this test may itself run in such a locale. */
    @ParameterizedTest
    @ValueSource(strings = {"LC_ALL=C", "LANG=xx_XX.UTF-8", "NONE="})
    void readsFilesAndStoresOfAnyNameInAnyLocale(String locale) throws Exception {
        Path script = temp.resolve("run.sh");
        Files.writeString(
                script,
                """
                set -e
                mkdir -p 'Bilder für 皮肤' 'Speicher ü 模型/dfu-double-transfer'
                cp SOURCES/model-store/dfu-double-transfer/2.0.0/golden/drawn-1.png 'Bilder für 皮肤/Maß ä.png'
                cp -r SOURCES/model-store/index.json SOURCES/model-store/signatures SOURCES/model-store/history 'Speicher ü 模型'
                cp -r SOURCES/model-store/dfu-double-transfer/2.* 'Speicher ü 模型/dfu-double-transfer'
                unset LC_ALL LC_CTYPE LANG
                export LOCALE
                SOURCES/medzoo predict dfu-double-transfer --store 'Speicher ü 模型' 'Bilder für 皮肤/Maß ä.png'
                SOURCES/medzoo keys new 'Schlüssel 皮肤.pem'
                test -s 'Schlüssel 皮肤.pem'
                """
                        .replace("LOCALE", locale)
                        .replace("SOURCES", SOURCES.toString()));
        ProcessBuilder builder =
                new ProcessBuilder("bash", script.toString())
                        .directory(temp.toFile())
                        .redirectErrorStream(true);
        // Its Java runs classes from folders, which no archive can hold.
        builder.environment().put("MEDZOO_CLASSES", "");
        builder.environment().merge("PATH", "", (path, none) -> bin + ":" + path);
        Process process = builder.start();
        String text = text(process);
        assertThat(process.exitValue()).as(text).isZero();
        assertThat(text).contains("Bilder für 皮肤/Maß ä.png  ", "dfu-double-transfer");
    }

    @Test
    void changesTheStoreThatAPersonNames() throws Exception {
        Path history = Files.createDirectory(other.resolve("history"));
        try (Stream<Path> files = Files.list(SOURCES.resolve("model-store/history"))) {
            for (Path file : files.toList()) {
                Files.copy(file, history.resolve(file.getFileName()));
            }
        }
        Files.createDirectories(other.resolve("tiny/0.1.0"));
        Files.writeString(other.resolve("tiny/0.1.0/card.json"), "{}");
        for (Map<String, String> way :
                List.of(
                        Map.of("MEDZOO_STORE", other.toString()),
                        Map.of("MEDZOO_JAVA_OPTS", "-Dmedzoo.store=" + other))) {
            assertThat(text(start(way, List.of("gc")))).contains("would remove tiny/0.1.0");
        }
        assertThat(text(start(Map.of(), List.of("gc")))).doesNotContain("tiny");
    }

    /** What it says before it listens. */
    private List<String> serve(String way, String said) throws Exception {
        List<String> command = new ArrayList<>(List.of("serve", "--port", "0"));
        command.addAll(List.of("--set", "load_models=NONE"));
        Map<String, String> environment = Map.of();
        if (way.equals("option")) {
            command.addAll(said.isEmpty() ? List.of() : List.of(filled(said).split(" ", -1)));
        } else if (way.equals("file")) {
            Path file = Files.writeString(temp.resolve("medzoo.properties"), filled(said));
            command.addAll(List.of("--config", file.toString()));
        } else {
            environment = Map.of(way, filled(said));
        }
        Process process = start(environment, command);
        try (BufferedReader output = reader(process)) {
            List<String> lines = new ArrayList<>();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (line.contains("listening on ")) {
                    break;
                }
            }
            assertThat(lines).anyMatch(line -> line.contains("listening on "));
            return lines;
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.MINUTES);
        }
    }

    private List<String> lines(Map<String, String> environment) throws Exception {
        return text(start(environment, List.of())).lines().toList();
    }

    private static String text(Process process) throws Exception {
        try (BufferedReader output = reader(process)) {
            String text = String.join("\n", output.lines().toList());
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
            return text;
        }
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private Process start(Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(SOURCES.resolve("medzoo").toString()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(temp.toFile()).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(
                        name ->
                                name.startsWith("MEDZOO_")
                                        || name.startsWith("SERVING_")
                                        || name.matches("OPT_OUT_.*|TORCH_.*|ONEDNN_.*|MALLOC_.*"));
        // Its Java runs classes from folders, which no archive can hold.
        builder.environment().put("MEDZOO_CLASSES", "");
        builder.environment().merge("PATH", "", (path, none) -> bin + ":" + path);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private String filled(String text) {
        return text.replace("OTHER", other.toString())
                .replace("TEMP", temp.toString())
                .replace("SOURCES", SOURCES.toString());
    }
}
