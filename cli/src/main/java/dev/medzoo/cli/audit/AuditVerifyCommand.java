package dev.medzoo.cli.audit;

import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.cli.console.TextTable;
import dev.medzoo.serving.audit.AuditKey;
import dev.medzoo.serving.audit.AuditReport;
import dev.medzoo.serving.audit.AuditVerifier;
import dev.medzoo.serving.audit.ChainLink;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code medzoo audit verify}: verifies a whole log and reports every fault. */
@Command(
        name = "verify",
        description = {
            "Read an audit log, FILE and all FILE.<number> beside it, and say what was changed,"
                    + " removed, put in or moved.",
            "Lines cut off at the end are found only with --expect: note \"last\" somewhere else"
                    + " from time to time."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing is wrong",
            "1:something is, or it cannot be read",
            "2:wrong usage"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  medzoo audit verify audit.log --key audit.key",
            "  medzoo audit verify audit.log --key audit.key --expect 1042:5e0c..."
        })
final class AuditVerifyCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "FILE", description = "the file that the server writes to")
    private Path file = Path.of("");

    @Option(
            names = "--key",
            required = true,
            paramLabel = "KEYFILE",
            description = "the log's key, from: medzoo audit key")
    private Path keyFile = Path.of("");

    @Option(
            names = "--expect",
            paramLabel = "SEQ:MAC",
            converter = Link.class,
            description = "a line noted earlier, which must be there")
    private @Nullable ChainLink expected;

    @Option(
            names = "--after",
            paramLabel = "SEQ:MAC",
            converter = Link.class,
            description = "the last line of older files that were moved away; default: none was")
    private ChainLink start = ChainLink.START;

    @Override
    public Integer call() throws IOException {
        AuditReport report = AuditVerifier.verify(file, AuditKey.read(keyFile), start, expected);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        TextTable.print(
                List.of(
                        List.of("files", String.valueOf(report.files())),
                        List.of("lines", String.valueOf(report.lines())),
                        List.of("events", String.valueOf(report.events())),
                        List.of("lost", String.valueOf(report.lost())),
                        List.of("last", report.last().toString())),
                out);
        out.println();
        judge(report, out);
        return report.isWhole() ? 0 : 1;
    }

    private void judge(AuditReport report, PrintWriter out) {
        report.faults().forEach(fault -> out.println("WRONG " + fault));
        long more = report.faultCount() - report.faults().size();
        if (more > 0) {
            out.println("and " + more + " more");
        }
        if (report.isWhole()) {
            out.println(
                    expected == null
                            ? "Nothing is wrong up to the last line; whether more lines followed it, the log cannot tell."
                            : "Nothing is wrong, and the expected line is there.");
        }
    }

    /** {@code SEQ:MAC}. */
    private static final class Link implements ITypeConverter<ChainLink> {
        @Override
        public ChainLink convert(String text) {
            try {
                return ChainLink.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
