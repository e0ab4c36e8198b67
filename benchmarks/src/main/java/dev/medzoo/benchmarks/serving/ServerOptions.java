package dev.medzoo.benchmarks.serving;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server to start, and how. The scripts set the properties that the defaults name. */
final class ServerOptions {
    @Option(
            names = "--jar",
            defaultValue = "${sys:medzoo.benchmark.jar}",
            paramLabel = "FILE",
            description = "jar of the command; default: the one built here")
    private @Nullable Path jar;

    @Option(
            names = "--store",
            defaultValue = "${sys:medzoo.benchmark.store}",
            paramLabel = "FOLDER",
            description = "models to serve; default: those that come with the sources")
    private @Nullable Path store;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "a setting of the server, such as workers=2; may be given again")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--java",
            paramLabel = "OPTION",
            description = "an option of the server's Java, such as -Xmx2g; may be given again")
    private List<String> java = new ArrayList<>();

    Path jar() {
        return Objects.requireNonNull(jar);
    }

    Path store() {
        return Objects.requireNonNull(store);
    }

    /** Java's usual options, and after them those that were given, which so go before them. */
    List<String> java(List<String> usual) {
        List<String> all = new ArrayList<>(usual);
        all.addAll(java);
        return all;
    }

    /** What was set, and the store. */
    Map<String, String> settings(Path served) {
        Map<String, String> all =
                new LinkedHashMap<>(Map.of("store", served.toString(), "trust", ""));
        all.putAll(settings);
        return all;
    }
}
