package dev.medzoo.cli;

import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.cli.console.FetchBar;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.cli.console.Table;
import dev.medzoo.translate.ClassProbability;
import dev.medzoo.translate.ConformalSet;
import dev.medzoo.translate.Finding;
import dev.medzoo.translate.NetworkInput;
import dev.medzoo.translate.OutOfDistribution;
import dev.medzoo.translate.PictureDecoder;
import dev.medzoo.translate.PictureOptions;
import dev.medzoo.translate.Preparation;
import dev.medzoo.zoo.ModelReference;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code medzoo predict}: pictures in, findings out, on this machine. */
@Command(
        name = "predict",
        description = {
            "Say what a model finds in pictures.",
            "A picture that cannot be read costs the others nothing: it is named on the error"
                    + " stream, and the exit code is 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  medzoo predict pretrained-skin lesion.jpg",
            "  medzoo predict dfu-double-transfer/2.0.0 --json left.png right.png",
            "  medzoo predict pretrained-skin --frame 3 film.dcm"
        })
final class PredictCommand implements Callable<Integer> {
    @ParentCommand private @Nullable Medzoo medzoo;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "name, name/1.0.0 or name@candidate; a bare name is the stable version")
    private String model = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "pictures")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "Print one JSON array instead of a table.")
    private boolean json;

    @Option(
            names = "--frame",
            paramLabel = "N",
            description =
                    "The frame of DICOM files that is looked at, counted from 1; the first unless"
                            + " said otherwise.")
    private @Nullable Integer frame;

    @Option(
            names = "--burned-in-annotation",
            description =
                    "Read DICOM files too that say that their pixels show who the patient is.")
    private boolean burnedIn;

    /** A picture and what was found in it. */
    private record Found(Path file, Finding finding) {}

    @Override
    public Integer call() throws IOException, ModelException, TranslateException {
        List<Found> all = new ArrayList<>();
        int failed = 0;
        Medzoo parent = Objects.requireNonNull(medzoo);
        ModelReference reference = ModelReference.parse(model);
        PictureOptions options = options();
        FetchBar bar = new FetchBar(err());
        try (ZooModel<NetworkInput, Finding> loaded =
                        parent.zoo().load(reference, NetworkInput.class, Finding.class, bar);
                Predictor<NetworkInput, Finding> predictor = loaded.newPredictor()) {
            Preparation preparation = Preparation.of(loaded, new PictureDecoder());
            for (Path file : files) {
                try {
                    NetworkInput input = prepared(preparation, file, options);
                    all.add(new Found(file, predictor.predict(input)));
                } catch (IOException | TranslateException e) {
                    failed++;
                    parent.complain(about(file, Failure.line(e)), e, err());
                }
            }
        }
        if (json) {
            printJson(all);
        } else if (!all.isEmpty()) {
            printTable(all);
        }
        return failed == 0 ? 0 : Medzoo.FAILED;
    }

    private PictureOptions options() {
        if (frame != null && frame < 1) {
            throw new IllegalArgumentException(
                    "--frame: " + frame + " (expected: a whole number from 1)");
        }
        return new PictureOptions(
                frame == null ? OptionalInt.empty() : OptionalInt.of(frame), burnedIn);
    }

    private static NetworkInput prepared(Preparation preparation, Path file, PictureOptions options)
            throws IOException, TranslateException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "a folder (expected: a picture)");
        }
        return preparation.picture(file, options);
    }

    private static String about(Path file, String line) {
        return line.startsWith(file + ": ") ? line : file + ": " + line;
    }

    private void printTable(List<Found> all) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("file", "finding", "probability", "others"));
        ConformalSet set = all.get(0).finding().set();
        if (set != null) {
            head.add(String.format(Locale.ROOT, "set of %.0f %%", 100 * set.coverage()));
        }
        rows.add(head);
        all.forEach(found -> rows.add(row(found)));
        Table.print(rows, out());
        Finding first = all.get(0).finding();
        out().println();
        out().printf(
                        "%s %s, %s%n",
                        first.model().name(), first.model().version(), first.model().digest());
        out().println(Finding.NOTICE);
    }

    private static List<String> row(Found found) {
        Finding finding = found.finding();
        List<String> others = new ArrayList<>();
        List<ClassProbability> classes = finding.probabilities();
        for (ClassProbability other : classes.subList(1, classes.size())) {
            others.add(other.label() + " " + percent(other.probability()));
        }
        List<String> row = new ArrayList<>();
        row.add(found.file().toString());
        row.add(finding.label() + remarks(finding));
        row.add(percent(finding.probability()));
        row.add(String.join(", ", others));
        ConformalSet set = finding.set();
        if (set != null) {
            row.add(String.join(", ", set.labels()));
        }
        return row;
    }

    /** Why the label should not be used, in brackets; empty where it may be. */
    private static String remarks(Finding finding) {
        List<String> remarks = new ArrayList<>();
        if (finding.abstained()) {
            remarks.add("abstains");
        }
        OutOfDistribution judged = finding.outOfDistribution();
        if (judged != null && judged.beyond()) {
            remarks.add("unlike its training pictures");
        }
        return remarks.isEmpty() ? "" : " (" + String.join(", ", remarks) + ")";
    }

    private void printJson(List<Found> all) throws IOException {
        List<Map<String, @Nullable Object>> findings = new ArrayList<>();
        for (Found found : all) {
            Finding finding = found.finding();
            Map<String, Double> probabilities = new LinkedHashMap<>();
            finding.probabilities()
                    .forEach(each -> probabilities.put(each.label(), each.probability()));
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("file", found.file().toString());
            entry.put("model", finding.model().name());
            entry.put("version", finding.model().version());
            entry.put("digest", finding.model().digest());
            entry.put("label", finding.label());
            entry.put("probability", finding.probability());
            entry.put("probabilities", probabilities);
            entry.put("abstained", finding.abstained());
            entry.put("set", finding.set());
            entry.put("outOfDistribution", finding.outOfDistribution());
            entry.put("notice", Finding.NOTICE);
            findings.add(entry);
        }
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        out().println(new ObjectMapper().writer(printer).writeValueAsString(findings));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }
}
