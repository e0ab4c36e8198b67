package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A client that sends a picture over 1 to 4 seconds. Half of them give up on the way. */
final class SlowVisitor implements Visitor {
    private static final int PIECES = 12;

    private final int port;
    private final Ledger ledger;
    private final byte[] request;

    SlowVisitor(int port, Ledger ledger, String model, SoakPicture picture) {
        this.port = port;
        this.ledger = ledger;
        this.request = EncodedRequest.post("/predictions/" + model, picture.bytes());
    }

    @Override
    public long mostPauseMillis() {
        return 100;
    }

    @Override
    public void visit(Random random) throws InterruptedException {
        boolean stays = random.nextBoolean();
        int pieces = stays ? PIECES : 1 + random.nextInt(PIECES - 1);
        int pause = 100 + random.nextInt(250);
        ledger.begin(Sender.SLOW);
        try (Connection connection = new Connection(port)) {
            for (int i = 0; i < pieces; i++) {
                int from = request.length / PIECES * i;
                int to = i == PIECES - 1 ? request.length : request.length / PIECES * (i + 1);
                connection.send(request, from, to - from);
                TimeUnit.MILLISECONDS.sleep(pause);
            }
            if (stays) {
                ledger.answered(Sender.SLOW, connection.receive());
            } else {
                ledger.left(Sender.SLOW);
            }
        } catch (IOException e) {
            ledger.lost(Sender.SLOW, e);
        }
    }
}
