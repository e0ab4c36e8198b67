package dev.medzoo.benchmarks.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the clients counted against what the server counted, status by status. A client that left
 * may or may not have been counted, under whatever status, so each status has bounds, and so have
 * all together.
 */
final class CountCheck {
    private static final String METRIC = "medzoo_http_requests_total";

    private final int left;
    private final SortedMap<String, Row> rows = new TreeMap<>();

    private record Row(int clients, int server) {}

    /** Of the page that was asked for last, when all clients had gone. */
    CountCheck(Ledger ledger, MetricsPage page) {
        left = ledger.ended(Ledger.LEFT);
        SortedMap<String, Double> counted = page.sumBy(METRIC, "status");
        SortedSet<String> statuses = new TreeSet<>(counted.keySet());
        statuses.addAll(ledger.outcomes());
        statuses.removeAll(List.of(Ledger.LEFT, Ledger.LOST));
        for (String status : statuses) {
            int server = (int) Math.round(counted.getOrDefault(status, 0.0));
            rows.put(status, new Row(ledger.ended(status), server));
        }
    }

    void print() {
        System.out.println("| status | answers seen | counted by the server | clients left |");
        System.out.println("|---|--:|--:|--:|");
        rows.forEach(
                (status, row) ->
                        System.out.println(
                                "| %s | %d | %d | |".formatted(status, row.clients, row.server)));
        System.out.println("| all | %d | %d | %d |".formatted(clients(), server(), left));
    }

    private int clients() {
        return rows.values().stream().mapToInt(Row::clients).sum();
    }

    private int server() {
        return rows.values().stream().mapToInt(Row::server).sum();
    }

    Criterion criterion() {
        List<String> wrong = new ArrayList<>();
        rows.forEach((status, row) -> check(wrong, status, row.clients, row.server));
        check(wrong, "all", clients(), server());
        return new Criterion(
                "counts of clients and server",
                wrong.isEmpty(),
                (wrong.isEmpty() ? "agree" : String.join(", ", wrong)) + " (expected: agree)");
    }

    /** The page itself is counted when it has been sent, which is after it was written. */
    private void check(List<String> wrong, String what, int clients, int server) {
        int unsentPage = what.equals("200") || what.equals("all") ? 1 : 0;
        if (server < clients - unsentPage || server > clients + left) {
            wrong.add(
                    "%s: %d of %d..%d"
                            .formatted(what, server, clients - unsentPage, clients + left));
        }
    }
}
