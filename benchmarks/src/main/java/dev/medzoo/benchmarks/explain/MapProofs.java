package dev.medzoo.benchmarks.explain;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDManager;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.data.PictureManifest;
import dev.medzoo.zoo.data.PictureManifest.Row;
import dev.medzoo.zoo.explain.Explainer;
import dev.medzoo.zoo.explain.ExplanationMethod;
import dev.medzoo.zoo.explain.HeatMap;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.measure.Bootstrap;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import dev.medzoo.zoo.store.FolderStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Judges maps of one model on one data set: deletion and insertion for every picture, and, where
 * there are masks, how much of each map lies in the wound. All rivals see the same pictures, and
 * what is compared is the difference on each; intervals are bootstrapped over groups. Probabilities
 * are those of the runtime that is served, of 8 bits.
 */
@Command(name = "explanations")
public final class MapProofs implements Callable<Integer> {
    /** The rivals that look at no picture. */
    private static final List<String> BLIND = List.of("random", "centre");

    @Option(names = "--store", required = true)
    private Path store = Path.of("");

    @Option(names = "--model", required = true)
    private String model = "";

    @Option(names = "--data", required = true)
    private Path data = Path.of("");

    @Option(names = "--split", defaultValue = "test")
    private String split = "test";

    @Option(names = "--pictures", defaultValue = "200", description = "at most, drawn by seed")
    private int most;

    @Option(names = "--masks", description = "folder of masks; then their class is explained")
    private Path masks = Path.of("");

    @Option(names = "--layers", description = "compare every part of the network")
    private boolean layers;

    private final List<String> groups = new ArrayList<>();

    /** By rival and figure, a number a picture. */
    private final Map<String, List<Double>> figures = new LinkedHashMap<>();

    public static void main(String[] args) {
        System.exit(new CommandLine(new MapProofs()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        MedZoo zoo = new MedZoo(new FolderStore(store));
        ModelReference reference = ModelReference.parse(model);
        VerifiedStore verified = VerifiedStore.of(zoo.store());
        try (ZooModel<NetworkInput, Finding> loaded =
                        zoo.load(
                                reference,
                                NetworkInput.class,
                                Finding.class,
                                RuntimeChoice.ONNX_INT8,
                                null);
                Predictor<NetworkInput, Finding> predictor = loaded.newPredictor();
                Explainer explainer = zoo.explainer(loaded);
                NDManager manager = NDManager.newBaseManager(null, "PyTorch")) {
            Network network =
                    verified.artifact(verified.index().resolve(reference))
                            .content()
                            .network(manager);
            Preparation preparation = Preparation.of(loaded, new PictureDecoder());
            Map<String, Rival> rivals = new LinkedHashMap<>();
            if (layers) {
                for (int part = 0; part < network.parts(); part++) {
                    rivals.put(
                            "layercam-" + part,
                            Rival.layer(network, manager, preparation.labels(), part));
                    rivals.put(
                            "fusedcam-" + part,
                            Rival.fused(network, manager, preparation.labels(), part));
                }
            } else {
                rivals.put("layercam", Rival.of(explainer, ExplanationMethod.LAYER_CAM));
            }
            rivals.put("gradcam", Rival.of(explainer, ExplanationMethod.GRAD_CAM));
            rivals.put("rise", Rival.of(explainer, ExplanationMethod.RISE));
            rivals.put("random", Rival.random());
            rivals.put("centre", Rival.centre());
            judge(rivals, preparation, predictor);
        }
        print();
        return 0;
    }

    private void judge(
            Map<String, Rival> rivals,
            Preparation preparation,
            Predictor<NetworkInput, Finding> predictor)
            throws Exception {
        Curves curves = new Curves(predictor);
        boolean hasMasks = !masks.toString().isEmpty();
        PictureManifest manifest = PictureManifest.read(data);
        int number = 0;
        for (Row row : rows(manifest, hasMasks)) {
            NetworkInput picture = preparation.picture(manifest.file(row), PictureOptions.USUAL);
            Finding finding = predictor.predict(picture);
            String label = hasMasks ? row.label() : finding.label();
            WoundMask mask = hasMasks ? WoundMask.read(mask(row)) : null;
            groups.add(row.group());
            number++;
            for (Map.Entry<String, Rival> each : rivals.entrySet()) {
                HeatMap map = each.getValue().map(picture, finding, label, number);
                Curves.Areas areas = curves.of(picture, map, label);
                add(each.getKey() + " deletion", areas.deletion());
                add(each.getKey() + " insertion", areas.insertion());
                if (mask != null) {
                    add(each.getKey() + " energy", mask.energy(map));
                    add(each.getKey() + " hit", mask.isHit(map) ? 1 : 0);
                }
            }
            if (mask != null) {
                add("wound area", mask.area());
            }
        }
    }

    /** In a random order, so that the first are a sample. */
    private List<Row> rows(PictureManifest manifest, boolean hasMasks) {
        List<Row> rows = new ArrayList<>();
        for (Row row : manifest.rows()) {
            if (row.split().equals(split) && (!hasMasks || Files.exists(mask(row)))) {
                rows.add(row);
            }
        }
        Collections.shuffle(rows, new Random(1));
        return rows.subList(0, Math.min(most, rows.size()));
    }

    private Path mask(Row row) {
        return masks.resolve(row.file().replaceFirst("\\.[^.]*$", ".png"));
    }

    private void add(String figure, double value) {
        figures.computeIfAbsent(figure, absent -> new ArrayList<>()).add(value);
    }

    private void print() {
        Map<String, Estimate> estimates = Bootstrap.estimates(groups, this::means);
        System.out.printf(
                Locale.ROOT,
                "%s on %s, %s: %d pictures of %d groups%n",
                model,
                data.getFileName(),
                split,
                groups.size(),
                groups.stream().distinct().count());
        estimates.forEach(
                (name, is) ->
                        System.out.printf(
                                Locale.ROOT,
                                "%-36s %7.4f [%.4f, %.4f]%n",
                                name,
                                is.value(),
                                is.low(),
                                is.high()));
    }

    /**
     * Of some pictures: the mean of each figure, and its difference to random and to the centre.
     */
    private Map<String, Double> means(int[] pictures) {
        Map<String, Double> means = new LinkedHashMap<>();
        figures.forEach((name, values) -> means.put(name, mean(values, pictures)));
        for (String name : figures.keySet()) {
            String[] parts = name.split(" ", 2);
            if (BLIND.contains(parts[0]) || parts[0].equals("wound")) {
                continue;
            }
            for (String other : BLIND) {
                List<Double> theirs = figures.getOrDefault(other + " " + parts[1], List.of());
                means.put(
                        name + " - " + other,
                        means.getOrDefault(name, Double.NaN) - mean(theirs, pictures));
            }
        }
        return means;
    }

    private static double mean(List<Double> values, int[] pictures) {
        double sum = 0;
        for (int picture : pictures) {
            sum += values.get(picture);
        }
        return sum / pictures.length;
    }
}
