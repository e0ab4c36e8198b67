package dev.medzoo.zoo.explain;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The program of {@code docs/loading.md} is the one below, which the compiler has seen. */
class LoadingDocumentTest {
    private static final Path SOURCE =
            Path.of("src/test/java/dev/medzoo/zoo/explain/LoadingDocumentTest.java");

    static void program() throws Exception {
        // begin
        MedZoo zoo = new MedZoo();
        try (ZooModel<NetworkInput, Finding> model =
                        zoo.load(
                                ModelReference.parse("pretrained-skin"),
                                NetworkInput.class,
                                Finding.class);
                Explainer explainer = zoo.explainer(model)) {
            Path file = Path.of("picture.jpg");
            Explanation explanation = explainer.explain(file, ExplanationOptions.USUAL);
            System.out.println(explanation.label() + " by " + explanation.method().word());
            Preparation preparation = Preparation.of(model, new PictureDecoder());
            byte[] bytes = Files.readAllBytes(file);
            RgbPicture shown = preparation.shown(bytes, PictureOptions.USUAL, Overlay.LONGEST_SIDE);
            Files.write(Path.of("map.png"), Overlay.png(explanation, shown));
        }
        // end
    }

    @Test
    void theProgramIsTheOneThatCompiles() throws Exception {
        List<String> lines = Files.readAllLines(SOURCE);
        int from = lines.indexOf("        // begin") + 1;
        String program =
                String.join("\n", lines.subList(from, lines.indexOf("        // end")))
                        .replaceAll("(?m)^ {8}", "");

        assertThat(Files.readString(Path.of("../docs/loading.md")))
                .contains("```java\n" + program + "\n```");
    }
}
