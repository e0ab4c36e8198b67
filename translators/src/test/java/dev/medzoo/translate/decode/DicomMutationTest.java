package dev.medzoo.translate.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import dev.medzoo.translate.finding.ClassProbability;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.ModelIdentity;
import dev.medzoo.translate.report.StructuredReports;
import dev.medzoo.translate.report.Uid;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files give a picture of the stated size or the one refusal, and nothing of a patient. */
@Tag("slow")
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = SEPARATE_THREAD)
class DicomMutationTest {
    /** A golden has 308 pixels: what asks for many more has lied, and is refused at little cost. */
    private static final long MOST_PIXELS = 10_000;

    private static final int MUTANTS = 40;
    private static final String PATIENT = "SECRET";
    private static final String REPORT = Uid.named("report");
    private static final Finding FINDING =
            new Finding(
                    new ModelIdentity("model", "1.0.0", "sha256:0"),
                    "mel",
                    1,
                    List.of(new ClassProbability("mel", 1)),
                    false,
                    null,
                    null);

    /** Tags, representations and lengths; as little-endian numbers where they are lengths. */
    private static final byte[][] LIES = {
        {0, 0, 0, 0},
        {1, 0, 0, 0},
        {-1, -1, 0, 0},
        {-2, -1, -1, -1},
        {-1, -1, -1, -1},
        {-1, -1, -1, 0x7f},
        {'S', 'Q', 0, 0},
        {'U', 'N', -1, -1},
        {'O', 'B', 0, 0},
        {0x28, 0, 0x10, 0x30},
        {0x28, 0, 0, 0x30},
        {0x00, 0x52, 0x30, -0x6e},
        {-0x20, 0x7f, 0x10, 0},
        {-2, -1, 0, -0x20},
        {-2, -1, 0x0d, -0x20},
        {-2, -1, -0x23, -0x20},
    };

    private final PictureDecoder decoder = new PictureDecoder(MOST_PIXELS);

    static Stream<String> files() {
        return Golden.rows("dicom/cases.csv").map(row -> row.get(0)).distinct();
    }

    @ParameterizedTest
    @MethodSource("files")
    void givesAPictureOrTheOneRefusal(String file) {
        byte[] whole = Golden.bytes("dicom/" + file);
        Random random = new Random(file.hashCode());
        int refused = 0;
        for (int i = 0; i < MUTANTS; i++) {
            refused += isRefused(mutant(whole, random)) ? 1 : 0;
        }
        // That some were shows that the mutants reached what counts.
        assertThat(refused).isPositive();
    }

    @ParameterizedTest
    @MethodSource("files")
    void refusesAFileWithoutItsEnd(String file) {
        byte[] whole = Golden.bytes("dicom/" + file);
        List<String> frames =
                Golden.rows("dicom/cases.csv")
                        .filter(row -> row.get(0).equals(file))
                        .map(row -> row.get(1))
                        .toList();
        PictureOptions last = new PictureOptions(OptionalInt.of(frames.size()), false);
        byte[] cut = Arrays.copyOf(whole, whole.length - 24);
        assertThatThrownBy(() -> decoder.decode(cut, last, () -> true))
                .isInstanceOf(TranslateException.class);
    }

    /** Every header of the groups that count has each tag, representation and length once. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "frames-groups-implicit.dcm",
                "frames-groups-undefined.dcm",
                "frames-rle.dcm",
                "grey12-voi-undefined.dcm",
                "j2k-frames.dcm",
                "palette16.dcm"
            })
    void believesNoHeaderThatLies(String file) {
        byte[] whole = Golden.bytes("dicom/" + file);
        int refused = 0;
        for (int at = 132; at < whole.length - 12; at++) {
            if (!isHeader(whole, at)) {
                continue;
            }
            for (byte[] lie : LIES) {
                for (int behind = 0; behind <= 8; behind += 4) {
                    byte[] liar = whole.clone();
                    System.arraycopy(lie, 0, liar, at + behind, 4);
                    refused += isRefused(liar) ? 1 : 0;
                }
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 100_000})
    void refusesSequencesInOneAnother(int depth) {
        MadeDicom file = MadeDicom.file(MadeDicom.EXPLICIT);
        nest(file, depth);
        assertThatThrownBy(() -> decoder.decode(file.bytes()))
                .hasMessage(
                        "picture: broken DICOM (nested sequences (expected: at most 16 levels))");
    }

    @Test
    void readsAsManySequencesInOneAnotherAsItSays() throws TranslateException {
        MadeDicom file = MadeDicom.file(MadeDicom.EXPLICIT);
        nest(file, 16);
        for (int i = 0; i < 16; i++) {
            file.item(MadeDicom.ITEM_END, 0).item(MadeDicom.SEQUENCE_END, 0);
        }
        assertThat(decoder.decode(file.grey().pixels().bytes()).width()).isEqualTo(MadeDicom.SIDE);
    }

    private static void nest(MadeDicom file, int depth) {
        for (int i = 0; i < depth; i++) {
            file.header(0x00081140, "SQ", MadeDicom.UNDEFINED);
            file.item(MadeDicom.ITEM, MadeDicom.UNDEFINED);
        }
    }

    @Test
    void unpacksNoMoreThanABudgetOrAFileHas() {
        MadeDicom zeros = new MadeDicom().element(0x00091010, "OB", new byte[70 << 20]);
        byte[] bomb = MadeDicom.file(MadeDicom.DEFLATED).deflated(zeros.grey().pixels()).bytes();
        assertThat(bomb).hasSizeLessThan(1 << 20);
        assertThatThrownBy(() -> decoder.decode(bomb))
                .hasMessageStartingWith("picture: DICOM that unpacks to 6")
                .hasMessageEndingWith("bytes of memory (expected: at most 12000000)");
        assertThatThrownBy(() -> new PictureDecoder().decode(bomb))
                .hasMessage(
                        "picture: DICOM that inflates to too many bytes (expected: at most"
                                + " 67108864)");
    }

    @Test
    void keepsNoMoreFragmentsThanABudgetHas() {
        MadeDicom file = MadeDicom.file(MadeDicom.RLE).grey();
        file.header(MadeDicom.PIXEL_DATA, "OB", MadeDicom.UNDEFINED);
        for (int i = 0; i < 400_000; i++) {
            file.item(MadeDicom.ITEM, 0);
        }
        byte[] bytes = file.item(MadeDicom.SEQUENCE_END, 0).bytes();
        assertThatThrownBy(() -> decoder.decode(bytes))
                .hasMessage(
                        "picture: DICOM of 303104 fragments, 12124160 bytes of memory (expected:"
                                + " at most 12000000)");
    }

    @Test
    void walksNoMoreElementsThanABudgetHas() {
        MadeDicom file = MadeDicom.file(MadeDicom.EXPLICIT);
        for (int i = 0; i < 2_000_000; i++) {
            file.header(0x00091010, "LO", 0);
        }
        byte[] bytes = file.grey().pixels().bytes();
        assertThatThrownBy(() -> decoder.decode(bytes))
                .hasMessageStartingWith("picture: DICOM of 17")
                .hasMessageEndingWith("(expected: at most 3500000)");
    }

    private boolean isRefused(byte[] bytes) {
        checkReport(bytes);
        try {
            RgbPicture picture = decoder.decode(bytes);
            if ((long) picture.width() * picture.height() > MOST_PIXELS) {
                throw new AssertionError(picture.width() + " x " + picture.height() + " pixels");
            }
            return false;
        } catch (TranslateException e) {
            checkRefusal(e);
            return true;
        }
    }

    /** What says which instance it is gets a report in its study, whatever else it says. */
    private void checkReport(byte[] bytes) {
        try {
            SourceInstance source = decoder.source(bytes);
            byte[] report =
                    StructuredReports.of(source, source.frames(), FINDING, REPORT, Instant.EPOCH);
            SourceInstance written = decoder.source(report);
            assertThat(written.study()).isEqualTo(source.study());
            assertThat(written.sopInstance()).isEqualTo(REPORT);
        } catch (TranslateException e) {
            checkRefusal(e);
        }
    }

    private static void checkRefusal(TranslateException e) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (isUnforeseen(each) || String.valueOf(each.getMessage()).contains(PATIENT)) {
                throw new AssertionError("a refusal that says too much or too little", e);
            }
        }
    }

    /** Whether code of ours stumbled: a reader of others may throw what it likes. */
    private static boolean isUnforeseen(Throwable e) {
        return e instanceof RuntimeException
                && !(e instanceof UncheckedIOException)
                && Arrays.stream(e.getStackTrace())
                        .map(StackTraceElement::getClassName)
                        .filter(name -> !name.startsWith("java."))
                        .findFirst()
                        .filter(name -> name.startsWith("dev.medzoo."))
                        .isPresent();
    }

    /** Of pixels, their values, the functional groups, or an item; or what looks like one. */
    private static boolean isHeader(byte[] bytes, int at) {
        int group = (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
        return group == 0x0028 || group == 0x5200 || group == 0x7fe0 || group == 0xfffe;
    }

    /** Flipped bits, bytes of another value, a part cut out or off, or a length that lies. */
    private static byte[] mutant(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        // Behind the magic; half of all in the last part, where the pixels are.
        int from = random.nextBoolean() ? 132 : Math.max(132, bytes.length - 500);
        int at = from + random.nextInt(bytes.length - from - 4);
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> Arrays.fill(bytes, at, at + 4, (byte) 0xff);
            case 3 -> {
                bytes[at] = (byte) random.nextInt(256);
                bytes[at + 1] = (byte) random.nextInt(256);
                bytes[at + 2] = 0;
                bytes[at + 3] = 0;
            }
            case 4 -> {
                return Arrays.copyOf(bytes, at);
            }
            default -> {
                int length = 1 + random.nextInt(Math.min(64, bytes.length - at - 1));
                System.arraycopy(bytes, at + length, bytes, at, bytes.length - at - length);
                return Arrays.copyOf(bytes, bytes.length - length);
            }
        }
        return bytes;
    }
}
