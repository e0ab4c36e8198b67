package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A client that sends one of a few requests, whose answers are known from their status. */
final class RepeatingVisitor implements Visitor {
    private final KeptConnection client;
    private final Ledger ledger;
    private final Sender sender;
    private final List<byte[]> requests;
    private final long mostPauseMillis;

    private RepeatingVisitor(
            int port, Ledger ledger, Sender sender, List<byte[]> requests, long mostPauseMillis) {
        this.client = new KeptConnection(port);
        this.ledger = ledger;
        this.sender = sender;
        this.requests = requests;
        this.mostPauseMillis = mostPauseMillis;
    }

    /** Sends every model what is no picture. */
    static RepeatingVisitor bad(int port, Ledger ledger, List<String> names) throws IOException {
        List<byte[]> requests = new ArrayList<>();
        for (SoakPicture picture : SoakPicture.bad()) {
            for (String name : names) {
                requests.add(EncodedRequest.post("/predictions/" + name, picture.bytes()));
                requests.add(EncodedRequest.form("/predictions/" + name, picture.bytes()));
            }
        }
        return new RepeatingVisitor(port, ledger, Sender.BAD, requests, 200);
    }

    /** Asks for models and versions that were never there. */
    static RepeatingVisitor unknown(
            int port, Ledger ledger, List<String> names, SoakPicture picture) {
        List<byte[]> requests = new ArrayList<>();
        requests.add(EncodedRequest.post("/predictions/no-such-model", picture.bytes()));
        for (String name : names) {
            requests.add(EncodedRequest.post("/predictions/" + name + "/99.0.0", picture.bytes()));
        }
        return new RepeatingVisitor(port, ledger, Sender.UNKNOWN, requests, 400);
    }

    /** Asks how the server does, as a load balancer would. */
    static RepeatingVisitor ping(int port, Ledger ledger) {
        return new RepeatingVisitor(
                port, ledger, Sender.WATCH, List.of(EncodedRequest.get("/ping")), 1000);
    }

    @Override
    public long mostPauseMillis() {
        return mostPauseMillis;
    }

    @Override
    public void visit(Random random) {
        ledger.begin(sender);
        try {
            ledger.answered(sender, client.exchange(requests.get(random.nextInt(requests.size()))));
        } catch (IOException e) {
            ledger.lost(sender, e);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
