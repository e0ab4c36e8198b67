package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything wrong ends in one line that says what is wrong, and in the right exit code. */
@Tag("slow")
class BadInputTest {
    @RegisterExtension static final TrainedModel MODEL = new TrainedModel();

    @TempDir static Path bad = Path.of("");

    @BeforeAll
    static void makeBadThings() throws Exception {
        BadThings.in(bad, MODEL.work());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # command                                      | what it says
                    diagnose                                       | diagnose
                    --colour                                       | Unknown option: '--colour'
                    predict                                        | MODEL; FILE
                    predict drawn-light                            | Missing required parameter; FILE
                    predict drawn-light ok.png --yaml              | Unknown option; --yaml
                    train                                          | --data: missing; or a recipe
                    train --recipe a --data b --out c --device tpu | --device; tpu
                    compare one                                    | RUN; at least 2
                    data                                           | command: none; init, check or split
                    data init                                      | Missing required parameter; PICTURES
                    data split drawn --folds 3                     | --fold
                    evaluate drawn-light                           | --data: missing; or a recipe
                    publish                                        | Missing required; CANDIDATE; --key
                    publish one two --key k                        | Unmatched argument; two
                    serve now                                      | Unmatched argument; now
                    serve --port                                   | --port
                    list --store                                   | --store
                    """)
    void wrongUsageEndsWith2AndSaysWhereHelpIs(String command, String said) {
        CommandRun run = CommandRun.ofLine(command);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines().get(0)).startsWith("medzoo: ");
        assertThat(run.errLines().get(0)).contains(said.split("; "));
        assertThat(run.err()).containsAnyOf("Usage: medzoo", "--help").doesNotContain("\tat ");
    }

    /** WORK, BAD and STORE stand for folders. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # command                                                                | what it says
                    predict drawn-light BAD/none.png --store STORE                           | BAD/none.png; no such file
                    predict drawn-light BAD --store STORE                                    | BAD; a folder (expected: a picture)
                    predict drawn-light BAD/text.jpg --store STORE                           | text.jpg; bytes that start with; expected: JPEG, PNG
                    predict drawn-light BAD/empty.jpg --store STORE                          | empty.jpg; picture: empty
                    predict drawn-light BAD/cut.jpg --store STORE                            | cut.jpg; truncated; JPEG
                    predict drawn-light BAD/cut.png --store STORE                            | cut.png; truncated; PNG
                    predict drawn-light BAD/huge.png --store STORE                           | huge.png; 60000x60000 pixels; 50000000
                    predict drawn-light BAD/large.jpg --store STORE                          | large.jpg; too many bytes; expected: at most 67108864
                    predict Drawn_Light WORK/drawn_2class/test/0.png --store STORE           | model reference: Drawn_Light; expected: name
                    predict ../drawn-light WORK/drawn_2class/test/0.png --store STORE        | model reference: ../drawn-light; expected: name
                    predict drawn-light/1 WORK/drawn_2class/test/0.png --store STORE         | version: 1; MAJOR.MINOR.PATCH
                    predict eye WORK/drawn_2class/test/0.png --store STORE                   | model: eye; expected one of: [drawn-light]
                    predict drawn-light/9.9.9 WORK/drawn_2class/test/0.png --store STORE     | version: 9.9.9 of drawn-light; [0.1.0]
                    predict drawn-light@beta WORK/drawn_2class/test/0.png --store STORE | alias: beta of drawn-light; [candidate, stable]
                    predict drawn-light WORK/drawn_2class/test/0.png --store ftp://there     | store: ftp://there; expected: a folder
                    predict drawn-light WORK/drawn_2class/test/0.png --store BAD/none        | index.json: absent; BAD/none
                    predict drawn-light WORK/drawn_2class/test/0.png --store BAD/flipped     | drawn-light-0000.params; sha256; expected
                    predict drawn-light WORK/drawn_2class/test/0.png --store BAD/none.jar    | BAD/none.jar
                    models --store BAD/none                                                  | index.json: absent; BAD/none
                    models --store BAD/broken                                                | index.json
                    models --store http://127.0.0.1:1                                        | http://127.0.0.1:1
                    train --recipe BAD/none.yaml --data WORK/drawn_2class --out BAD/out      | none.yaml; no such file
                    train --data BAD --out BAD/out                                           | BAD has no manifest.csv; medzoo data init
                    data init BAD/none --name BAD/made                                       | BAD/none; no such file
                    data init WORK/drawn_2class --name WORK/store                            | WORK/store; already exists
                    data check BAD/none                                                      | BAD/none/manifest.csv; no such file
                    data split WORK/drawn_2class --folds 2 --fold 1                          | folds: 2; expected: 3..
                    data split WORK/drawn_2class --val 0.6 --test 0.5                        | shares: val 0.6, test 0.5; together below 1
                    card BAD/none                                                            | artifact.json: absent; BAD/none
                    train --recipe BAD/text.yaml --data WORK/drawn_2class --out BAD/out      | recipe; text.yaml
                    train --recipe BAD/value.yaml --data WORK/drawn_2class --out BAD/out     | recipe; value.yaml, line; batchSize: 1 (; expected: 2
                    train --recipe BAD/unknown.yaml --data WORK/drawn_2class --out BAD/out   | recipe; unknown.yaml, line; dropout
                    train --recipe WORK/drawn.yaml --data BAD/none --out BAD/out             | BAD/none/manifest.csv; no such file
                    train --recipe WORK/drawn.yaml --data BAD/other --out BAD/out            | data: other; expected: the folder of drawn_2class
                    train --recipe WORK/drawn.yaml --data BAD/drawn_2class --out BAD/out     | drawn_2class/manifest.csv lines 2..25: 24 files; sha256; expected
                    train --recipe WORK/drawn.yaml --data WORK/drawn_2class --out WORK/drawn-light | drawn-light; already exists; expected: a new folder
                    train --recipe WORK/drawn.yaml --data WORK/drawn_2class --out BAD/out --from WORK/drawn-light | from:; expected: nothing, as the recipe is not a transfer; medzoo init DATA --from; --out FILE writes one that is
                    train --recipe BAD/transfer.yaml --data WORK/drawn_2class --out BAD/out  | from:; expected: an artifact, as the recipe is a transfer; name it with --from
                    train --recipe BAD/transfer.yaml --data WORK/drawn_2class --out BAD/out --from eye --store STORE | model: eye; expected one of: [drawn-light]
                    train --recipe WORK/drawn.yaml --data WORK/drawn_2class --out BAD/out --device gpu | device: gpu; expected: cpu
                    evaluate BAD/none --data WORK/drawn_2class                               | artifact.json: absent; BAD/none
                    evaluate WORK/drawn-light --data WORK/drawn_2class --split exam          | split: exam; expected one of: [test, train, val]
                    evaluate WORK/drawn-light --data BAD/none                                | BAD/none/manifest.csv; no such file
                    evaluate WORK/drawn-light --data BAD/other                               | labels of other; expected: [dark, light]
                    evaluate BAD/cut --data WORK/drawn_2class                                | BAD/cut
                    evaluate WORK/drawn-light --data WORK/drawn_2class --foreign BAD/none    | BAD/none/manifest.csv; no such file
                    evaluate WORK/drawn-light --data WORK/drawn_2class --foreign WORK/drawn_2class | foreign: [drawn_2class]; expected: distinct data sets other than drawn_2class
                    publish BAD/none --store BAD/new --key WORK/key.pem                      | artifact.json: absent; BAD/none
                    publish BAD/cut --data WORK/drawn_2class --store BAD/new --key WORK/key.pem | BAD/cut
                    publish BAD/stray --store BAD/new --key WORK/key.pem                     | run.sh: not a file of an artifact
                    publish WORK/drawn-light --store http://127.0.0.1:1 --key WORK/key.pem   | store: http://127.0.0.1:1; expected: a folder
                    publish WORK/drawn-light --store STORE --key WORK/key.pem                | version: 0.1.0 of drawn-light is published
                    publish WORK/drawn-light --store STORE --key WORK/none.pem               | none.pem; no such file
                    promote drawn-light/0.2.0 --store STORE --key WORK/key.pem               | version: 0.2.0 of drawn-light; expected one of: [0.1.0]
                    promote drawn-light/0.1.0 --store STORE --key WORK/key.pem               | alias: stable of drawn-light is 0.1.0; expected: another version
                    rollback drawn-light --store STORE --key WORK/key.pem                    | alias: stable of drawn-light is 0.1.0; expected: an alias that pointed to another version
                    revoke eye/0.1.0 --reason x --store STORE --key WORK/key.pem             | model: eye; expected one of: [drawn-light]
                    deprecate drawn-light/0.1.0 --reason x --use 9.9.9 --store STORE --key WORK/key.pem | version: 9.9.9 of drawn-light
                    renew --valid-for soon --store STORE --key WORK/key.pem                  | --valid-for: soon; expected: a period such as P90D
                    list --store STORE --trust BAD/none.json                                 | BAD/none.json
                    show eye --store STORE                                                   | model: eye
                    diff drawn-light/0.1.0 drawn-light/9.9.9 --store STORE                   | version: 9.9.9
                    mirror STORE http://127.0.0.1:1                                          | store: http://127.0.0.1:1; expected: a folder
                    serve --port many --workers 0 --threads -1 --store ftp://there           | port: many; ftp://there; threads: -1; workers: 0
                    serve --port 65536                                                       | port: 65536; 0..65535
                    serve --config BAD/none.properties                                       | none.properties; NoSuchFile
                    serve --config BAD/serve.properties                                      | colour: unknown setting; expected one of
                    serve --port 0 --store BAD/none                                          | store; index.json: absent
                    serve --port 0 --store BAD/flipped                                       | drawn-light/0.1.0; sha256
                    """)
    void whatFailsEndsWith1AndOneLine(String command, String said) {
        CommandRun run = CommandRun.ofLine(filled(command));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).singleElement().asString().startsWith("medzoo: ");
        assertThat(run.err()).contains(filled(said).split("; "));
    }

    @Test
    void aPortThatIsTakenStopsTheStart() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandRun run =
                    CommandRun.ofLine(filled("serve --store STORE --port ") + taken.getLocalPort());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errLines())
                    .singleElement()
                    .asString()
                    .startsWith("medzoo: 127.0.0.1:" + taken.getLocalPort() + ": ");
        }
    }

    private static String filled(String text) {
        return text.replace("WORK", MODEL.work().folder().toString())
                .replace("STORE", MODEL.work().store().toString())
                .replace("BAD", bad.toString());
    }
}
