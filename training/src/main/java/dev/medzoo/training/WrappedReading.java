package dev.medzoo.training;

import ai.djl.MalformedModelException;
import dev.medzoo.training.data.BatchLoader;
import dev.medzoo.training.data.DataPlace;
import dev.medzoo.training.data.DataSetUse;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.data.PictureSets;
import dev.medzoo.training.learn.Scorer;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.training.measure.Temperature;
import dev.medzoo.training.recipe.WrapCard;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Fits a wrapped network's reading as training does: temperature, abstention and prediction sets on
 * {@code val}, and, if it outputs features, out-of-distribution detection on {@code train} and
 * {@code val}. Results on {@code test} of an earlier fit are deleted.
 */
final class WrappedReading {
    private final ArtifactContent content;
    private final WrapCard words;
    private final PictureSets data;

    WrappedReading(ArtifactContent content, PictureSets data) {
        this.content = content;
        this.data = data;
        words = words(content);
    }

    private static WrapCard words(ArtifactContent content) {
        return WrapCard.parse(
                content.card().training().recipe(), "of " + content.artifact().name());
    }

    /** Where the data sets lie that the file of a wrapped candidate names. */
    static List<DataPlace> places(ArtifactContent content) {
        List<DataSetUse> sets = words(content).dataSets();
        return sets == null ? List.of() : sets.stream().map(DataSetUse::place).toList();
    }

    /**
     * The data sets of a wrapped candidate.
     *
     * @param folder of one, or the parent of several
     */
    static PictureSets data(ArtifactContent content, Path folder) throws IOException {
        WrapCard words = words(content);
        return PictureSets.open(
                Preflight.folders(words.sets(folder), folder),
                words.sets(folder),
                content.artifact().reading().labels());
    }

    /**
     * Fits the reading and writes it into the candidate.
     *
     * @param val outputs of the network on {@code val}
     * @return the reading
     */
    Reading fit(Path candidate, Scorer scorer, BatchLoader loader, Scores val)
            throws IOException, MalformedModelException {
        Artifact artifact = content.artifact();
        boolean hasFeatures = artifact.network().features() > 0;
        Scores train =
                hasFeatures
                        ? scorer.scoreSome(
                                loader, data.split("train"), FittedReading.DOMAIN_PICTURES)
                        : val;
        List<Scores> foreign =
                hasFeatures
                        ? ForeignExamples.open(data, words.foreign()).toFit(scorer, loader)
                        : List.of();
        Temperature.Chosen temperature = Temperature.choose(val);
        Reading reading =
                FittedReading.of(
                        artifact.reading().transform(),
                        data.labels(),
                        temperature.value(),
                        val,
                        train,
                        foreign);
        Artifact fitted =
                new Artifact(
                        Artifact.FORMAT,
                        artifact.name(),
                        artifact.version(),
                        artifact.network(),
                        reading,
                        null);
        Files.deleteIfExists(candidate.resolve(ArtifactFiles.PREDICTIONS));
        Evaluation.replace(candidate, ArtifactFiles.CARD, card(temperature).toBytes());
        Evaluation.replace(candidate, ArtifactFiles.ARTIFACT, fitted.toBytes());
        byte[] golden = Candidate.golden(reading, each -> scorer.logits(each, 1)).toBytes();
        Evaluation.replace(candidate, ArtifactFiles.GOLDEN, golden);
        return reading;
    }

    private ModelCard card(Temperature.Chosen temperature) {
        ModelCard card = content.card();
        ModelCard.Training then = card.training();
        return new ModelCard(
                card.name(),
                card.version(),
                card.summary(),
                card.notice(),
                card.intendedUse(),
                card.outOfScope(),
                Training.sources(
                        words.sets(data.parts().get(0).folder()), words.card(), data, this::role),
                card.licence(),
                card.commercialUse(),
                card.network(),
                card.parameters(),
                new ModelCard.Training(
                        then.command(),
                        then.recipe(),
                        then.seed(),
                        then.epochs(),
                        then.bestEpoch(),
                        then.minutes(),
                        then.device(),
                        then.versions(),
                        null,
                        temperature.value(),
                        null,
                        null,
                        temperature.reason(),
                        null),
                List.of(),
                card.subgroups(),
                card.limits(),
                null,
                card.scale());
    }

    private String role(PictureSet set) {
        List<String> roles = new ArrayList<>();
        if (content.artifact().network().features() > 0) {
            Training.addRole(roles, set, "train", "detection of foreign pictures fitted on train");
        }
        Training.addRole(roles, set, "val", "calibrated on val");
        Training.addRole(roles, set, "test", "scored on test");
        return String.join(", ", roles);
    }
}
