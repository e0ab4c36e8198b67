package dev.medzoo.zoo.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GunzipStreamTest {
    private static final byte[] TEXT = "a lesion, a lesion".getBytes(StandardCharsets.UTF_8);
    private static final int HEADER_BYTES = 10;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private static byte[] packed(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    private static byte[] unpacked(byte[] packed) throws IOException {
        try (InputStream in = new GunzipStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 8192, 100_000, 3_000_000})
    void unpacksWhatJavaPacks(int length) throws Exception {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);

        assertThat(unpacked(packed(noise))).isEqualTo(noise);
        assertThat(unpacked(packed(new byte[length]))).isEqualTo(new byte[length]);
    }

    @Test
    void givesSingleBytes() throws Exception {
        try (InputStream in = new GunzipStream(new ByteArrayInputStream(packed(TEXT)))) {
            for (byte each : TEXT) {
                assertThat(in.read()).isEqualTo(each);
            }
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void unpacksMemberAfterMember() throws Exception {
        byte[] one = packed(TEXT);

        assertThat(unpacked(joined(one, packed(new byte[0]), one))).isEqualTo(joined(TEXT, TEXT));
        assertThat(unpacked(joined(repeated(packed(new byte[0]), 999), one))).isEqualTo(TEXT);
    }

    @Test
    void refusesMoreThanAThousandMembers() throws Exception {
        byte[] many = repeated(packed(new byte[0]), 20_000);

        assertThatThrownBy(() -> unpacked(many))
                .isInstanceOf(ZipException.class)
                .hasMessage("gzip: more than 1000 members");
    }

    private static byte[] repeated(byte[] bytes, int times) {
        byte[][] all = new byte[times][];
        Arrays.fill(all, bytes);
        return joined(all);
    }

    @Test
    void passesOverTheFieldsOfAHeader() throws Exception {
        for (int flags : new int[] {EXTRA, NAME, COMMENT, EXTRA | NAME | COMMENT}) {
            byte[] plain = withFields(flags);
            byte[] checked = withFields(flags | HEADER_CRC);
            assertThat(unpacked(plain)).isEqualTo(TEXT);
            assertThat(unpacked(joined(checked, plain))).isEqualTo(joined(TEXT, TEXT));

            checked[4] ^= 1;
            assertThatThrownBy(() -> unpacked(checked)).hasMessageContaining("CRC-16");
        }
    }

    private static byte[] withFields(int flags) throws IOException {
        byte[] packed = packed(TEXT);
        byte[] head = Arrays.copyOf(packed, HEADER_BYTES);
        head[3] = (byte) flags;
        if ((flags & EXTRA) != 0) {
            head = joined(head, new byte[] {3, 0, 7, 0, 9});
        }
        if ((flags & NAME) != 0) {
            head = joined(head, "name\0".getBytes(StandardCharsets.ISO_8859_1));
        }
        if ((flags & COMMENT) != 0) {
            head = joined(head, "\0".getBytes(StandardCharsets.ISO_8859_1));
        }
        if ((flags & HEADER_CRC) != 0) {
            CRC32 crc = new CRC32();
            crc.update(head);
            head = joined(head, new byte[] {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)});
        }
        return joined(head, Arrays.copyOfRange(packed, HEADER_BYTES, packed.length));
    }

    @Test
    void refusesWhatIsCutAnywhere() throws Exception {
        byte[] whole = withFields(EXTRA | NAME | COMMENT | HEADER_CRC);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> unpacked(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(length < 3 ? ZipException.class : EOFException.class);
            if (length >= 3) {
                byte[] second = joined(whole, cut);
                assertThatThrownBy(() -> unpacked(second)).isInstanceOf(EOFException.class);
            }
        }
    }

    @Test
    void refusesAWrongTrailer() throws Exception {
        byte[] whole = packed(TEXT);
        for (int i = 1; i <= 8; i++) {
            byte[] wrong = whole.clone();
            wrong[wrong.length - i] ^= 1;
            assertThatThrownBy(() -> unpacked(wrong))
                    .isInstanceOf(ZipException.class)
                    .hasMessage(i > 4 ? "gzip: wrong CRC-32" : "gzip: wrong length");
        }
    }

    @Test
    void refusesABrokenBodyAndUnknownFlags() throws Exception {
        byte[] broken = packed(TEXT);
        broken[HEADER_BYTES] = (byte) 0xff;
        byte[] flags = packed(TEXT);
        flags[3] = 0x20;

        assertThatThrownBy(() -> unpacked(broken)).isInstanceOf(ZipException.class);
        assertThatThrownBy(() -> unpacked(flags)).hasMessage("gzip: unknown flags");
        assertThatThrownBy(() -> unpacked(TEXT)).hasMessage("gzip: no header");
    }

    @Test
    void ignoresWhatFollowsAndIsNoMember() throws Exception {
        for (byte[] after : new byte[][] {new byte[1], new byte[10_000], {0x1f}, TEXT}) {
            assertThat(unpacked(joined(packed(TEXT), after))).isEqualTo(TEXT);
        }
    }
}
