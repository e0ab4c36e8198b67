package dev.medzoo.batch.slide;

import dev.medzoo.translate.decode.RgbPicture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes a level of a DICOM slide: right ones and, where a test wants it, wrong ones. */
final class DicomWriter {
    private static final Set<String> LONG = Set.of("OB", "OV", "SQ");
    private static final int UNDEFINED = -1;

    /** How tiles are coded: transfer syntax and photometric interpretation. */
    enum Syntax {
        NATIVE("1.2.840.10008.1.2.1", "RGB"),
        JPEG("1.2.840.10008.1.2.4.50", "YBR_FULL_422"),
        JPEG_2000("1.2.840.10008.1.2.4.90", "YBR_RCT");

        private final String uid;
        private final String photometric;

        Syntax(String uid, String photometric) {
            this.uid = uid;
            this.photometric = photometric;
        }

        private byte[] coded(RgbPicture tile) {
            return switch (this) {
                case NATIVE -> tile.rgb();
                case JPEG -> Coding.jpeg(tile, 2, 2);
                case JPEG_2000 -> Coding.jpeg2000(tile, true);
            };
        }
    }

    /** Who says where the fragments of a frame begin. */
    enum Offsets {
        NONE,
        BASIC,
        EXTENDED
    }

    private static final int SIDE = 128;

    private final Syntax syntax;
    private final Offsets offsets;
    private final RgbPicture level;
    private final double micrometres;
    private final Map<Integer, Object[]> elements = new TreeMap<>(Integer::compareUnsigned);
    private int fragments = 1;
    private int framesWritten = Integer.MAX_VALUE;

    /**
     * @param level its pixels
     * @param micrometres a pixel
     */
    DicomWriter(Syntax syntax, Offsets offsets, RgbPicture level, double micrometres) {
        this.syntax = syntax;
        this.offsets = offsets;
        this.level = level;
        this.micrometres = micrometres;
    }

    /** Cuts each frame in so many fragments. */
    DicomWriter fragments(int count) {
        fragments = count;
        return this;
    }

    /** Leaves out the last frames. */
    DicomWriter frames(int count) {
        framesWritten = count;
        return this;
    }

    /** Lets an element say something else. */
    DicomWriter saying(int tag, String representation, Object value) {
        elements.put(tag, new Object[] {representation, value});
        return this;
    }

    Path to(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    byte[] bytes() {
        List<byte[]> tiles = tiles();
        Map<Integer, Object[]> all = new TreeMap<>(Integer::compareUnsigned);
        put(all, 0x00080008, "CS", "ORIGINAL\\PRIMARY\\VOLUME\\NONE");
        put(all, 0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.77.1.6");
        put(all, 0x00100010, "PN", "Nobody^At All");
        put(all, 0x0020000e, "UI", "1.2.3.4");
        put(all, 0x00209311, "CS", "TILED_FULL");
        put(all, 0x00280002, "US", 3);
        put(all, 0x00280004, "CS", syntax.photometric);
        put(all, 0x00280006, "US", 0);
        put(all, 0x00280008, "IS", String.valueOf(tiles.size()));
        put(all, 0x00280010, "US", SIDE);
        put(all, 0x00280011, "US", SIDE);
        put(all, 0x00280100, "US", 8);
        put(all, 0x00280101, "US", 8);
        put(all, 0x00280102, "US", 7);
        put(all, 0x00280103, "US", 0);
        put(all, 0x00480006, "UL", level.width());
        put(all, 0x00480007, "UL", level.height());
        put(all, 0x00480302, "UL", 1);
        put(all, 0x52009229, "SQ", shared());
        all.putAll(elements);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[128]);
        out.writeBytes("DICM".getBytes(StandardCharsets.ISO_8859_1));
        element(out, 0x00020010, "UI", syntax.uid);
        all.forEach((tag, value) -> element(out, tag, (String) value[0], value[1]));
        pixelData(out, tiles.subList(0, Math.min(framesWritten, tiles.size())));
        return out.toByteArray();
    }

    private static void put(Map<Integer, Object[]> all, int tag, String type, Object value) {
        all.put(tag, new Object[] {type, value});
    }

    /** Shared functional groups: the pixel measures, an item in an item. */
    private byte[] shared() {
        ByteArrayOutputStream measures = new ByteArrayOutputStream();
        String millimetres = String.valueOf(micrometres / 1000);
        element(measures, 0x00280030, "DS", millimetres + "\\" + millimetres);
        ByteArrayOutputStream group = new ByteArrayOutputStream();
        element(group, 0x00289110, "SQ", item(measures.toByteArray()));
        return item(group.toByteArray());
    }

    private static byte[] item(byte[] value) {
        ByteBuffer item = ByteBuffer.allocate(8 + value.length).order(ByteOrder.LITTLE_ENDIAN);
        return item.putShort((short) 0xfffe)
                .putShort((short) 0xe000)
                .putInt(value.length)
                .put(value)
                .array();
    }

    private static void element(
            ByteArrayOutputStream out, int tag, String representation, Object value) {
        byte[] bytes = bytes(representation, value);
        header(out, tag, representation, bytes.length);
        out.writeBytes(bytes);
    }

    private static byte[] bytes(String representation, Object value) {
        if (value instanceof byte[] raw) {
            return raw;
        }
        if (value instanceof Integer number) {
            ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number);
            return Arrays.copyOf(bytes.array(), representation.equals("US") ? 2 : 4);
        }
        String text = value.toString();
        String even =
                text.length() % 2 == 0 ? text : text + (representation.equals("UI") ? '\0' : ' ');
        return even.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void header(
            ByteArrayOutputStream out, int tag, String representation, int length) {
        ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        head.putShort((short) (tag >>> 16)).putShort((short) tag);
        head.put(representation.getBytes(StandardCharsets.ISO_8859_1));
        if (LONG.contains(representation)) {
            head.putShort((short) 0).putInt(length);
        } else {
            head.putShort((short) length);
        }
        out.write(head.array(), 0, head.position());
    }

    private List<byte[]> tiles() {
        List<byte[]> tiles = new ArrayList<>();
        for (int y = 0; y < level.height(); y += SIDE) {
            for (int x = 0; x < level.width(); x += SIDE) {
                byte[] rgb = new byte[3 * SIDE * SIDE];
                for (int row = 0; row < Math.min(SIDE, level.height() - y); row++) {
                    System.arraycopy(
                            level.rgb(),
                            3 * ((y + row) * level.width() + x),
                            rgb,
                            3 * row * SIDE,
                            3 * Math.min(SIDE, level.width() - x));
                }
                byte[] coded = syntax.coded(new RgbPicture(SIDE, SIDE, rgb));
                tiles.add(Arrays.copyOf(coded, coded.length + coded.length % 2));
            }
        }
        return tiles;
    }

    private void pixelData(ByteArrayOutputStream out, List<byte[]> tiles) {
        if (syntax == Syntax.NATIVE) {
            header(out, 0x7fe00010, "OB", tiles.stream().mapToInt(tile -> tile.length).sum());
            tiles.forEach(out::writeBytes);
            return;
        }
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        ByteBuffer basic = ByteBuffer.allocate(4 * tiles.size()).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer extended = ByteBuffer.allocate(8 * tiles.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (byte[] tile : tiles) {
            basic.putInt(frames.size());
            extended.putLong(frames.size());
            int part = tile.length / fragments / 2 * 2;
            for (int i = 0; i < fragments; i++) {
                int to = i == fragments - 1 ? tile.length : (i + 1) * part;
                frames.writeBytes(item(Arrays.copyOfRange(tile, i * part, to)));
            }
        }
        if (offsets == Offsets.EXTENDED) {
            element(out, 0x7fe00001, "OV", extended.array());
        }
        header(out, 0x7fe00010, "OB", UNDEFINED);
        out.writeBytes(item(offsets == Offsets.BASIC ? basic.array() : new byte[0]));
        out.writeBytes(frames.toByteArray());
        out.writeBytes(new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xdd, (byte) 0xe0, 0, 0, 0, 0});
    }
}
