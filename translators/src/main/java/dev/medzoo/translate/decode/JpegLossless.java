package dev.medzoo.translate.decode;

import java.io.IOException;
import javax.imageio.IIOException;
import org.jspecify.annotations.Nullable;

/**
 * Lossless JPEG with Huffman codes (ITU-T T.81, annex H, process 14): each sample is a prediction
 * plus a coded difference. Samples have 2 to 16 bits; all colours have one size.
 */
final class JpegLossless {
    private static final int FRAME = 0xc3;
    private static final int CODES = 0xc4;
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int RESTART_INTERVAL = 0xdd;
    private static final int LEAST_MARKER = 0xc0;
    private static final int MOST_CODES = 4;

    /** Cost of a sample, in pixels of a plain JPEG. */
    private static final double WORK_OF_SAMPLE = 1;

    private final byte[] jpeg;
    private final int width;
    private final int height;
    private final int samples;
    private final Budget budget;
    private final @Nullable JpegCode[] codes = new @Nullable JpegCode[MOST_CODES];
    private final int[] ids;
    private final boolean[] isDone;
    private final short[] words;
    private int precision;
    private int restartInterval;

    /**
     * @param samples a pixel, which the JPEG must have
     */
    JpegLossless(byte[] jpeg, int width, int height, int samples, Budget budget)
            throws TooCostlyException {
        this.jpeg = jpeg;
        this.width = width;
        this.height = height;
        this.samples = samples;
        this.budget = budget;
        budget.work(
                "lossless JPEG of %dx%d pixels".formatted(width, height),
                WORK_OF_SAMPLE * samples * width * height);
        ids = new int[samples];
        isDone = new boolean[samples];
        words = new short[samples * width * height];
    }

    /** Decodes to words, interleaved by pixel. */
    short[] decode() throws IOException {
        if (!Bytes.has(jpeg, 0, "\u00ff\u00d8")) {
            throw new IIOException("a frame that is not a JPEG");
        }
        int at = 2;
        while (true) {
            while (Bytes.at(jpeg, at) != 0xff
                    || Bytes.at(jpeg, at + 1) < LEAST_MARKER
                    || Bytes.at(jpeg, at + 1) == 0xff) {
                at++;
            }
            int marker = Bytes.at(jpeg, at + 1);
            if (marker == END_OF_IMAGE) {
                throw new IIOException("lossless JPEG with missing components");
            }
            int length = Bytes.big16(jpeg, at + 2);
            Bytes.check(jpeg, at + 2, Math.max(2, length));
            segment(marker, at + 4, at + 2 + length);
            at += 2 + length;
            if (marker == START_OF_SCAN) {
                at = JpegScans.dataEnd(jpeg, at, jpeg.length);
                if (allDone()) {
                    return words;
                }
            }
        }
    }

    private boolean allDone() {
        for (boolean each : isDone) {
            if (!each) {
                return false;
            }
        }
        return true;
    }

    private void segment(int marker, int body, int end) throws IOException {
        if (marker == CODES) {
            codes(body, end);
        } else if (marker == RESTART_INTERVAL) {
            restartInterval = Bytes.big16(jpeg, body);
        } else if (marker == START_OF_SCAN) {
            scan(body, end);
        } else if (JpegFile.isFrame(marker)) {
            frame(marker, body);
        }
    }

    private void frame(int marker, int body) throws IOException {
        if (marker != FRAME) {
            throw new IIOException(
                    "JPEG of process %02x (expected: c3, lossless)".formatted(marker));
        }
        precision = Bytes.at(jpeg, body);
        int rows = Bytes.big16(jpeg, body + 1);
        int columns = Bytes.big16(jpeg, body + 3);
        int count = Bytes.at(jpeg, body + 5);
        if (columns != width || rows != height || count != samples) {
            throw new IIOException(
                    "lossless JPEG of %dx%d pixels of %d samples (expected: %dx%d of %d)"
                            .formatted(columns, rows, count, width, height, samples));
        }
        if (precision < 2 || precision > 16) {
            throw new IIOException(
                    "lossless JPEG of %d bits (expected: 2 to 16)".formatted(precision));
        }
        for (int i = 0; i < samples; i++) {
            ids[i] = Bytes.at(jpeg, body + 6 + 3 * i);
            if (samples > 1 && Bytes.at(jpeg, body + 7 + 3 * i) != 0x11) {
                throw new IIOException(
                        "lossless JPEG with subsampled components (expected: one size)");
            }
        }
    }

    private void codes(int body, int end) throws IOException {
        int at = body;
        while (at < end) {
            int id = Bytes.at(jpeg, at) & 0xf;
            int count = 0;
            for (int i = 1; i <= 16; i++) {
                count += Bytes.at(jpeg, at + i);
            }
            if (id >= MOST_CODES || count > 256 || at + 17 + count > end) {
                throw new IIOException("Bogus Huffman table definition");
            }
            codes[id] = new JpegCode(jpeg, at + 1, count);
            at += 17 + count;
        }
    }

    /** One scan: of one colour, or of all side by side. */
    private void scan(int body, int end) throws IOException {
        int count = Bytes.at(jpeg, body);
        if (precision == 0 || count < 1 || count > samples) {
            throw new IIOException("lossless JPEG scan of %d components".formatted(count));
        }
        int[] colours = new int[count];
        JpegCode[] used = new JpegCode[count];
        for (int i = 0; i < count; i++) {
            colours[i] = colour(Bytes.at(jpeg, body + 1 + 2 * i));
            JpegCode code = codes[Bytes.at(jpeg, body + 2 + 2 * i) >> 4 & (MOST_CODES - 1)];
            if (code == null) {
                throw new IIOException("Huffman table was not defined");
            }
            used[i] = code;
        }
        int predictor = Bytes.at(jpeg, body + 1 + 2 * count);
        int transform = Bytes.at(jpeg, body + 3 + 2 * count) & 0xf;
        if (predictor < 1 || predictor > 7 || transform >= precision) {
            throw new IIOException(
                    "lossless JPEG of predictor %d, point transform %d (expected: 1 to 7, below %d)"
                            .formatted(predictor, transform, precision));
        }
        rows(new JpegBits(jpeg, end, jpeg.length), colours, used, predictor, transform);
    }

    private int colour(int id) throws IIOException {
        for (int i = 0; i < samples; i++) {
            if (ids[i] == id && !isDone[i]) {
                isDone[i] = true;
                return i;
            }
        }
        throw new IIOException("lossless JPEG scan of an unknown or repeated component");
    }

    private void rows(JpegBits bits, int[] colours, JpegCode[] used, int predictor, int transform)
            throws IOException {
        if (restartInterval % width != 0) {
            throw new IIOException(
                    "restart interval: %d (expected: whole rows of %d)"
                            .formatted(restartInterval, width));
        }
        int rowsARestart = restartInterval == 0 ? height : restartInterval / width;
        int middle = 1 << (precision - transform - 1);
        int[] above = new int[colours.length * width];
        int[] row = new int[colours.length * width];
        for (int y = 0; y < height; y++) {
            budget.checkWanted();
            boolean isFirst = y % rowsARestart == 0;
            if (isFirst && y > 0) {
                bits.restart((y / rowsARestart - 1) & 7);
            }
            for (int i = 0; i < row.length; i++) {
                int difference = difference(used[i % used.length], bits);
                int step = colours.length;
                int predicted;
                if (i < step) {
                    predicted = isFirst ? middle : above[i];
                } else if (isFirst) {
                    predicted = row[i - step];
                } else {
                    predicted = predicted(predictor, row[i - step], above[i], above[i - step]);
                }
                row[i] = (predicted + difference) & 0xffff;
                int to = samples * (y * width + i / step) + colours[i % step];
                words[to] = (short) (row[i] << transform);
            }
            int[] swapped = above;
            above = row;
            row = swapped;
        }
    }

    /** H.1.2.2: category 16 has a single difference and no extra bits. */
    private static int difference(JpegCode code, JpegBits bits) throws IOException {
        int category = code.read(bits);
        if (category > 16) {
            throw new DamagedException("Corrupt JPEG data: bad Huffman code");
        }
        return category == 16 ? 1 << 15 : bits.signed(category);
    }

    /** Table H.1. */
    private static int predicted(int predictor, int left, int above, int corner) {
        return switch (predictor) {
            case 1 -> left;
            case 2 -> above;
            case 3 -> corner;
            case 4 -> left + above - corner;
            case 5 -> left + ((above - corner) >> 1);
            case 6 -> above + ((left - corner) >> 1);
            default -> (left + above) >> 1;
        };
    }
}
