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
            "Verify an audit log, FILE and all FILE.<number> beside it, and report what was"
                    + " changed, removed, inserted or moved.",
            "Lines missing at the end are found only with --expect: from time to time, store the"
                    + " printed \"last\" somewhere else."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the log is intact",
            "1:the log was changed, or cannot be read",
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
            description = "line noted earlier that the log must contain")
    private @Nullable ChainLink expected;

    @Option(
            names = "--after",
            paramLabel = "SEQ:MAC",
            converter = Link.class,
            description =
                    "last line of the older files that were moved away; default: no files were"
                            + " moved")
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
        return report.isFaultless() ? 0 : 1;
    }

    private void judge(AuditReport report, PrintWriter out) {
        report.faults().forEach(fault -> out.println("WRONG " + fault));
        long more = report.faultCount() - report.faults().size();
        if (more > 0) {
            out.println("and " + more + " more");
        }
        if (report.isFaultless()) {
            out.println(
                    expected == null
                            ? "The log is intact up to its last line. It cannot show whether later lines were cut off."
                            : "The log is intact and contains the expected line.");
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
