package dev.medzoo.translate.decode;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.translate.TranslateException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not read is refused by its name, and with what is read. */
class UnreadFormatTest {
    static Stream<Arguments> starts() {
        return Stream.of(
                Arguments.of("....ftypheic....", "HEIC"),
                Arguments.of("....ftypmif1....", "HEIC"),
                Arguments.of("....ftypavif....", "AVIF"),
                Arguments.of("....ftypcrx ....", "Canon's CR3"),
                Arguments.of("....ftypisom....", "a film (MP4 or QuickTime)"),
                Arguments.of("....ftypqt  ....", "a film (MP4 or QuickTime)"),
                Arguments.of("\0\0\0\fjP  \r\n", "JPEG 2000"),
                Arguments.of("\u00ffO\u00ffQ....", "JPEG 2000"),
                Arguments.of("\u00ff\n........", "JPEG XL"),
                Arguments.of("II+\0....", "BigTIFF"),
                Arguments.of("MM\0+....", "BigTIFF"),
                Arguments.of("\b\0\5\0CS......", "DICOM without its preamble"),
                Arguments.of("%PDF-1.7", "PDF"),
                Arguments.of("%!PS-Adobe", "PostScript"),
                Arguments.of("8BPS......", "Photoshop"),
                Arguments.of("\0\0\1\0\1\0....", "ICO"),
                Arguments.of("P6 1 1 255", "PPM, PGM or PBM"),
                Arguments.of("\u001f\u008b\b.....", "gzip"),
                Arguments.of("PK\3\4......", "ZIP"),
                Arguments.of("<svg xmlns=", "SVG"),
                Arguments.of("<?xml version='1.0'?><svg>", "SVG"),
                Arguments.of("<html><body>", "HTML"),
                Arguments.of("{\"data\": 1}", "JSON"),
                Arguments.of("data:image/png;base64,iVBOR", "a data: address"));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void isNamed(String start, String name) {
        assertNamed(start.getBytes(StandardCharsets.ISO_8859_1), name);
    }

    @Test
    void niftiIsKnownAtTheEndOfItsHeader() {
        byte[] nifti = new byte[348];
        byte[] magic = "n+1\0".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(magic, 0, nifti, 344, magic.length);
        assertNamed(nifti, "NIfTI");
    }

    @ParameterizedTest
    @CsvSource({"rgb8.png", "baseline.jpg", "palette.gif", "lossy.webp", "raw.tif", "rgb.bmp"})
    void base64OfWhatIsReadIsKnown(String file) {
        byte[] picture = Golden.bytes("decode/" + file);
        assertNamed(Base64.getMimeEncoder().encode(Arrays.copyOf(picture, 90)), "base64 text");
    }

    private static void assertNamed(byte[] bytes, String name) {
        assertThatThrownBy(() -> new PictureDecoder().decode(bytes))
                .isInstanceOf(TranslateException.class)
                .hasMessage(
                        "picture: "
                                + name
                                + " (expected: JPEG, PNG, TIFF, BMP, GIF, WebP or DICOM)");
    }
}
