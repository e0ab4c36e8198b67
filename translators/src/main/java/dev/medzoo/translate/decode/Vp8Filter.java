package dev.medzoo.translate.decode;

import java.io.IOException;

/** The loop filter of lossy WebP (RFC 6386, section 15): smooths the edges of blocks. */
final class Vp8Filter {
    private final Vp8Header header;
    private final int across;
    private final int down;

    /** Filter level of each macroblock, plus 64 if its inner edges are filtered. */
    private final byte[] levels;

    private int inner;
    private int sharp;

    Vp8Filter(Vp8Header header, int across, int down) {
        this.header = header;
        this.across = across;
        this.down = down;
        levels = new byte[across * down];
    }

    void note(int x, int y, int segment, boolean hasBlocks, boolean isInner) {
        int level = header.filterLevels[segment][hasBlocks ? 1 : 0];
        levels[y * across + x] = (byte) (level + (isInner ? 64 : 0));
    }

    void apply(Vp8Plane luma, Vp8Plane blue, Vp8Plane red, Budget budget) throws IOException {
        for (int y = 0; y < down; y++) {
            budget.checkWanted();
            for (int x = 0; x < across; x++) {
                int level = levels[y * across + x] & 63;
                boolean isInner = levels[y * across + x] >= 64;
                if (level > 0 && header.isSimpleFilter) {
                    setStrength(level);
                    simple(luma, x, y, 2 * level + inner, isInner);
                } else if (level > 0) {
                    setStrength(level);
                    square(luma, 16 * x, 16 * y, 16, 2 * level + inner, isInner);
                    square(blue, 8 * x, 8 * y, 8, 2 * level + inner, isInner);
                    square(red, 8 * x, 8 * y, 8, 2 * level + inner, isInner);
                }
            }
        }
    }

    private void setStrength(int level) {
        inner = level;
        if (header.sharpness > 0) {
            inner >>= header.sharpness > 4 ? 2 : 1;
            inner = Math.min(inner, 9 - header.sharpness);
        }
        inner = Math.max(1, inner);
        sharp = level >= 40 ? 2 : level >= 15 ? 1 : 0;
    }

    private void simple(Vp8Plane luma, int x, int y, int limit, boolean isInner) {
        int at = luma.at(16 * x, 16 * y);
        byte[] p = luma.pixels;
        int stride = luma.stride;
        if (x > 0) {
            simpleEdge(p, at, 1, stride, 2 * (limit + 4) + 1);
        }
        for (int i = 4; isInner && i < 16; i += 4) {
            simpleEdge(p, at + i, 1, stride, 2 * limit + 1);
        }
        if (y > 0) {
            simpleEdge(p, at, stride, 1, 2 * (limit + 4) + 1);
        }
        for (int i = 4; isInner && i < 16; i += 4) {
            simpleEdge(p, at + i * stride, stride, 1, 2 * limit + 1);
        }
    }

    private static void simpleEdge(byte[] p, int from, int step, int along, int limit) {
        for (int i = 0, at = from; i < 16; i++, at += along) {
            int p0 = p[at - step] & 0xff;
            int q0 = p[at] & 0xff;
            int outer = (p[at - 2 * step] & 0xff) - (p[at + step] & 0xff);
            if (4 * Math.abs(p0 - q0) + Math.abs(outer) <= limit) {
                two(p, at, step);
            }
        }
    }

    private void square(Vp8Plane plane, int x, int y, int side, int limit, boolean isInner) {
        int at = plane.at(x, y);
        byte[] p = plane.pixels;
        int stride = plane.stride;
        if (x > 0) {
            edge(p, at, 1, stride, side, 2 * (limit + 4) + 1, true);
        }
        for (int i = 4; isInner && i < side; i += 4) {
            edge(p, at + i, 1, stride, side, 2 * limit + 1, false);
        }
        if (y > 0) {
            edge(p, at, stride, 1, side, 2 * (limit + 4) + 1, true);
        }
        for (int i = 4; isInner && i < side; i += 4) {
            edge(p, at + i * stride, stride, 1, side, 2 * limit + 1, false);
        }
    }

    /** Filters along an edge: {@code step} crosses it, {@code along} follows it. */
    private void edge(
            byte[] p, int from, int step, int along, int side, int limit, boolean isOuter) {
        for (int i = 0, at = from; i < side; i++, at += along) {
            int p1 = p[at - 2 * step] & 0xff;
            int p0 = p[at - step] & 0xff;
            int q0 = p[at] & 0xff;
            int q1 = p[at + step] & 0xff;
            if (4 * Math.abs(p0 - q0) + Math.abs(p1 - q1) > limit || !isSmooth(p, at, step)) {
                continue;
            }
            if (Math.abs(p1 - p0) > sharp || Math.abs(q1 - q0) > sharp) {
                two(p, at, step);
            } else if (isOuter) {
                six(p, at, step);
            } else {
                four(p, at, step);
            }
        }
    }

    private boolean isSmooth(byte[] p, int at, int step) {
        int p3 = p[at - 4 * step] & 0xff;
        int p2 = p[at - 3 * step] & 0xff;
        int p1 = p[at - 2 * step] & 0xff;
        int p0 = p[at - step] & 0xff;
        int q0 = p[at] & 0xff;
        int q1 = p[at + step] & 0xff;
        int q2 = p[at + 2 * step] & 0xff;
        int q3 = p[at + 3 * step] & 0xff;
        return Math.abs(p3 - p2) <= inner
                && Math.abs(p2 - p1) <= inner
                && Math.abs(p1 - p0) <= inner
                && Math.abs(q3 - q2) <= inner
                && Math.abs(q2 - q1) <= inner
                && Math.abs(q1 - q0) <= inner;
    }

    /** Changes the two pixels at the edge. */
    private static void two(byte[] p, int at, int step) {
        int p1 = p[at - 2 * step] & 0xff;
        int p0 = p[at - step] & 0xff;
        int q0 = p[at] & 0xff;
        int q1 = p[at + step] & 0xff;
        int a = 3 * (q0 - p0) + signed(p1 - q1);
        p[at - step] = clip(p0 + eighth(a + 3));
        p[at] = clip(q0 - eighth(a + 4));
    }

    private static void four(byte[] p, int at, int step) {
        int p1 = p[at - 2 * step] & 0xff;
        int p0 = p[at - step] & 0xff;
        int q0 = p[at] & 0xff;
        int q1 = p[at + step] & 0xff;
        int a = 3 * (q0 - p0);
        int b = eighth(a + 4);
        int c = (b + 1) >> 1;
        p[at - 2 * step] = clip(p1 + c);
        p[at - step] = clip(p0 + eighth(a + 3));
        p[at] = clip(q0 - b);
        p[at + step] = clip(q1 - c);
    }

    private static void six(byte[] p, int at, int step) {
        int p2 = p[at - 3 * step] & 0xff;
        int p1 = p[at - 2 * step] & 0xff;
        int p0 = p[at - step] & 0xff;
        int q0 = p[at] & 0xff;
        int q1 = p[at + step] & 0xff;
        int q2 = p[at + 2 * step] & 0xff;
        int a = signed(3 * (q0 - p0) + signed(p1 - q1));
        int near = (27 * a + 63) >> 7;
        int middle = (18 * a + 63) >> 7;
        int far = (9 * a + 63) >> 7;
        p[at - 3 * step] = clip(p2 + far);
        p[at - 2 * step] = clip(p1 + middle);
        p[at - step] = clip(p0 + near);
        p[at] = clip(q0 - near);
        p[at + step] = clip(q1 - middle);
        p[at + 2 * step] = clip(q2 - far);
    }

    private static int eighth(int value) {
        return Math.max(-16, Math.min(15, value >> 3));
    }

    private static int signed(int value) {
        return Math.max(-128, Math.min(127, value));
    }

    private static byte clip(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }
}
