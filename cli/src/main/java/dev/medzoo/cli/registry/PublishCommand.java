package dev.medzoo.cli.registry;

import ai.djl.ModelException;
import dev.medzoo.cli.console.TextTable;
import dev.medzoo.cli.data.DataLocation;
import dev.medzoo.registry.Publisher;
import dev.medzoo.registry.Publisher.Published;
import dev.medzoo.registry.gate.Gate;
import dev.medzoo.training.Evaluation;
import dev.medzoo.training.data.DataPlace;
import dev.medzoo.zoo.artifact.GateReport.Budget;
import dev.medzoo.zoo.index.IndexEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medzoo publish}: publishes a candidate as an immutable version. */
@Command(
        name = "publish",
        description = {
            "Publish a candidate that passes the gate, as a new signed version in the store.",
            "Missing card text is listed, with the command that adds it. Splits that were not"
                    + " evaluated yet are evaluated first.",
            "The gate checks its card, golden pictures, split, weights, budget, files and"
                    + " licences, and names each check that fails.",
            "The store is --store or $MEDZOO_STORE, else ./model-store. A published version is"
                    + " never overwritten."
        },
        footerHeading = "%nExample:%n",
        footer = "  medzoo publish candidates/pretrained-skin --data data/skin_ham10000_7class")
final class PublishCommand extends ChangeCommand {
    @Parameters(paramLabel = "CANDIDATE", description = "candidate folder, as train wrote it")
    private Path candidate = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "data set it was trained on, or the parent folder of several, or the address of"
                            + " either; the gate checks its split; default: where the recipe says,"
                            + " or the one in this folder that the card names")
    private @Nullable String data;

    @Option(
            names = "--max-bytes",
            paramLabel = "N",
            description = "size limit of all files together; default: ${DEFAULT-VALUE}")
    private long maxBytes = Budget.DEFAULT.bytes();

    @Option(
            names = "--max-latency",
            paramLabel = "MS",
            description =
                    "limit of the median time per picture on one engine thread; default:"
                            + " ${DEFAULT-VALUE}")
    private long maxLatencyMillis = Budget.DEFAULT.latencyMillis();

    @Override
    public Integer call() throws IOException, ModelException {
        choice().leadToStore(); // a candidate that is evaluated now is compared with its parent
        // there
        Gate gate = new Gate(new Budget(maxBytes, maxLatencyMillis));
        Publisher publisher = new Publisher(registry(), gate);
        publisher.refuseToOverwrite(candidate);
        PrintWriter out = out();
        Readiness ready = Readiness.of(candidate, folder());
        List<String> missing = ready.missing();
        if (!missing.isEmpty()) {
            err().println("medzoo: " + candidate + ": not published, as the following is missing");
            missing.forEach(err()::println);
            return CommandLine.ExitCode.SOFTWARE;
        }
        ready.evaluate(out);
        Published published = publisher.publish(candidate, ready.data());
        TextTable.print(
                published.report().lines().stream()
                        .map(line -> List.of(line.name(), "passed", line.seen()))
                        .toList(),
                out);
        IndexEntry entry = published.entry();
        out.printf("%n%s %s%n%s%n", entry.name(), entry.version(), entry.digest());
        err().printf("next: medzoo promote %s/%s stable%n", entry.name(), entry.version());
        return 0;
    }

    /** The folder of the pictures; null where neither option nor recipe says where they are. */
    private @Nullable Path folder() throws IOException, ModelException {
        List<DataPlace> places = Evaluation.places(candidate);
        return data == null && !DataPlace.areAllAddressed(places)
                ? null
                : DataLocation.local(places, data, commandLine());
    }
}
