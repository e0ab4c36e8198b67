package dev.medzoo.registry;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.artifact.GateReport;
import java.util.stream.Collectors;

/** A candidate failed the gate. */
public final class GateException extends MalformedModelException {
    private static final long serialVersionUID = 1L;

    private final transient GateReport report;

    GateException(GateReport report, String candidate) {
        super(
                "gate: %s in %s"
                        .formatted(
                                report.failed().stream()
                                        .map(GateReport.Line::message)
                                        .collect(Collectors.joining("; ")),
                                candidate));
        this.report = report;
    }

    /** The results of all checks, also those that passed. */
    public GateReport report() {
        return report;
    }
}
