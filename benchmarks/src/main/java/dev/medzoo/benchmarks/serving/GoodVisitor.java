package dev.medzoo.benchmarks.serving;

import dev.medzoo.zoo.artifact.Version;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A client that does all right: any model, any picture, as it is or as a form, some for a version,
 * some for the whole finding. It checks who answered and what.
 */
final class GoodVisitor implements Visitor {
    private static final String FINDING = "accept: application/vnd.medzoo.finding+json";
    private static final String ANY = "accept: */*";

    private final KeptConnection client;
    private final Ledger ledger;
    private final LiveVersions versions;
    private final FirstFindings findings;
    private final List<SoakPicture> pictures;

    GoodVisitor(
            int port,
            Ledger ledger,
            LiveVersions versions,
            FirstFindings findings,
            List<SoakPicture> pictures) {
        this.client = new KeptConnection(port);
        this.ledger = ledger;
        this.versions = versions;
        this.findings = findings;
        this.pictures = pictures;
    }

    @Override
    public long mostPauseMillis() {
        return 60;
    }

    @Override
    public void visit(Random random) {
        List<String> names = versions.names();
        String name = names.get(random.nextInt(names.size()));
        SoakPicture picture = pictures.get(random.nextInt(pictures.size()));
        Version since = versions.current(name);
        boolean only = random.nextInt(4) == 0;
        String path = "/predictions/" + name + (only ? "/" + since : "");
        String accept = random.nextInt(3) == 0 ? FINDING : ANY;
        byte[] request =
                random.nextInt(3) == 0
                        ? EncodedRequest.form(path, picture.bytes(), accept)
                        : EncodedRequest.post(path, picture.bytes(), accept);
        ledger.begin(Sender.GOOD);
        try {
            Answer answer = client.exchange(request);
            if (answer.status() == 200) {
                tell(versions.fault(name, since, only, answer));
                tell(findings.fault(name, picture, answer));
            }
            if (answer.status() == 404 && only && versions.mayBeRefused(name, since)) {
                ledger.expected(Sender.GOOD, answer);
            } else {
                ledger.answered(Sender.GOOD, answer);
            }
        } catch (IOException e) {
            ledger.lost(Sender.GOOD, e);
        }
    }

    private void tell(@Nullable String fault) {
        if (fault != null) {
            ledger.fault(fault);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
