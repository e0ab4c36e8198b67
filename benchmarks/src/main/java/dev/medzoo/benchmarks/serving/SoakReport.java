package dev.medzoo.benchmarks.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a soak saw.
 *
 * @param counts clients against server, or null when the server is not asked
 * @param resident memory over the soak
 * @param heap in use over the soak
 * @param before when the warm-up had ended
 * @param after when the soak had ended
 * @param swaps how often a version was replaced, or null when none should be
 * @param exitCode of the server
 */
record SoakReport(
        Ledger ledger,
        @Nullable CountCheck counts,
        List<Trend.Point> resident,
        List<Trend.Point> heap,
        IdleFigures before,
        IdleFigures after,
        @Nullable Integer swaps,
        int exitCode) {
    private static final double MOST_GROWTH = 1.1;
    private static final double MOST_GROWTH_MB = 50;

    SoakReport {
        resident = List.copyOf(resident);
        heap = List.copyOf(heap);
    }

    void print() {
        printLedger();
        System.out.println();
        ledger.faults().forEach((what, count) -> System.out.println(count + " x " + what));
        if (counts != null) {
            counts.print();
            System.out.println();
        }
        System.out.println("resident, second half: MB " + secondHalf(resident));
        System.out.println("heap in use, second half: MB " + secondHalf(heap));
        System.out.println("calm before: " + told(before));
        System.out.println("calm after:  " + told(after));
        System.out.println();
    }

    private void printLedger() {
        List<String> outcomes = List.copyOf(ledger.outcomes());
        System.out.println("| sender | sent | " + String.join(" | ", outcomes) + " |");
        System.out.println("|---|--:|" + "--:|".repeat(outcomes.size()));
        for (Sender sender : Sender.values()) {
            List<String> row = new ArrayList<>(List.of(sender.title()));
            row.add(String.valueOf(ledger.begun(sender)));
            outcomes.forEach(each -> row.add(String.valueOf(ledger.ended(sender, each))));
            System.out.println("| " + String.join(" | ", row) + " |");
        }
    }

    private static String secondHalf(List<Trend.Point> points) {
        return Trend.through(points.subList(points.size() / 2, points.size())).toString();
    }

    private static String told(IdleFigures calm) {
        ProcessFigures process = calm.process();
        return String.format(
                Locale.ROOT,
                "%.1f MB resident, %.1f MB of heap after a full collection, %d threads, %d files",
                process.residentMb(),
                calm.heapMb(),
                process.threads(),
                process.files());
    }

    List<Criterion> criteria() {
        List<Criterion> all = new ArrayList<>();
        all.add(
                new Criterion(
                        "requests with one outcome each",
                        ledger.isBalanced(),
                        (ledger.isBalanced() ? "all" : "not all") + " (expected: all)"));
        all.add(
                new Criterion(
                        "wrong answers",
                        ledger.faultCount() == 0,
                        ledger.faultCount() + " (expected: 0)"));
        if (counts != null) {
            all.add(counts.criterion());
        }
        if (swaps != null) {
            all.add(new Criterion("versions replaced", swaps > 0, swaps + " (expected: some)"));
        }
        all.add(memory());
        all.add(more("heap, MB", after.heapMb() - before.heapMb(), IdleFigures.MOST_MORE_HEAP_MB));
        all.add(
                more(
                        "threads",
                        after.process().threads() - before.process().threads(),
                        IdleFigures.MOST_MORE_THREADS));
        all.add(
                more(
                        "files",
                        after.process().files() - before.process().files(),
                        IdleFigures.MOST_MORE_FILES));
        all.add(
                new Criterion(
                        "exit code after SIGTERM", exitCode == 0, exitCode + " (expected: 0)"));
        return all;
    }

    private Criterion memory() {
        int quarter = resident.size() / 4;
        double first = mean(resident.subList(0, quarter));
        double last = mean(resident.subList(resident.size() - quarter, resident.size()));
        double most = MOST_GROWTH * first + MOST_GROWTH_MB;
        return new Criterion(
                "resident MB of the last quarter",
                last <= most,
                String.format(
                        Locale.ROOT,
                        "%.1f, %.1f in the first (expected: at most %.1f)",
                        last,
                        first,
                        most));
    }

    private static double mean(List<Trend.Point> points) {
        return points.stream().mapToDouble(Trend.Point::value).average().orElse(Double.NaN);
    }

    private static Criterion more(String what, double growth, double most) {
        return new Criterion(
                "growth in calm, " + what,
                growth <= most,
                String.format(Locale.ROOT, "%.1f (expected: at most %.0f)", growth, most));
    }
}
