package dev.medzoo.serving.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.dicomweb.NodeException.Remedy;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import org.junit.jupiter.api.Test;

class ReportMakerTest {
    private static final MadeDicom PICTURE = MadeDicom.colour(1, 1, 1);
    private static final Instance INSTANCE =
            new Instance(MadeDicom.study(1), "1.2", PICTURE.uid(), "", "");

    private static Report write(Instance instance, byte[] file) throws NodeException {
        return new ReportMaker().write(instance, file, TestNode.finding(instance, file));
    }

    @Test
    void namesAReportAfterPictureAndModel() throws Exception {
        Report report = write(INSTANCE, PICTURE.bytes());
        assertThat(report.uid()).startsWith("2.25.");
        assertThat(write(INSTANCE, PICTURE.bytes()).uid()).isEqualTo(report.uid());
        MadeDicom other = MadeDicom.colour(1, 2, 1);
        Instance another = new Instance(MadeDicom.study(1), "1.2", other.uid(), "", "");
        assertThat(write(another, other.bytes()).uid()).isNotEqualTo(report.uid());

        SourceInstance written = new PictureDecoder().source(report.file());
        assertThat(written.sopInstance()).isEqualTo(report.uid());
        assertThat(written.study()).isEqualTo(MadeDicom.study(1));
        assertThat(
                        new Instance(
                                        written.study(),
                                        written.series(),
                                        report.uid(),
                                        written.sopClass(),
                                        "")
                                .isPicture())
                .isFalse();
    }

    @Test
    void refusesAnotherInstanceThanWasAskedFor() {
        for (MadeDicom other :
                new MadeDicom[] {MadeDicom.colour(1, 2, 1), MadeDicom.colour(2, 1, 1)}) {
            assertThatThrownBy(() -> write(INSTANCE, other.bytes()))
                    .hasMessage("WADO-RS: a different instance (expected: the requested one)")
                    .matches(failure -> ((NodeException) failure).remedy() == Remedy.FEW_TRIES);
        }
    }

    @Test
    void refusesWhatIsNoDicom() {
        assertThatThrownBy(() -> write(INSTANCE, new byte[200]))
                .isInstanceOf(NodeException.class)
                .hasMessageStartingWith("report: picture: ")
                .matches(failure -> ((NodeException) failure).remedy() == Remedy.NONE);
    }

    @Test
    void passesOverWhatThisProgramMadeAndWhatHasNoPixels() {
        String study = "1.2";
        String photograph = "1.2.840.10008.5.1.4.1.1.77.1.4";
        String capture = "1.2.840.10008.5.1.4.1.1.7";
        assertThat(new Instance(study, study, study, photograph, "medzoo").isPicture()).isTrue();
        assertThat(new Instance(study, study, study, capture, "a camera").isPicture()).isTrue();
        assertThat(new Instance(study, study, study, capture, "medzoo").isPicture()).isFalse();
        assertThat(new Instance(study, study, study, capture + ".4", "Medzoo").isPicture())
                .isFalse();
        assertThat(new Instance(study, study, study, "", "").isPicture()).isTrue();
        for (String kind : new String[] {"88.11", "88.33", "88.59", "11.1", "104.1", "9.1.1"}) {
            String sopClass = "1.2.840.10008.5.1.4.1.1." + kind;
            assertThat(new Instance(study, study, study, sopClass, "").isPicture()).isFalse();
        }
    }
}
