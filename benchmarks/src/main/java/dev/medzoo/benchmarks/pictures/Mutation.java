package dev.medzoo.benchmarks.pictures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * Changes a picture file so that it still is one as far as its structure goes: the parts of its
 * format (segments, chunks, blocks) are doubled, left out, moved, taken from another file or
 * changed within, and lengths and checksums are put right again.
 */
final class Mutation {
    private static final long[] NUMBERS = {
        0,
        1,
        2,
        3,
        7,
        8,
        15,
        16,
        17,
        64,
        127,
        128,
        255,
        256,
        1000,
        1414,
        4096,
        16_383,
        32_767,
        65_535,
        65_536,
        1 << 24,
        Integer.MAX_VALUE,
        0xffffffffL
    };
    private static final int MOST_PARTS = 2000;
    private static final int MOST_BYTES = 150_000;

    private final Random random;
    private final TiffMutation tiffs;

    Mutation(Random random) {
        this.random = random;
        tiffs = new TiffMutation(random);
    }

    /** A child of the first, with parts of the second now and then. */
    byte[] of(byte[] parent, byte[] other) {
        byte[] child = parent.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            child = changed(child, other);
        }
        return repaired(child);
    }

    private byte[] changed(byte[] bytes, byte[] other) {
        if (bytes.length < 16) {
            return other.clone();
        }
        if (TiffMutation.isTiff(bytes) && random.nextBoolean()) {
            tiffs.change(bytes);
            return bytes;
        }
        return switch (random.nextInt(10)) {
            case 0, 1 -> parts(bytes, other);
            case 2, 3 -> number(bytes, place(bytes.length), 2);
            case 4, 5 -> number(bytes, place(bytes.length), 4);
            case 6 -> bit(bytes);
            case 7 -> repeat(bytes);
            case 8 -> cut(bytes);
            default -> fill(bytes);
        };
    }

    /** Headers are more often where cost is decided than pixels. */
    private int place(int length) {
        int within = random.nextBoolean() ? Math.min(length, 200) : length;
        return random.nextInt(within);
    }

    private byte[] number(byte[] bytes, int at, int size) {
        long number = NUMBERS[random.nextInt(NUMBERS.length)];
        boolean isLittle = random.nextBoolean();
        for (int i = 0; i < size && at + i < bytes.length; i++) {
            int shift = 8 * (isLittle ? i : size - 1 - i);
            bytes[at + i] = (byte) (number >> shift);
        }
        return bytes;
    }

    private byte[] bit(byte[] bytes) {
        for (int i = 0; i <= random.nextInt(8); i++) {
            bytes[place(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private byte[] fill(byte[] bytes) {
        int from = place(bytes.length);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(1 + bytes.length / 4));
        if (random.nextBoolean()) {
            Arrays.fill(bytes, from, to, (byte) random.nextInt(256));
            return bytes;
        }
        for (int i = from; i < to; i++) {
            bytes[i] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private byte[] repeat(byte[] bytes) {
        int from = place(bytes.length);
        int length = 1 + random.nextInt(Math.min(64, bytes.length - from));
        int times = 1 + random.nextInt(1 << random.nextInt(10));
        FileBytes child = FileBytes.big().bytes(Arrays.copyOf(bytes, from));
        for (int i = 0; i <= times; i++) {
            child.bytes(Arrays.copyOfRange(bytes, from, from + length));
        }
        return child.bytes(Arrays.copyOfRange(bytes, from + length, bytes.length)).toBytes();
    }

    private byte[] cut(byte[] bytes) {
        int from = place(bytes.length);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(32));
        return FileBytes.big()
                .bytes(Arrays.copyOf(bytes, from))
                .bytes(Arrays.copyOfRange(bytes, to, bytes.length))
                .toBytes();
    }

    private byte[] parts(byte[] bytes, byte[] other) {
        List<byte[]> parts = split(bytes);
        List<byte[]> others = other.length > 0 && bytes[0] == other[0] ? split(other) : List.of();
        int at = random.nextInt(parts.size());
        switch (random.nextInt(4)) {
            case 0 -> {
                int room = MOST_BYTES / Math.max(1, parts.get(at).length);
                int times = Math.min(1 << random.nextInt(8), room);
                for (int i = 0; i < times; i++) {
                    parts.add(at, parts.get(at));
                }
            }
            case 1 -> parts.remove(at);
            case 2 -> parts.add(random.nextInt(parts.size()), parts.get(at));
            default -> {
                if (!others.isEmpty()) {
                    parts.add(at, others.get(random.nextInt(others.size())));
                }
            }
        }
        FileBytes child = FileBytes.big();
        parts.forEach(child::bytes);
        return child.toBytes();
    }

    /** The start of the file, and its segments, chunks or blocks of sixteen bytes. */
    private static List<byte[]> split(byte[] bytes) {
        List<byte[]> parts = new ArrayList<>();
        int at = 0;
        while (at < bytes.length && parts.size() < MOST_PARTS) {
            int next = (int) Math.min(bytes.length, Math.max(at + 1L, next(bytes, at)));
            parts.add(Arrays.copyOfRange(bytes, at, next));
            at = next;
        }
        parts.add(Arrays.copyOfRange(bytes, at, bytes.length));
        return parts;
    }

    private static long next(byte[] bytes, int at) {
        return switch (bytes[0] & 0xff) {
            case 0xff -> at == 0 ? 2 : segmentEnd(bytes, at);
            case 0x89 -> at == 0 ? 8 : at + 12 + number(bytes, at, 4, false);
            case 'R' -> {
                long length = number(bytes, at + 4, 4, true);
                yield at == 0 ? 12 : at + 8 + length + (length & 1);
            }
            case 'G' -> gifBlockEnd(bytes, at);
            default -> at + 16L;
        };
    }

    /** The header with its colours, the start of a frame or an extension, or one block of data. */
    private static long gifBlockEnd(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        if (at == 0 || first == ',') {
            int flags = at + (at == 0 ? 10 : 9);
            int colours = flags < bytes.length ? bytes[flags] & 0xff : 0;
            int table = (colours & 0x80) == 0 ? 0 : 3 << ((colours & 7) + 1);
            return flags + (at == 0 ? 3L : 2L) + table;
        }
        return first == '!' ? at + 2L : at + 1L + first;
    }

    /** The next marker that is not within a scan. */
    private static long segmentEnd(byte[] bytes, int at) {
        for (int i = at + 2; i < bytes.length - 1; i++) {
            int marker = bytes[i + 1] & 0xff;
            if (bytes[i] == (byte) 0xff && marker >= 0xc0 && (marker < 0xd0 || marker > 0xd7)) {
                return i;
            }
        }
        return bytes.length;
    }

    private static long number(byte[] bytes, int at, int size, boolean isLittle) {
        long number = 0;
        for (int i = 0; i < size; i++) {
            int place = at + (isLittle ? size - 1 - i : i);
            number = number << 8 | (place < bytes.length ? bytes[place] & 0xff : 0);
        }
        return number;
    }

    /** Checksums of PNG, and the length of WebP. */
    private static byte[] repaired(byte[] bytes) {
        if (bytes.length > 20 && bytes[0] == (byte) 0x89) {
            long at = 8;
            while (at + 12 <= bytes.length) {
                long length = number(bytes, (int) at, 4, false);
                if (at + 12 + length > bytes.length) {
                    break;
                }
                CRC32 crc = new CRC32();
                crc.update(bytes, (int) at + 4, (int) length + 4);
                byte[] sum = FileBytes.big().u32(crc.getValue()).toBytes();
                System.arraycopy(sum, 0, bytes, (int) (at + 8 + length), 4);
                at += 12 + length;
            }
        } else if (bytes.length > 20 && bytes[0] == 'R') {
            byte[] length = FileBytes.little().u32(bytes.length - 8L).toBytes();
            System.arraycopy(length, 0, bytes, 4, 4);
        }
        return bytes;
    }
}
