package dev.medzoo.translate.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.dicom.SourceElement;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceInstanceTest {
    private static final int SOP_CLASS = 0x00080016;
    private static final int SOP_INSTANCE = 0x00080018;
    private static final int PATIENT_NAME = 0x00100010;
    private static final int STUDY = 0x0020000d;
    private static final int SERIES = 0x0020000e;

    private final PictureDecoder decoder = new PictureDecoder();

    @ParameterizedTest
    @ValueSource(
            strings = {"crowded.dcm", "crowded-implicit.dcm", "rgb-deflated.dcm", "rgb-rle.dcm"})
    void isReadInEveryTransferSyntax(String file) throws TranslateException {
        SourceInstance source = decoder.source(Golden.bytes("dicom/" + file));
        assertThat(source.sopClass()).isEqualTo("1.2.840.10008.5.1.4.1.1.7");
        assertThat(source.study()).isEqualTo("1.2.826.0.1.3680043.8.498.2");
        assertThat(source.series()).isEqualTo("1.2.826.0.1.3680043.8.498.3");
        assertThat(source.frames()).isEqualTo(1);
        assertThat(new String(source.value(SourceElement.PATIENT_NAME), ISO_8859_1))
                .isEqualTo("SECRET^WHO");
        assertThat(source.value(SourceElement.PATIENT_SEX)).isEmpty();
    }

    @Test
    void saysWhatAReportHasToKnowOfThePixels() throws TranslateException {
        assertThat(decoder.source(Golden.bytes("dicom/frames.dcm")).frames()).isEqualTo(3);
        SourceInstance burned = decoder.source(Golden.bytes("dicom/refused-burned-in.dcm"));
        assertThat(burned.isBurnedIn()).isTrue();
        assertThat(burned.isLossy()).isFalse();
        assertThat(decoder.source(Golden.bytes("dicom/img2dcm.dcm")).isLossy()).isTrue();
    }

    @Test
    void isNotWhatItemsOfSequencesSay() throws TranslateException {
        byte[] file =
                MadeDicom.file(MadeDicom.EXPLICIT)
                        .element(SOP_CLASS, "UI", "1.2.3\0".getBytes(ISO_8859_1))
                        .element(SOP_INSTANCE, "UI", "1.2.4\0".getBytes(ISO_8859_1))
                        .header(0x00081140, "SQ", MadeDicom.UNDEFINED)
                        .item(MadeDicom.ITEM, MadeDicom.UNDEFINED)
                        .element(PATIENT_NAME, "PN", "Someone^Else".getBytes(ISO_8859_1))
                        .element(STUDY, "UI", "9.9\0".getBytes(ISO_8859_1))
                        .item(MadeDicom.ITEM_END, 0)
                        .item(MadeDicom.SEQUENCE_END, 0)
                        .element(STUDY, "UI", "1.2.5\0".getBytes(ISO_8859_1))
                        .element(SERIES, "UI", "1.2.6\0".getBytes(ISO_8859_1))
                        .grey()
                        .pixels()
                        .bytes();
        SourceInstance source = decoder.source(file);
        assertThat(source.study()).isEqualTo("1.2.5");
        assertThat(source.value(SourceElement.PATIENT_NAME)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, DICOM without SOP class UID",
        "1, DICOM without SOP instance UID",
        "2, DICOM without study instance UID",
        "3, DICOM without series instance UID"
    })
    void isNoneWithoutAnIdentifier(int missing, String message) {
        int[] tags = {SOP_CLASS, SOP_INSTANCE, STUDY, SERIES};
        MadeDicom file = MadeDicom.file(MadeDicom.EXPLICIT);
        for (int i = 0; i < tags.length; i++) {
            file.element(tags[i], "UI", i == missing ? new byte[0] : new byte[] {'1', '.'});
        }
        assertRefused(file.grey().pixels().bytes(), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.x ", "-1.2 ", ".1.2", "1/2 "})
    void isNoneWithABrokenIdentifier(String uid) {
        byte[] file =
                MadeDicom.file(MadeDicom.EXPLICIT)
                        .element(SOP_CLASS, "UI", uid.getBytes(ISO_8859_1))
                        .grey()
                        .pixels()
                        .bytes();
        assertRefused(file, "DICOM with a broken SOP class UID (0008,0016)");
    }

    @ParameterizedTest
    @ValueSource(ints = {66, 72, 1000})
    void isNoneWithAnIdentifierOfWhichAPartIsAnother(int length) {
        MadeDicom file = MadeDicom.file(MadeDicom.EXPLICIT);
        byte[] uid = new byte[length];
        Arrays.fill(uid, (byte) '1');
        uid[1] = '.';
        for (int tag : new int[] {SOP_CLASS, SOP_INSTANCE, STUDY, SERIES}) {
            file.element(tag, "UI", tag == STUDY ? uid : new byte[] {'1', 0});
        }
        assertRefused(
                file.grey().pixels().bytes(), "DICOM with a broken study instance UID (0020,000d)");
    }

    @Test
    void isNoneWithANumberOfWhichAPartIsAnother() {
        MadeDicom file = MadeDicom.file(MadeDicom.EXPLICIT);
        for (int tag : new int[] {SOP_CLASS, SOP_INSTANCE, STUDY, SERIES}) {
            file.element(tag, "UI", new byte[] {'1', 0});
        }
        byte[] frames = "%072d".formatted(3).getBytes(ISO_8859_1);
        assertRefused(
                file.element(0x00280008, "IS", frames).grey().pixels().bytes(),
                "broken DICOM ((0028,0008) of 72 bytes (expected: at most 64))");
    }

    @Test
    void refusesANameWithoutEnd() {
        MadeDicom file = MadeDicom.file(MadeDicom.EXPLICIT);
        for (int tag : new int[] {SOP_CLASS, SOP_INSTANCE, STUDY, SERIES}) {
            file.element(tag, "UI", new byte[] {'1', 0});
        }
        byte[] name = new byte[1026];
        Arrays.fill(name, (byte) 'A');
        byte[] bytes = file.element(PATIENT_NAME, "PN", name).grey().pixels().bytes();
        assertRefused(bytes, "DICOM (0010,0010) of 1026 bytes (expected: at most 1024)");
    }

    @Test
    void isOfDicomFilesAlone() {
        assertRefused(Golden.bytes("decode/rgb8.png"), "PNG (expected: DICOM)");
        byte[] whole = Golden.bytes("dicom/rgb.dcm");
        assertRefused(Arrays.copyOf(whole, 200), "truncated DICOM");
    }

    private void assertRefused(byte[] file, String message) {
        assertThatThrownBy(() -> decoder.source(file))
                .isInstanceOf(TranslateException.class)
                .hasMessageStartingWith("picture: " + message);
    }
}
