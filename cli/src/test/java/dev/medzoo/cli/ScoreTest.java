package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code medzoo score} where Spark is not: the tests of batch and of the launcher have it. */
class ScoreTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    pretrained-skin --in a.png --out new               | 1 | spark: not found (expected: Spark 4, by SPARK_HOME=FOLDER; spark-submit
                    pretrained-skin --in a.png --out new --runtime x   | 1 | runtime: x (expected: auto, pytorch, onnx, onnx-int8)
                    pretrained-skin --in a.png --out new --frame 0     | 1 | --frame: 0 (expected: a whole number from 1)
                    pretrained-skin --in a.png --out new --name-column x | 1 | --name-column: x (expected: with --column)
                    pretrained-skin --in a.png --out new --conf master=x | 1 | --conf: master (expected: a setting of Spark, spark.NAME=VALUE)
                    pretrained-skin --in a.png --out new --master x    | 1 | --master: x (expected: local, local[4], spark://host:7077
                    breast-idc --slides --in a.svs --out new           | 1 | spark: not found
                    breast-idc --slides --in a.svs --out new --mpp 0   | 1 | --mpp: 0.0 (expected: above 0
                    breast-idc --slides --in a.svs --out new --least-tissue 2 | 1 | --least-tissue: 2.0 (expected: above 0, at most 1)
                    breast-idc --slides --in a.svs --out new --frame 2 | 1 | --frame: given (expected: not with --slides)
                    breast-idc --slides --in a.svs --out new --column x | 1 | --column: given (expected: not with --slides)
                    pretrained-skin --in a.png --out new --mpp 1       | 1 | --mpp: 1.0 (expected: with --slides)
                    pretrained-skin --in a.png --out new --class idc   | 1 | --class: [idc] (expected: with --slides)
                    pretrained-skin --in a.png                         | 2 | Missing required option: '--out=PATH'
                    pretrained-skin --out new                          | 2 | Missing required option: '--in=PATH'
                    --in a.png --out new                               | 2 | Missing required parameter; MODEL
                    pretrained-skin --in a.png --out new --conf spark  | 2 | --conf
                    """)
    void saysWhatIsWrong(String line, int exitCode, String said) {
        CommandRun run = CommandRun.ofLine("score " + line);

        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines().get(0)).startsWith("medzoo: ").contains(said.split("; "));
        assertThat(run.errLines()).hasSize(exitCode);
    }
}
