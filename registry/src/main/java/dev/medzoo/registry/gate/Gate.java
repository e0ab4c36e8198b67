package dev.medzoo.registry.gate;

import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.EngineDefaults;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.GateReport;
import dev.medzoo.zoo.artifact.GateReport.Budget;
import dev.medzoo.zoo.artifact.ModelCard;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks candidates before publication. All checks run, also after a failure. */
public final class Gate {
    private static final List<Check> CHECKS =
            List.of(
                    new CardCheck(),
                    new CardTextCheck(),
                    new GoldenCheck(),
                    new SplitCheck(),
                    new WeightsCheck(),
                    new RuntimesCheck(),
                    new BudgetCheck(),
                    new FilesCheck(),
                    new LicenceCheck());

    private final Budget budget;
    private final Clock clock;

    /** A gate that goes by the time of this machine. */
    public Gate(Budget budget) {
        this(budget, Clock.systemUTC());
    }

    Gate(Budget budget, Clock clock) {
        this.budget = budget;
        this.clock = clock;
    }

    /** The published cards of other artifacts. */
    public interface OtherCards {
        /** In a store that holds nothing else. */
        OtherCards NONE = List::of;

        /** Reads them. */
        List<ModelCard> read() throws IOException, ModelException;
    }

    /**
     * Looks at a candidate. Whatever is wrong with it or its data stands in the report, and with it
     * what to run or to change. Unless the process says otherwise, the engine gets one thread, so
     * that latencies compare.
     *
     * @param data the folder of pictures it was trained on, or null, whereupon the split is not
     *     checked and the line for it fails
     * @param others with which its words are compared
     */
    public GateReport judge(ArtifactContent candidate, @Nullable Path data, OtherCards others) {
        EngineDefaults.set();
        Subject subject = new Subject(candidate, data, others, budget);
        return new GateReport(
                GateReport.FORMAT,
                candidate.manifest().digest(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                budget,
                machine(),
                CHECKS.stream().map(check -> line(check, subject)).toList());
    }

    private static GateReport.Line line(Check check, Subject subject) {
        Check.Seen seen;
        try {
            seen = check.look(subject);
        } catch (IOException | ModelException | TranslateException | RuntimeException e) {
            seen = Check.Seen.bad(reason(e));
        }
        String expected = check.expected(subject);
        if (!seen.good()) {
            String remedy = seen.remedy() == null ? check.remedy() : seen.remedy();
            expected = "%s; to fix it: %s".formatted(expected, remedy);
        }
        return new GateReport.Line(check.name(), seen.good(), seen.text(), expected);
    }

    private static String reason(Exception e) {
        if (e instanceof NoSuchFileException) {
            return e.getMessage() + ": absent";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static Map<String, String> machine() {
        return Map.of(
                "java", System.getProperty("java.version", "unknown"),
                "system", System.getProperty("os.name", "") + " " + System.getProperty("os.arch"),
                "processors", Integer.toString(Runtime.getRuntime().availableProcessors()),
                "engineThreads", System.getProperty(EngineDefaults.THREADS, "unknown"));
    }
}
