package dev.medzoo.translate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.dicom.SourceElement;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import dev.medzoo.translate.finding.ClassProbability;
import dev.medzoo.translate.finding.ConformalSet;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.ModelIdentity;
import dev.medzoo.translate.finding.OutOfDistribution;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports as dcmtk and dicom3tools read them. */
class StructuredReportsTest {
    private static final String DIGEST = "sha256:" + "3a220dfc".repeat(8);
    private static final ModelIdentity MODEL =
            new ModelIdentity("pretrained-skin", "2.2.0", DIGEST);
    private static final Instant AT = Instant.parse("2026-11-29T13:14:15.678Z");
    private static final ConformalSet SET = new ConformalSet(0.9, List.of("mel", "nv"));
    private static final OutOfDistribution LIKE = new OutOfDistribution(0.97, 1.77);
    private static final OutOfDistribution UNLIKE = new OutOfDistribution(2.5, 1.77);

    private final Path folder;

    StructuredReportsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void saysWhatTheModelFound() throws Exception {
        byte[] report = report("frames.dcm", 2, finding(false, SET, LIKE));
        assertThat(tree(report))
                .containsSubsequence(
                        "<CONTAINER:(126000,DCM,\"Imaging Measurement Report\")=SEPARATE>",
                        "<has obs context CODE:(121005,DCM,\"Observer Type\")=(121007,DCM,\"Device\")>",
                        "<contains CONTAINER:(126010,DCM,\"Imaging Measurements\")=SEPARATE>",
                        "<contains CONTAINER:(125007,DCM,\"Measurement Group\")=SEPARATE>",
                        "<contains TEXT:(121106,DCM,\"Comment\")=\"Research use only. Not a diagnosis.\">",
                        "<contains CODE:(121071,DCM,\"Finding\")=(mel,99MEDZOO_LABEL,\"mel\")>",
                        "<has concept mod TEXT:(111001,DCM,\"Algorithm Name\")=\"pretrained-skin\">",
                        "<has concept mod TEXT:(111003,DCM,\"Algorithm Version\")=\"2.2.0\">",
                        "<has concept mod TEXT:(111002,DCM,\"Algorithm Parameters\")=\"manifest digest "
                                + DIGEST
                                + "\">",
                        "<contains NUM:(122157,DCM,\"Probability\")=\"62.500000\" (%,UCUM,\"Percent\")>",
                        "<has concept mod CODE:(121071,DCM,\"Finding\")=(mel,99MEDZOO_LABEL,\"mel\")>",
                        "<contains NUM:(122157,DCM,\"Probability\")=\"25.000000\" (%,UCUM,\"Percent\")>",
                        "<has concept mod CODE:(121071,DCM,\"Finding\")=(nv,99MEDZOO_LABEL,\"nv\")>",
                        "<contains CODE:(abstained,99MEDZOO,\"The model abstains\")=(373067005,SCT,\"No\")>",
                        "<contains CODE:(unlike-training,99MEDZOO,\"Unlike the model's training pictures\")=(373067005,SCT,\"No\")>",
                        "<contains CODE:(not-ruled-out,99MEDZOO,\"Class not ruled out\")=(mel,99MEDZOO_LABEL,\"mel\")>",
                        "<contains CODE:(not-ruled-out,99MEDZOO,\"Class not ruled out\")=(nv,99MEDZOO_LABEL,\"nv\")>",
                        "<contains NUM:(set-coverage,99MEDZOO,\"Coverage of the classes not ruled out\")=\"90.000000\" (%,UCUM,\"Percent\")>");
    }

    @Test
    void namesNoFindingThatIsNotToBeUsed() throws Exception {
        String none = "<contains CODE:(121071,DCM,\"Finding\")=(373068000,SCT,\"Undetermined\")>";
        assertThat(tree(report("rgb.dcm", 1, finding(true, SET, LIKE))))
                .contains(none)
                .contains(
                        "<contains TEXT:(121106,DCM,\"Comment\")=\"The model abstains: its most"
                                + " probable class (mel, 62.5 %) is not to be used.\">")
                .contains(
                        "<contains CODE:(abstained,99MEDZOO,\"The model abstains\")=(373066001,SCT,\"Yes\")>");
        assertThat(tree(report("rgb.dcm", 1, finding(false, SET, UNLIKE))))
                .contains(none)
                .contains(
                        "<contains TEXT:(121106,DCM,\"Comment\")=\"The picture is unlike the"
                                + " model's training pictures: its probabilities mean nothing.\">")
                .contains(
                        "<contains CODE:(unlike-training,99MEDZOO,\"Unlike the model's training pictures\")=(373066001,SCT,\"Yes\")>");
    }

    @Test
    void saysWhatNobodyHasMeasured() throws Exception {
        List<String> tree = tree(report("rgb.dcm", 1, finding(false, null, null)));
        assertThat(tree)
                .contains(
                        "<contains TEXT:(121106,DCM,\"Comment\")=\"Nobody has measured for this"
                                + " model how unlike its training pictures a picture is.\">")
                .contains(
                        "<contains TEXT:(121106,DCM,\"Comment\")=\"Nobody has measured for this"
                                + " model which classes it does not rule out.\">")
                .contains(
                        "<contains CODE:(unlike-training,99MEDZOO,\"Unlike the model's training pictures\")=(261665006,SCT,\"Unknown\")>")
                .contains("<contains CODE:(121071,DCM,\"Finding\")=(mel,99MEDZOO_LABEL,\"mel\")>");
        assertThat(tree).noneMatch(line -> line.contains("not-ruled-out"));
    }

    @Test
    void standsInTheStudyOfItsPicture() throws Exception {
        SourceInstance source = Sources.golden("frames.dcm");
        byte[] report = report("frames.dcm", 2, finding(false, SET, LIKE));
        assertThat(Tool.DCMDUMP.read(report, folder))
                .contains("(0002,0010) UI =LittleEndianExplicit")
                .contains("(0008,0005) CS [ISO_IR 192]")
                .contains("(0008,0016) UI =ComprehensiveSRStorage")
                .contains("(0008,0018) UI [" + Uid.named("test") + "]")
                .contains("(0008,0060) CS [SR]")
                .contains("(0010,0010) PN [SECRET^WHO]")
                .contains("(0010,0030) DA (no value available)")
                .contains("(0020,000d) UI [" + source.study() + "]")
                .contains("(0008,1155) UI [" + source.sopInstance() + "]")
                .contains("(0008,1160) IS [2]")
                .contains("(0018,1000) LO [" + DIGEST.substring(7) + "]")
                .contains("(0040,a491) CS [COMPLETE]")
                .contains("(0040,a493) CS [UNVERIFIED]")
                .contains("(0040,a496) CS [PRELIMINARY]");
        assertThat(report("rgb.dcm", 1, finding(false, SET, LIKE)))
                .as("a single frame is not counted")
                .satisfies(
                        single ->
                                assertThat(Tool.DCMDUMP.read(single, folder))
                                        .doesNotContain("(0008,1160)"));
    }

    @Test
    void isAWholeObject() throws Exception {
        for (String name :
                List.of("named-frames.dcm", "crowded-implicit.dcm", "rgb-deflated.dcm")) {
            for (OutOfDistribution judged : new OutOfDistribution[] {null, LIKE, UNLIKE}) {
                byte[] report = report(name, 1, finding(judged == null, SET, judged));
                assertThat(Tool.errors(report, folder)).isEmpty();
            }
        }
    }

    /**
     * So that {@code dicom_reports.py}, which reads these files with pydicom, reads this writer.
     */
    @Test
    void isWrittenAsPydicomHasReadIt() throws Exception {
        Sources.assertGolden("report.dcm", report("named.dcm", 1, finding(false, SET, LIKE)));
    }

    @Test
    void isWrittenAsPydicomHasReadItWhereThereIsDoubt() throws Exception {
        Sources.assertGolden("doubtful.dcm", report("named.dcm", 1, finding(true, null, UNLIKE)));
    }

    @Test
    void isTheSameWhenItIsMadeAgain() throws Exception {
        byte[] first = report("frames.dcm", 2, finding(false, SET, LIKE));
        assertThat(report("frames.dcm", 2, finding(false, SET, LIKE))).isEqualTo(first);
        assertThat(report("frames.dcm", 1, finding(false, SET, LIKE))).isNotEqualTo(first);
    }

    @Test
    void sharesItsSeriesWithReportsOfItsModelAlone() throws Exception {
        String series = series(MODEL);
        assertThat(series(MODEL)).isEqualTo(series);
        assertThat(series(new ModelIdentity("pretrained-skin", "2.2.0", "sha256:0")))
                .isNotEqualTo(series);
    }

    private static String series(ModelIdentity model) throws Exception {
        Finding finding =
                new Finding(
                        model,
                        "mel",
                        1,
                        List.of(new ClassProbability("mel", 1)),
                        false,
                        null,
                        null);
        byte[] report =
                StructuredReports.of(Sources.golden("rgb.dcm"), 1, finding, Uid.random(), AT);
        return new PictureDecoder().source(report).series();
    }

    @ParameterizedTest
    @ValueSource(strings = {"named.dcm", "named-escapes.dcm"})
    void keepsTheCharactersOfTheName(String file) throws Exception {
        SourceInstance source = Sources.golden(file);
        byte[] report = StructuredReports.of(source, 1, named("Melan\u00f6m"), Uid.random(), AT);
        SourceInstance said = new PictureDecoder().source(report);
        for (SourceElement each : SourceElement.values()) {
            assertThat(said.value(each)).as("%s", each).isEqualTo(source.value(each));
        }
        assertThat(Tool.DSRDUMP.read(report, folder))
                .contains("(Melan%C3%B6m,99MEDZOO_LABEL,\"Melan?m\")");
        assertThat(Tool.errors(report, folder)).isEmpty();
    }

    @Test
    void isDatedInTheZoneOfItsPicture() throws Exception {
        assertThat(Tool.DCMDUMP.read(report("named.dcm", 1, named("mel")), folder))
                .contains("(0008,0201) SH [+0130]")
                .contains("(0008,0023) DA [20261129]")
                .contains("(0008,0033) TM [144415.678]");
    }

    @Test
    void writesLabelsOfAnyCharacters() throws Exception {
        byte[] report =
                StructuredReports.of(
                        Sources.golden("rgb.dcm"),
                        1,
                        named("a\\b\n\u7624 of more than sixteen characters " + "x".repeat(99)),
                        Uid.random(),
                        AT);
        assertThat(Tool.DSRDUMP.read(report, folder))
                .contains("(a%5Cb%0A%E7%98%A4 of more than sixteen characters xxx");
        assertThat(Tool.errors(report, folder)).isEmpty();
    }

    @Test
    void refusesAFrameThatThePictureHasNot() throws Exception {
        SourceInstance source = Sources.golden("frames.dcm");
        for (int frame : new int[] {0, 4}) {
            assertThatThrownBy(
                            () ->
                                    StructuredReports.of(
                                            source, frame, named("mel"), Uid.random(), AT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("frame: " + frame + " (expected: 1..3)");
        }
    }

    private static byte[] report(String name, int frame, Finding finding) throws Exception {
        return StructuredReports.of(Sources.golden(name), frame, finding, Uid.named("test"), AT);
    }

    private static Finding named(String label) {
        return new Finding(
                MODEL, label, 1, List.of(new ClassProbability(label, 1)), false, null, LIKE);
    }

    private static Finding finding(
            boolean abstains, @Nullable ConformalSet set, @Nullable OutOfDistribution judged) {
        return new Finding(
                MODEL,
                "mel",
                0.625,
                List.of(
                        new ClassProbability("mel", 0.625),
                        new ClassProbability("nv", 0.25),
                        new ClassProbability("bkl", 0.125)),
                abstains,
                set,
                judged);
    }

    private List<String> tree(byte[] report) {
        return Tool.DSRDUMP.read(report, folder).lines().map(String::strip).toList();
    }
}
