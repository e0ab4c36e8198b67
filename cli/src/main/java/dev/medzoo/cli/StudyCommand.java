package dev.medzoo.cli;

import ai.djl.ModelException;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.training.learn.GracefulStop;
import dev.medzoo.training.study.Study;
import dev.medzoo.training.study.StudyShard;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code medzoo study}: runs every run of a plan and writes a page of results. */
@Command(
        name = "study",
        description = {
            "Compare training methods: train every run of a plan, and write a page of results.",
            "Each finished run is a file in OUT/runs. To resume a study that was stopped, by"
                    + " Ctrl-C or by a power cut, give the command again; at most one run is lost."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  medzoo study --out studies/study",
            "  medzoo study --out studies/study --only foot --max-runs 6",
            "  medzoo study --out studies/study --part 1/2 & medzoo study --out studies/study --part 2/2",
            "  medzoo study --out studies/study --page-only"
        })
final class StudyCommand implements Callable<Integer> {
    @ParentCommand private @Nullable Medzoo medzoo;
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();
    @Mixin final DeviceOption device = new DeviceOption();

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = "plan of the runs, in YAML; default: ${DEFAULT-VALUE}")
    private Path plan = Path.of("training/recipes/study.yaml");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "folder for the page and the run files")
    private Path out = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "parent folder of the data sets; default: ${DEFAULT-VALUE}")
    private Path data = Path.of("data");

    @Option(
            names = "--backbones",
            paramLabel = "DIR",
            description =
                    "parent folder of what pretrain or train wrote; default: ${DEFAULT-VALUE}")
    private Path backbones = Path.of("candidates");

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "folder for weights that runs start from; default: ${DEFAULT-VALUE}")
    private Path work = Path.of("candidates/study");

    @Option(
            names = "--only",
            paramLabel = "TASK",
            description = "train only this task's runs, and the runs they start from")
    private @Nullable String only;

    @Option(
            names = "--max-runs",
            paramLabel = "N",
            description = "train at most this many runs now")
    private int maxRuns = Integer.MAX_VALUE;

    @Option(
            names = "--part",
            paramLabel = "I/N",
            converter = PartOfStudy.class,
            description =
                    "train part I of N, while other processes train the other parts; each part has"
                            + " its own seeds")
    private StudyShard part = StudyShard.ALL;

    @Option(
            names = "--page-only",
            description = "Train nothing, only write the page from the run files.")
    private boolean pageOnly;

    @Override
    public Integer call() throws IOException, ModelException {
        Objects.requireNonNull(medzoo).leadToStore();
        if (maxRuns < 0) {
            throw new IllegalArgumentException("--max-runs: " + maxRuns + " (expected: 0 or more)");
        }
        PrintWriter writer = Objects.requireNonNull(spec).commandLine().getOut();
        GracefulStop stop = new GracefulStop("to resume from here, run the same command again");
        Study study =
                new Study(
                        plan,
                        new Study.Places(out, data, backbones, Store.fromSettings(), work),
                        device.one(),
                        stop,
                        line -> {
                            writer.println(line);
                            writer.flush();
                        });
        if (!pageOnly) {
            stop.atShutdown();
            study.run(only, part, maxRuns);
        }
        study.writePage();
        return 0;
    }

    /** Such as {@code 1/2}. */
    private static final class PartOfStudy implements ITypeConverter<StudyShard> {
        @Override
        public StudyShard convert(String text) {
            try {
                return StudyShard.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
