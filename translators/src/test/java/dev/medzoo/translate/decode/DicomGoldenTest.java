package dev.medzoo.translate.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.translate.TranslateException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of DICOM file, against what pydicom and dcmtk make of it (dicom_goldens.py). */
@Tag("jdk")
class DicomGoldenTest {
    private static final String PATIENT = "SECRET";

    private final PictureDecoder decoder = new PictureDecoder();

    static Stream<List<String>> files() {
        return Golden.rows("dicom/cases.csv");
    }

    @ParameterizedTest
    @MethodSource("files")
    void givesThePixelsOfPydicom(List<String> row) throws TranslateException {
        RgbPicture expected = Golden.picture("dicom/" + row.get(5), row.get(2), row.get(3));
        PictureOptions frame = frame(Integer.parseInt(row.get(1)));
        RgbPicture decoded = decoder.decode(Golden.bytes("dicom/" + row.get(0)), frame, () -> true);
        assertThat(decoded.width()).isEqualTo(expected.width());
        assertThat(decoded.height()).isEqualTo(expected.height());
        assertThat(Golden.difference(decoded, expected))
                .isLessThanOrEqualTo(Integer.parseInt(row.get(4)));
    }

    @Test
    void givesTheFirstFrameUnlessAsked() throws TranslateException {
        byte[] frames = Golden.bytes("dicom/frames.dcm");
        RgbPicture first = decoder.decode(frames, frame(1), () -> true);
        RgbPicture second = decoder.decode(frames, frame(2), () -> true);
        assertThat(decoder.decode(frames).rgb()).isEqualTo(first.rgb());
        assertThat(second.rgb()).isNotEqualTo(first.rgb());
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/golden/dicom/refused.csv", numLinesToSkip = 1, delimiter = '|')
    void refusesByName(String file, String message) {
        byte[] bytes = Golden.bytes("dicom/" + file);
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains(PATIENT);
        assertThatThrownBy(() -> decoder.decode(bytes))
                .isInstanceOf(TranslateException.class)
                .hasMessageStartingWith("picture: ")
                .hasMessageContaining(message)
                .hasMessageNotContaining(PATIENT);
    }

    @Test
    void readsBurnedInAnnotationWhereItIsAllowed() throws TranslateException {
        byte[] burned = Golden.bytes("dicom/refused-burned-in.dcm");
        RgbPicture read =
                decoder.decode(burned, new PictureOptions(OptionalInt.empty(), true), () -> true);
        assertThat(read.rgb()).isEqualTo(decoder.decode(Golden.bytes("dicom/grey8.dcm")).rgb());
    }

    @Test
    void refusesAFrameThatIsNotThere() {
        byte[] frames = Golden.bytes("dicom/frames.dcm");
        assertThatThrownBy(() -> decoder.decode(frames, frame(4), () -> true))
                .isInstanceOf(TranslateException.class)
                .hasMessage("picture: DICOM frame: 4 (expected: 1..3)");
        assertThatThrownBy(() -> frame(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("frame: 0 (expected: a whole number from 1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"baseline.jpg", "rgb8.png", "rgb.bmp", "frames.gif", "frames.webp"})
    void refusesAFrameOfWhatHasNone(String file) throws TranslateException {
        byte[] bytes = Golden.bytes("decode/" + file);
        String name = PictureFormat.of(bytes).toString();
        assertThatThrownBy(() -> decoder.decode(bytes, frame(1), () -> true))
                .isInstanceOf(TranslateException.class)
                .hasMessage(
                        "picture: "
                                + name
                                + " frame: 1 (expected: none, as frames can be selected in DICOM only)");
        PictureOptions burned = new PictureOptions(OptionalInt.empty(), true);
        assertThat(decoder.decode(bytes, burned, () -> true).width()).isPositive();
    }

    private static PictureOptions frame(int number) {
        return new PictureOptions(OptionalInt.of(number), false);
    }

    @Test
    void readsDicomWhateverItsPreambleSays() throws TranslateException {
        byte[] dual = Golden.bytes("dicom/rgb.dcm");
        byte[] plain = dual.clone();
        byte[] tiff = {'I', 'I', '*', 0, 8, 0, 0, 0};
        System.arraycopy(tiff, 0, dual, 0, tiff.length);
        assertThat(decoder.decode(dual).rgb()).isEqualTo(decoder.decode(plain).rgb());
    }

    @ParameterizedTest
    @MethodSource("files")
    void endsWhenNobodyWaits(List<String> row) {
        byte[] bytes = Golden.bytes("dicom/" + row.get(0));
        assertThatThrownBy(() -> decoder.decode(bytes, () -> false))
                .isInstanceOf(TranslateException.class)
                .hasMessage("picture: decoding cancelled");
    }
}
