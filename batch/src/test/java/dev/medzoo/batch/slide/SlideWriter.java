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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes tiled TIFF and BigTIFF slides, right ones and, where a test wants it, wrong ones. */
final class SlideWriter {
    private static final int ASCII = 2;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;
    private static final int UNDEFINED = 7;
    private static final int LONG8 = 16;

    private final Coding coding;
    private final List<RgbPicture> levels;
    private int tileWidth = 128;
    private int tileHeight = 128;
    private boolean isBig;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private String description = "";
    private double micrometres;
    private final Map<Integer, List<Integer>> absent = new HashMap<>();
    private final Map<Integer, Map<Integer, long[]>> changed = new HashMap<>();
    private int loopTo = -1;
    private boolean isBelow;

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Value(int type, long count, byte[] bytes) {}

    /**
     * @param levels the finest first
     */
    SlideWriter(Coding coding, List<RgbPicture> levels) {
        this.coding = coding;
        this.levels = levels;
    }

    SlideWriter tiles(int width, int height) {
        tileWidth = width;
        tileHeight = height;
        return this;
    }

    SlideWriter big() {
        isBig = true;
        return this;
    }

    SlideWriter bigEndian() {
        order = ByteOrder.BIG_ENDIAN;
        return this;
    }

    /** Makes it Aperio's. */
    SlideWriter aperio(String rest) {
        description = "Aperio Image Library v10.0.51\r\n" + rest;
        return this;
    }

    /** Micrometres a pixel of the finest level, in TIFF's own tags. */
    SlideWriter resolution(double micrometresPerPixel) {
        micrometres = micrometresPerPixel;
        return this;
    }

    /** Leaves a tile out: no bytes. */
    SlideWriter without(int level, int tile) {
        absent.computeIfAbsent(level, key -> new ArrayList<>()).add(tile);
        return this;
    }

    /** Lets a directory say something else. */
    SlideWriter saying(int level, int tag, long... values) {
        changed.computeIfAbsent(level, key -> new HashMap<>()).put(tag, values);
        return this;
    }

    /** Lets the last directory lead to another. */
    SlideWriter leadingTo(int directory) {
        loopTo = directory;
        return this;
    }

    /** Puts the coarser levels below the first directory, as OME-TIFF has them. */
    SlideWriter ome(String pixels) {
        isBelow = true;
        description =
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- Warning: this comment is OME's. -->\n"
                        + "<OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\"><Image ID=\"Image:0\">"
                        + "<Pixels ID=\"Pixels:0\" "
                        + pixels
                        + "/></Image></OME>";
        return this;
    }

    Path to(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[isBig ? 16 : 8]);
        List<Map<Integer, Value>> directories = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            directories.add(directory(i, out));
        }
        if (isBelow) {
            put(directories.get(0), 330, isBig ? LONG8 : LONG, new long[levels.size() - 1]);
        }
        long[] starts = new long[directories.size()];
        long at = out.size();
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < starts.length; i++) {
            starts[i] = at;
            parts.add(part(directories.get(i), at));
            at += parts.get(i).length;
        }
        if (isBelow) {
            long[] below = Arrays.copyOfRange(starts, 1, starts.length);
            put(directories.get(0), 330, isBig ? LONG8 : LONG, below);
            parts.set(0, part(directories.get(0), starts[0]));
        }
        for (int i = 0; i < starts.length; i++) {
            boolean isLast = i == starts.length - 1;
            long next = isBelow ? 0 : isLast ? (loopTo < 0 ? 0 : starts[loopTo]) : starts[i + 1];
            int place = entriesEnd(directories.get(i));
            putOffset(ByteBuffer.wrap(parts.get(i)).order(order), place, next);
            out.writeBytes(parts.get(i));
        }
        byte[] file = out.toByteArray();
        ByteBuffer head = ByteBuffer.wrap(file).order(order);
        head.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.UTF_8));
        head.putShort((short) (isBig ? 43 : 42));
        if (isBig) {
            head.putShort((short) 8).putShort((short) 0);
        }
        putOffset(head, head.position(), starts[0]);
        return file;
    }

    private void putOffset(ByteBuffer into, int at, long offset) {
        if (isBig) {
            into.putLong(at, offset);
        } else {
            into.putInt(at, (int) offset);
        }
    }

    private Map<Integer, Value> directory(int number, ByteArrayOutputStream out) {
        RgbPicture level = levels.get(number);
        List<byte[]> tiles = tiles(level);
        long[] offsets = new long[tiles.size()];
        long[] lengths = new long[tiles.size()];
        byte[] tables = new byte[0];
        for (int i = 0; i < offsets.length; i++) {
            if (absent.getOrDefault(number, List.of()).contains(i)) {
                continue;
            }
            byte[] tile = tiles.get(i);
            if (coding.isJpeg()) {
                tables = JpegParts.tables(tile);
                tile = JpegParts.withoutTables(tile);
            }
            offsets[i] = out.size();
            lengths[i] = tile.length;
            out.writeBytes(tile);
        }
        Map<Integer, Value> tags = new TreeMap<>();
        put(tags, 254, LONG, number == 0 ? 0 : 1);
        put(tags, 256, LONG, level.width());
        put(tags, 257, LONG, level.height());
        put(tags, 258, SHORT, 8, 8, 8);
        put(tags, 259, SHORT, coding.compression);
        put(tags, 262, SHORT, coding.photometric);
        put(tags, 277, SHORT, 3);
        put(tags, 284, SHORT, 1);
        put(tags, 317, SHORT, coding.isPredicted ? 2 : 1);
        put(tags, 322, LONG, tileWidth);
        put(tags, 323, LONG, tileHeight);
        put(tags, 324, isBig ? LONG8 : LONG, offsets);
        put(tags, 325, LONG, lengths);
        if (tables.length > 0) {
            tags.put(347, new Value(UNDEFINED, tables.length, tables));
        }
        if (!description.isEmpty() && (!isBelow || number == 0)) {
            byte[] text = (description + '\0').getBytes(StandardCharsets.UTF_8);
            tags.put(270, new Value(ASCII, text.length, text));
        }
        if (micrometres > 0 && number == 0) {
            long thousandths = Math.round(10_000_000 / micrometres);
            put(tags, 282, RATIONAL, thousandths, 1000);
            put(tags, 283, RATIONAL, thousandths, 1000);
            put(tags, 296, SHORT, 3);
        }
        changed.getOrDefault(number, Map.of())
                .forEach((tag, values) -> put(tags, tag, isBig ? LONG8 : LONG, values));
        return tags;
    }

    /** All tiles, row by row; beyond the picture they are black. */
    private List<byte[]> tiles(RgbPicture level) {
        List<byte[]> tiles = new ArrayList<>();
        for (int y = 0; y < level.height(); y += tileHeight) {
            for (int x = 0; x < level.width(); x += tileWidth) {
                byte[] rgb = new byte[3 * tileWidth * tileHeight];
                int across = Math.min(tileWidth, level.width() - x);
                for (int row = 0; row < Math.min(tileHeight, level.height() - y); row++) {
                    System.arraycopy(
                            level.rgb(),
                            3 * ((y + row) * level.width() + x),
                            rgb,
                            3 * row * tileWidth,
                            3 * across);
                }
                tiles.add(coding.coded(new RgbPicture(tileWidth, tileHeight, rgb)));
            }
        }
        return tiles;
    }

    private void put(Map<Integer, Value> tags, int tag, int type, long... values) {
        int size = type == SHORT ? 2 : type == LONG || type == RATIONAL ? 4 : 8;
        ByteBuffer bytes = ByteBuffer.allocate(size * values.length).order(order);
        for (long value : values) {
            switch (size) {
                case 2 -> bytes.putShort((short) value);
                case 4 -> bytes.putInt((int) value);
                default -> bytes.putLong(value);
            }
        }
        long count = type == RATIONAL ? values.length / 2 : values.length;
        tags.put(tag, new Value(type, count, bytes.array()));
    }

    private int entriesEnd(Map<Integer, Value> tags) {
        return isBig ? 8 + 20 * tags.size() : 2 + 12 * tags.size();
    }

    /** A directory with the values behind it, whose link to the next is still 0. */
    private byte[] part(Map<Integer, Value> tags, long start) {
        int inPlace = isBig ? 8 : 4;
        int values = entriesEnd(tags) + inPlace;
        int end = values;
        for (Value value : tags.values()) {
            end += value.bytes().length > inPlace ? even(value.bytes().length) : 0;
        }
        ByteBuffer part = ByteBuffer.allocate(even(end)).order(order);
        if (isBig) {
            part.putLong(tags.size());
        } else {
            part.putShort((short) tags.size());
        }
        int place = values;
        for (Map.Entry<Integer, Value> tag : tags.entrySet()) {
            Value value = tag.getValue();
            part.putShort((short) (int) tag.getKey()).putShort((short) value.type());
            if (isBig) {
                part.putLong(value.count());
            } else {
                part.putInt((int) value.count());
            }
            if (value.bytes().length > inPlace) {
                putOffset(part, part.position(), start + place);
                part.put(place, value.bytes());
                place += even(value.bytes().length);
            } else {
                part.put(part.position(), Arrays.copyOf(value.bytes(), inPlace));
            }
            part.position(part.position() + inPlace);
        }
        return part.array();
    }

    private static int even(int bytes) {
        return bytes + (bytes & 1);
    }
}
