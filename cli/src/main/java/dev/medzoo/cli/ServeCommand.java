package dev.medzoo.cli;

import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.serving.Server;
import dev.medzoo.serving.StartException;
import dev.medzoo.serving.settings.ServerSettings;
import dev.medzoo.serving.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code medzoo serve}: serves the models of the store over HTTP. */
@Command(
        name = "serve",
        description = {
            "Start the model server. It answers over HTTP as DJL Serving does, until it is"
                    + " stopped.",
            "On SIGTERM or Ctrl-C it accepts no new requests, finishes the running ones and exits"
                    + " with 0.",
            "Options override MEDZOO_... environment variables, and these override the file."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  medzoo serve",
            "  medzoo serve --host 0.0.0.0 --port 9000 --workers 4",
            "  medzoo serve --set grpc_port=8082 --set batch_size=4",
            "  curl --data-binary @picture.jpg localhost:8080/predictions/pretrained-skin"
        })
final class ServeCommand implements Callable<Integer> {
    private static final String FILE = "config.properties";

    @ParentCommand private @Nullable Medzoo medzoo;
    @Mixin final HelpOption help = new HelpOption();

    @Option(
            names = {"-f", "--config"},
            paramLabel = "FILE",
            description =
                    "properties file with settings, also those of DJL Serving; default:"
                            + " $MODEL_SERVER_HOME/conf/config.properties, else"
                            + " ./config.properties, if it exists")
    private @Nullable Path config;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "port to listen on; 0 takes any free one; default: 8080")
    private @Nullable String port;

    @Option(names = "--host", description = "address to listen on; default: 127.0.0.1")
    private @Nullable String host;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "pictures that one model computes at a time; default: the number of cores")
    private @Nullable String workers;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "engine threads per picture; default: 1")
    private @Nullable String threads;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "any other setting, as in the file; can be repeated")
    private final Map<String, String> set = new LinkedHashMap<>();

    @Override
    public Integer call() throws SettingsException, StartException, InterruptedException {
        Map<String, String> options = new LinkedHashMap<>(set);
        put(options, "port", port);
        put(options, "host", host);
        put(options, "workers", workers);
        put(options, "threads", threads);
        put(options, "store", Objects.requireNonNull(medzoo).location());
        Server.run(ServerSettings.read(file(), System.getenv(), options));
        return 0;
    }

    /** Path where DJL Serving expects it. */
    private @Nullable Path file() {
        if (config != null) {
            return config;
        }
        String property = System.getProperty("ai.djl.conf");
        if (property != null) {
            return Path.of(property);
        }
        String home = System.getenv().getOrDefault("MODEL_SERVER_HOME", ".");
        Stream<Path> usual = Stream.of(Path.of(home, "conf", FILE), Path.of(FILE));
        return usual.filter(Files::isRegularFile).findFirst().orElse(null);
    }

    private static void put(Map<String, String> options, String name, @Nullable String value) {
        if (value != null) {
            options.put(name, value);
        }
    }
}
