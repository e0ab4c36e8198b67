package dev.medzoo.translate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.decode.dicom.SourceElement;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import dev.medzoo.translate.finding.ModelIdentity;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondaryCapturesTest {
    private static final ModelIdentity MODEL =
            new ModelIdentity("pretrained-skin", "2.2.0", "sha256:" + "3a220dfc".repeat(8));
    private static final Instant AT = Instant.parse("2026-11-29T13:14:15.678Z");
    private static final String HOW = "Heat map of class mel over the picture";

    private final Path folder;

    SecondaryCapturesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void showsThePictureThatWasGiven() throws Exception {
        SourceInstance source = Sources.golden("named-frames.dcm");
        RgbPicture picture = Sources.drawn(21, 13);
        String uid = Uid.random();
        byte[] capture = SecondaryCaptures.of(source, 2, picture, MODEL, HOW, uid, AT);

        RgbPicture read = new PictureDecoder().decode(capture);
        assertThat(read.width()).isEqualTo(21);
        assertThat(read.height()).isEqualTo(13);
        assertThat(read.rgb()).isEqualTo(picture.rgb());

        SourceInstance said = new PictureDecoder().source(capture);
        assertThat(said.sopClass()).isEqualTo(SecondaryCaptures.SOP_CLASS);
        assertThat(said.sopInstance()).isEqualTo(uid);
        assertThat(said.study()).isEqualTo(source.study());
        assertThat(said.series()).startsWith("2.25.");
        assertThat(said.value(SourceElement.PATIENT_NAME))
                .isEqualTo(source.value(SourceElement.PATIENT_NAME))
                .isNotEmpty();
    }

    @Test
    void isWhatOthersTakeForASecondaryCapture() throws Exception {
        SourceInstance source = Sources.golden("named-frames.dcm");
        byte[] capture =
                SecondaryCaptures.of(
                        source, 2, Sources.drawn(21, 13), MODEL, HOW, Uid.random(), AT);
        assertThat(Tool.DCMDUMP.read(capture, folder))
                .contains("(0008,0016) UI =SecondaryCaptureImageStorage")
                .contains("(0008,0008) CS [DERIVED\\SECONDARY]")
                .contains("(0008,2111) ST [" + HOW + ", by pretrained-skin 2.2.0, sha256:3a220dfc")
                .contains("(0020,4000) LT [Research use only. Not a diagnosis.]")
                .contains("(0008,1155) UI [" + source.sopInstance() + "]")
                .contains("(0008,1160) IS [2]")
                .contains("(0028,0004) CS [RGB]")
                .doesNotContain("(0028,0301)", "(0028,2110)");
        assertThat(Tool.errors(capture, folder)).isEmpty();
    }

    /** As {@link StructuredReportsTest#isWrittenAsPydicomHasReadIt}. */
    @Test
    void isWrittenAsPydicomHasReadIt() throws Exception {
        SourceInstance source = Sources.golden("named.dcm");
        RgbPicture picture = Sources.drawn(21, 13);
        String uid = Uid.named("test");
        Sources.assertGolden(
                "capture.dcm", SecondaryCaptures.of(source, 1, picture, MODEL, HOW, uid, AT));
    }

    @Test
    void saysWhatItsSourceSaysOfItsPixels() throws Exception {
        SourceInstance burned = Sources.golden("refused-burned-in.dcm");
        assertThat(dumped(burned)).contains("(0028,0301) CS [YES]");
        SourceInstance lossy = Sources.golden("img2dcm.dcm");
        assertThat(dumped(lossy)).contains("(0028,2110) CS [01]");
    }

    private String dumped(SourceInstance source) {
        return Tool.DCMDUMP.read(
                SecondaryCaptures.of(source, 1, Sources.drawn(4, 4), MODEL, HOW, Uid.random(), AT),
                folder);
    }

    @Test
    void refusesAPictureTooLargeForDicom() throws Exception {
        SourceInstance source = Sources.golden("rgb.dcm");
        RgbPicture wide = new RgbPicture(65536, 1, new byte[3 * 65536]);
        assertThatThrownBy(
                        () -> SecondaryCaptures.of(source, 1, wide, MODEL, HOW, Uid.random(), AT))
                .hasMessage("picture: 65536x1 pixels (expected: at most 65535 a side)");
    }
}
