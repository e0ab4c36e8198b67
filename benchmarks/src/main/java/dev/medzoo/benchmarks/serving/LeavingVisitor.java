package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.util.Random;

/**
 * A client that leaves in the middle of its picture or right after it, with a goodbye or without.
 */
final class LeavingVisitor implements Visitor {
    private final int port;
    private final Ledger ledger;
    private final byte[] request;

    LeavingVisitor(int port, Ledger ledger, String model, SoakPicture picture) {
        this.port = port;
        this.ledger = ledger;
        this.request = EncodedRequest.post("/predictions/" + model, picture.bytes());
    }

    @Override
    public long mostPauseMillis() {
        return 900;
    }

    @Override
    public void visit(Random random) {
        int sent = random.nextBoolean() ? request.length : random.nextInt(1, request.length);
        ledger.begin(Sender.LEAVING);
        try (Connection connection = new Connection(port)) {
            connection.send(request, 0, sent);
            if (random.nextBoolean()) {
                connection.reset();
            }
            ledger.left(Sender.LEAVING);
        } catch (IOException e) {
            ledger.lost(Sender.LEAVING, e);
        }
    }
}
