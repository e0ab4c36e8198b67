package dev.medzoo.translate.report;

import static dev.medzoo.translate.report.Code.dcm;
import static dev.medzoo.translate.report.Code.medzoo;
import static dev.medzoo.translate.report.ContentItems.CONTAINS;
import static dev.medzoo.translate.report.ContentItems.HAS_CONCEPT_MOD;
import static dev.medzoo.translate.report.ContentItems.HAS_OBS_CONTEXT;

import dev.medzoo.translate.decode.dicom.SourceInstance;
import dev.medzoo.translate.finding.ClassProbability;
import dev.medzoo.translate.finding.ConformalSet;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.ModelIdentity;
import dev.medzoo.translate.finding.OutOfDistribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The tree of a report: TID 1500 with one measurement group (TID 1501), the model as its observer
 * (TID 1004) and as its algorithm (TID 4019).
 */
final class MeasurementReport {
    private static final Code ABSTAINS = medzoo("abstained", "The model abstains");
    private static final Code UNLIKE =
            medzoo("unlike-training", "Unlike the model's training pictures");
    private static final Code UNLIKE_SCORE =
            medzoo("distance", "Distance from the training pictures");
    private static final Code UNLIKE_BEYOND =
            medzoo("distance-limit", "Distance beyond which a picture is unlike them");
    private static final Code NOT_RULED_OUT = medzoo("not-ruled-out", "Class not ruled out");
    private static final Code COVERAGE =
            medzoo("set-coverage", "Coverage of the classes not ruled out");

    private final SourceInstance source;
    private final int frame;
    private final Finding finding;
    private final ModelIdentity model;

    MeasurementReport(SourceInstance source, int frame, Finding finding) {
        this.source = source;
        this.frame = frame;
        this.finding = finding;
        this.model = finding.model();
    }

    Attributes root() {
        List<Attributes> content = new ArrayList<>();
        content.add(
                ContentItems.code(
                        HAS_CONCEPT_MOD,
                        dcm("121049", "Language of Content Item and Descendants"),
                        new Code("en", "RFC5646", "English")));
        content.addAll(observer());
        content.add(
                ContentItems.code(
                        HAS_CONCEPT_MOD,
                        dcm("121058", "Procedure reported"),
                        new Code("363679005", Code.SCT, "Imaging procedure")));
        content.add(
                ContentItems.contained(
                        dcm("126010", "Imaging Measurements"),
                        List.of(
                                ContentItems.contained(
                                        dcm("125007", "Measurement Group"), group()))));
        return ContentItems.container(dcm("126000", "Imaging Measurement Report"), content)
                .sequence(
                        0x0040a504,
                        new Attributes()
                                .text(0x00080105, "CS", "DCMR")
                                .text(0x0040db00, "CS", "1500"));
    }

    private List<Attributes> observer() {
        return List.of(
                ContentItems.code(
                        HAS_OBS_CONTEXT, dcm("121005", "Observer Type"), dcm("121007", "Device")),
                ContentItems.uid(
                        HAS_OBS_CONTEXT,
                        dcm("121012", "Device Observer UID"),
                        Uid.named("model", model.digest())),
                text(HAS_OBS_CONTEXT, "121013", "Device Observer Name", model.name()),
                text(
                        HAS_OBS_CONTEXT,
                        "121014",
                        "Device Observer Manufacturer",
                        SharedModules.MANUFACTURER),
                text(
                        HAS_OBS_CONTEXT,
                        "121015",
                        "Device Observer Model Name",
                        model.name() + " " + model.version()),
                text(HAS_OBS_CONTEXT, "121016", "Device Observer Serial Number", model.digest()));
    }

    private List<Attributes> group() {
        List<Attributes> group = new ArrayList<>();
        group.add(text(HAS_OBS_CONTEXT, "112039", "Tracking Identifier", tracking()));
        group.add(
                ContentItems.uid(
                        HAS_OBS_CONTEXT,
                        dcm("112040", "Tracking Unique Identifier"),
                        Uid.named(
                                "finding",
                                source.sopInstance(),
                                String.valueOf(frame),
                                model.digest())));
        group.add(ContentItems.text(CONTAINS, Code.COMMENT, Finding.NOTICE));
        doubts().forEach(each -> group.add(ContentItems.text(CONTAINS, Code.COMMENT, each)));
        Code value = isUsable() ? Code.label(finding.label()) : Code.UNDETERMINED;
        group.add(ContentItems.code(CONTAINS, Code.FINDING, value));
        group.addAll(algorithm());
        for (ClassProbability each : finding.probabilities()) {
            group.add(
                    percent(
                            Code.PROBABILITY,
                            each.probability(),
                            ContentItems.code(
                                    HAS_CONCEPT_MOD, Code.FINDING, Code.label(each.label()))));
        }
        group.add(ContentItems.code(CONTAINS, ABSTAINS, finding.abstained() ? Code.YES : Code.NO));
        group.addAll(likeness());
        group.addAll(set());
        group.add(
                ContentItems.image(
                        dcm("121112", "Source of Measurement"), References.frame(source, frame)));
        return group;
    }

    private String tracking() {
        String which = source.frames() == 1 ? "" : ", frame " + frame;
        return model.name() + " " + model.version() + which;
    }

    /** TID 4019. */
    private List<Attributes> algorithm() {
        return List.of(
                text(HAS_CONCEPT_MOD, "111001", "Algorithm Name", model.name()),
                text(HAS_CONCEPT_MOD, "111003", "Algorithm Version", model.version()),
                text(
                        HAS_CONCEPT_MOD,
                        "122405",
                        "Algorithm Manufacturer",
                        SharedModules.MANUFACTURER),
                text(
                        HAS_CONCEPT_MOD,
                        "111002",
                        "Algorithm Parameters",
                        "manifest digest " + model.digest()),
                ContentItems.code(
                        HAS_CONCEPT_MOD,
                        dcm("111000", "Algorithm Family"),
                        dcm("123110", "Artificial Intelligence")));
    }

    private boolean isUsable() {
        return !finding.abstained() && !finding.isUnlikeTraining();
    }

    /** Reasons not to use the most probable class, and checks that the model does not have. */
    private List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        if (finding.isUnlikeTraining()) {
            doubts.add(
                    "The picture is unlike the model's training pictures: its probabilities mean"
                            + " nothing.");
        }
        if (finding.abstained()) {
            doubts.add(
                    String.format(
                            Locale.ROOT,
                            "The model abstains: its most probable class (%s, %.1f %%) is not to be"
                                    + " used.",
                            finding.label(),
                            100 * finding.probability()));
        }
        if (finding.outOfDistribution() == null) {
            doubts.add(
                    "Nobody has measured for this model how unlike its training pictures a picture"
                            + " is.");
        }
        if (finding.set() == null) {
            doubts.add("Nobody has measured for this model which classes it does not rule out.");
        }
        return doubts;
    }

    private List<Attributes> likeness() {
        OutOfDistribution judged = finding.outOfDistribution();
        if (judged == null) {
            return List.of(ContentItems.code(CONTAINS, UNLIKE, Code.UNKNOWN));
        }
        return List.of(
                ContentItems.code(CONTAINS, UNLIKE, judged.beyond() ? Code.YES : Code.NO),
                ContentItems.number(UNLIKE_SCORE, judged.score(), ContentItems.NO_UNITS),
                ContentItems.number(UNLIKE_BEYOND, judged.threshold(), ContentItems.NO_UNITS));
    }

    private List<Attributes> set() {
        ConformalSet set = finding.set();
        if (set == null) {
            return List.of();
        }
        List<Attributes> items = new ArrayList<>();
        set.labels()
                .forEach(
                        label ->
                                items.add(
                                        ContentItems.code(
                                                CONTAINS, NOT_RULED_OUT, Code.label(label))));
        items.add(percent(COVERAGE, set.coverage()));
        return items;
    }

    private static Attributes percent(Code name, double share, Attributes... content) {
        return ContentItems.number(name, 100 * share, ContentItems.PERCENT, content);
    }

    private static Attributes text(String relationship, String code, String meaning, String text) {
        return ContentItems.text(relationship, dcm(code, meaning), text);
    }
}
