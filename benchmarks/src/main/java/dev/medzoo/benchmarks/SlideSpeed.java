package dev.medzoo.benchmarks;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.batch.slide.KnownScales;
import dev.medzoo.batch.slide.RegionReader;
import dev.medzoo.batch.slide.Slide;
import dev.medzoo.batch.slide.SlideScorer;
import dev.medzoo.batch.slide.TileFindings;
import dev.medzoo.batch.slide.TileGrid;
import dev.medzoo.batch.slide.TissueMap;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.TrainedScale;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import dev.medzoo.zoo.store.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.imageio.ImageIO;

/**
 * Fields of a slide a second, read from its tiles and scored, against pictures a second of the
 * plain loop of {@code medzoo predict} over the same fields as JPEG files; one thread each, in
 * turns, the order changing with every round. The figure is the ratio of a round; above 1, the
 * slide is faster.
 */
public final class SlideSpeed {
    private static final double LEAST_TISSUE = 0.25;
    private static final int WARM_UP = 2;

    private final Slide slide;
    private final TileGrid grid;
    private final TissueMap tissue;
    private final ZooModel<NetworkInput, Finding> model;
    private final List<Path> files = new ArrayList<>();

    private SlideSpeed(Slide slide, TrainedScale scale, ZooModel<NetworkInput, Finding> model)
            throws IOException {
        this.slide = slide;
        this.model = model;
        grid = TileGrid.of(slide, slide.micrometresPerPixel().orElseThrow(), scale);
        tissue = TissueMap.of(slide, grid);
    }

    /** Arguments: the store's folder, the slide, the rounds, the runtime. */
    public static void main(String[] args) throws Exception {
        MedZoo zoo = new MedZoo(new FolderStore(Path.of(args[0])));
        ModelReference reference = ModelReference.parse("breast-idc");
        ModelCard card = ModelCard.parse(zoo.card(reference), "breast-idc");
        TrainedScale scale = Objects.requireNonNull(KnownScales.of(card));
        try (Slide slide = Slide.open(Path.of(args[1]));
                ZooModel<NetworkInput, Finding> model =
                        zoo.load(
                                reference,
                                NetworkInput.class,
                                Finding.class,
                                RuntimeChoice.parse(args[3]),
                                null)) {
            new SlideSpeed(slide, scale, model).measure(Integer.parseInt(args[2]));
        }
    }

    private void measure(int rounds) throws Exception {
        Path folder = Files.createTempDirectory("fields");
        try {
            write(folder);
            double[] ofSlide = new double[rounds];
            double[] ofFiles = new double[rounds];
            double[] ratios = new double[rounds];
            for (int round = -WARM_UP; round < rounds; round++) {
                boolean isSlideFirst = round % 2 == 0;
                double first = isSlideFirst ? slideRate() : fileRate();
                double second = isSlideFirst ? fileRate() : slideRate();
                if (round >= 0) {
                    ofSlide[round] = isSlideFirst ? first : second;
                    ofFiles[round] = isSlideFirst ? second : first;
                    ratios[round] = ofSlide[round] / ofFiles[round];
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d fields: %s a second from the slide, %s from files, ratio %s%n",
                    files.size(),
                    spread(ofSlide, "%.0f"),
                    spread(ofFiles, "%.0f"),
                    spread(ratios, "%.2f"));
        } finally {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    /** Each field with tissue as a file of its own, as the training patches are. */
    private void write(Path folder) throws IOException {
        RegionReader reader = new RegionReader(slide, grid.number());
        for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
                if (tissue.share(column, row) >= LEAST_TISSUE) {
                    RgbPicture field =
                            reader.read(grid.x(column), grid.y(row), grid.side(), grid.side());
                    Path file = folder.resolve(column + "-" + row + ".jpg");
                    ImageIO.write(field.toBufferedImage(), "jpg", file.toFile());
                    files.add(file);
                }
            }
        }
    }

    private double slideRate() throws Exception {
        long from = System.nanoTime();
        TileFindings findings =
                new SlideScorer(model, 1)
                        .score(slide, grid, tissue, LEAST_TISSUE, (done, all) -> {});
        return findings.count() / seconds(from);
    }

    private double fileRate() throws Exception {
        long from = System.nanoTime();
        Preparation preparation = Preparation.of(model, new PictureDecoder());
        List<Finding> findings = new ArrayList<>();
        try (Predictor<NetworkInput, Finding> predictor = model.newPredictor()) {
            for (Path file : files) {
                findings.add(predictor.predict(preparation.picture(file, PictureOptions.USUAL)));
            }
        }
        return findings.size() / seconds(from);
    }

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }

    /** The median, in brackets the least and the most. */
    private static String spread(double[] values, String format) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int end = sorted.length - 1;
        String all = format + " [" + format + ", " + format + "]";
        return String.format(Locale.ROOT, all, sorted[end / 2], sorted[0], sorted[end]);
    }
}
