package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;

/** Looks at the server's process every second, and at its metrics page at every fifth look. */
final class ProcessMonitor implements Visitor {
    private static final int METRICS_EVERY = 5;

    private final ServerProcess server;
    private final Ledger ledger;
    private final boolean metrics;
    private final KeptConnection client;
    private final long begin = System.nanoTime();
    private final List<Trend.Point> resident = new ArrayList<>();
    private final List<Trend.Point> heap = new ArrayList<>();

    /**
     * Begins now.
     *
     * @param metrics whether the server has a metrics page
     */
    ProcessMonitor(ServerProcess server, Ledger ledger, boolean metrics) {
        this.server = server;
        this.ledger = ledger;
        this.metrics = metrics;
        this.client = new KeptConnection(server.port());
    }

    @Override
    public long mostPauseMillis() {
        return 2000;
    }

    @Override
    public void visit(Random random) throws IOException {
        double seconds = (System.nanoTime() - begin) / 1e9;
        resident.add(new Trend.Point(seconds, ProcessFigures.of(server.pid()).residentMb()));
        if (metrics && resident.size() % METRICS_EVERY == 0) {
            OptionalDouble used = page().heapMb();
            if (used.isPresent()) {
                heap.add(new Trend.Point(seconds, used.getAsDouble()));
            }
        }
    }

    /** The metrics page as it is now, empty when there is none. */
    MetricsPage page() {
        ledger.begin(Sender.WATCH);
        try {
            Answer answer = client.exchange(EncodedRequest.get(MetricsPage.PATH));
            ledger.answered(Sender.WATCH, answer);
            return MetricsPage.parse(answer.status() == 200 ? answer.body() : "");
        } catch (IOException e) {
            ledger.lost(Sender.WATCH, e);
            return MetricsPage.parse("");
        }
    }

    /** Memory of the process over time, in MB; to be asked when the visits are over. */
    List<Trend.Point> resident() {
        return List.copyOf(resident);
    }

    /** The Java heap in use over time, in MB; to be asked when the visits are over. */
    List<Trend.Point> heap() {
        return List.copyOf(heap);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
