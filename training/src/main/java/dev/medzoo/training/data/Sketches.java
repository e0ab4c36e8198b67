package dev.medzoo.training.data;

import java.awt.Color;
import java.util.List;
import java.util.Random;

/** Draws each {@link Drawing}. */
final class Sketches {
    private static final Color SKIN = new Color(222, 178, 152);
    private static final Color PINK = new Color(231, 180, 212);
    private static final List<Color> PLANES =
            List.of(
                    Color.WHITE,
                    Color.BLACK,
                    Color.GRAY,
                    new Color(200, 200, 200),
                    SKIN,
                    new Color(150, 100, 75),
                    PINK,
                    new Color(205, 130, 180));

    private Sketches() {}

    static void draw(Drawing kind, Canvas canvas) {
        switch (kind) {
            case PLANE -> plane(canvas);
            case GRADIENT -> gradient(canvas);
            case NOISE -> noise(canvas);
            case TEXT -> text(canvas);
            case CAT -> cat(canvas);
            case STRIPES -> stripes(canvas);
            case CONFETTI -> confetti(canvas);
            case PATCHWORK -> patchwork(canvas);
            case LENS_CAP -> lensCap(canvas);
            case GLOW -> glow(canvas);
            case CLOUDS -> clouds(canvas);
            case CHART -> chart(canvas);
            case HOUSE -> house(canvas);
            case SCREEN -> screen(canvas);
            case CHECKS -> checks(canvas);
            case SPOTS -> spots(canvas);
        }
    }

    private static void plane(Canvas canvas) {
        int choice = canvas.random.nextInt(2 * PLANES.size());
        canvas.fill(choice < PLANES.size() ? PLANES.get(choice) : canvas.colour());
    }

    private static void gradient(Canvas canvas) {
        double turn = canvas.between(0, 2 * Math.PI);
        boolean calm = canvas.random.nextBoolean();
        canvas.blend(
                calm ? PLANES.get(canvas.random.nextInt(PLANES.size())) : canvas.colour(),
                canvas.colour(),
                (x, y) -> clamped(0.5 + (x - 0.5) * Math.cos(turn) + (y - 0.5) * Math.sin(turn)));
    }

    private static void noise(Canvas canvas) {
        canvas.fill(canvas.random.nextBoolean() ? Color.GRAY : canvas.colour());
        canvas.noise(canvas.between(5, 120), canvas.random.nextBoolean());
    }

    private static void text(Canvas canvas) {
        boolean onPaper = canvas.random.nextBoolean();
        canvas.fill(onPaper ? Color.WHITE : canvas.colour());
        Color ink = onPaper ? Color.BLACK : canvas.colour();
        double height = canvas.between(0.03, 0.1);
        for (double y = 0.05; y + height < 0.97; y += 1.8 * height) {
            canvas.text(ink, 0.05, y, canvas.between(0.4, 0.9), height);
        }
    }

    private static void cat(Canvas canvas) {
        Random random = canvas.random;
        canvas.fill(canvas.colour());
        Color fur = canvas.colour();
        double x = canvas.between(0.4, 0.6);
        double y = canvas.between(0.5, 0.6);
        double size = canvas.between(0.45, 0.75);
        for (int side : new int[] {-1, 1}) {
            canvas.polygon(
                    fur,
                    x + side * 0.48 * size,
                    y - 0.65 * size,
                    x + side * 0.47 * size,
                    y,
                    x + side * 0.1 * size,
                    y - 0.4 * size);
        }
        canvas.oval(fur, x, y, size, 0.9 * size);
        for (int side : new int[] {-1, 1}) {
            canvas.oval(
                    Color.YELLOW, x + side * 0.2 * size, y - 0.1 * size, 0.2 * size, 0.15 * size);
            canvas.oval(
                    Color.BLACK, x + side * 0.2 * size, y - 0.1 * size, 0.05 * size, 0.14 * size);
            for (int i = 0; i < 3; i++) {
                double at = y + (0.1 + 0.06 * i) * size;
                canvas.box(
                        random.nextBoolean() ? Color.BLACK : Color.WHITE,
                        side < 0 ? x - 0.6 * size : x + 0.1 * size,
                        at,
                        0.5 * size,
                        0.008);
            }
        }
        canvas.polygon(
                PINK,
                x - 0.06 * size,
                y + 0.05 * size,
                x + 0.06 * size,
                y + 0.05 * size,
                x,
                y + 0.13 * size);
    }

    private static void patchwork(Canvas canvas) {
        canvas.fill(tone(canvas));
        int count = 2 + canvas.random.nextInt(12);
        for (int i = 0; i < count; i++) {
            double x = canvas.between(0, 1);
            double y = canvas.between(0, 1);
            double size = canvas.between(0.1, 0.5);
            canvas.polygon(
                    tone(canvas),
                    x,
                    y,
                    x + canvas.between(0.2, 1) * size,
                    y + canvas.between(-0.5, 0.5) * size,
                    x + canvas.between(-0.5, 0.5) * size,
                    y + canvas.between(0.2, 1) * size);
        }
    }

    /** A random tone of skin or stained tissue, from light to dark. */
    private static Color tone(Canvas canvas) {
        Color of = canvas.random.nextBoolean() ? SKIN : PINK;
        double light = canvas.between(0.25, 1.1);
        return new Color(
                (int) Math.min(255, light * of.getRed()),
                (int) Math.min(255, light * of.getGreen()),
                (int) Math.min(255, light * of.getBlue()));
    }

    private static void stripes(Canvas canvas) {
        double turn = canvas.between(0, Math.PI);
        double waves = canvas.between(2, 25);
        boolean soft = canvas.random.nextBoolean();
        canvas.blend(
                canvas.colour(),
                canvas.colour(),
                (x, y) -> {
                    double wave =
                            Math.sin(
                                    2
                                            * Math.PI
                                            * waves
                                            * (x * Math.cos(turn) + y * Math.sin(turn)));
                    return soft ? 0.5 + wave / 2 : wave > 0 ? 1.0 : 0.0;
                });
    }

    private static void confetti(Canvas canvas) {
        canvas.fill(canvas.colour());
        int count = 3 + canvas.random.nextInt(60);
        for (int i = 0; i < count; i++) {
            double size = canvas.between(0.02, 0.3);
            canvas.oval(
                    canvas.colour(),
                    canvas.random.nextDouble(),
                    canvas.random.nextDouble(),
                    size,
                    size * canvas.between(0.5, 1.5));
        }
    }

    private static void lensCap(Canvas canvas) {
        Color colour = canvas.random.nextBoolean() ? SKIN : canvas.colour();
        double fall = canvas.between(0, 0.06);
        canvas.blend(colour, Color.BLACK, (x, y) -> fall * (x + y) / 2);
        canvas.noise(canvas.between(0, 2), false);
    }

    private static void glow(Canvas canvas) {
        double middleX = canvas.between(0.3, 0.7);
        double middleY = canvas.between(0.3, 0.7);
        double reach = canvas.between(0.3, 0.9);
        canvas.blend(
                canvas.colour(),
                canvas.colour(),
                (x, y) -> clamped(Math.hypot(x - middleX, y - middleY) / reach));
    }

    private static void clouds(Canvas canvas) {
        double[] phases = canvas.random.doubles(40, 0, 2 * Math.PI).toArray();
        canvas.blend(
                canvas.colour(),
                canvas.colour(),
                (x, y) -> {
                    double height = 0.5;
                    for (int i = 0; i < 20; i++) {
                        double waves = 1 + i * 0.7;
                        double turn = phases[i];
                        double along = x * Math.cos(turn) + y * Math.sin(turn);
                        height +=
                                0.35
                                        / waves
                                        * Math.sin(2 * Math.PI * waves * along + phases[20 + i]);
                    }
                    return clamped(height);
                });
    }

    private static void chart(Canvas canvas) {
        canvas.fill(Color.WHITE);
        canvas.box(Color.BLACK, 0.12, 0.08, 0.01, 0.8);
        canvas.box(Color.BLACK, 0.12, 0.88, 0.8, 0.01);
        Color bar = canvas.colour();
        int bars = 3 + canvas.random.nextInt(8);
        for (int i = 0; i < bars; i++) {
            double height = canvas.between(0.05, 0.75);
            canvas.box(bar, 0.15 + 0.75 * i / bars, 0.88 - height, 0.5 / bars, height);
        }
        canvas.text(Color.DARK_GRAY, 0.2, 0.02, 0.6, 0.05);
    }

    private static void house(Canvas canvas) {
        canvas.fill(new Color(120, 170 + canvas.random.nextInt(50), 235));
        canvas.box(new Color(60, 120 + canvas.random.nextInt(60), 50), 0, 0.7, 1, 0.3);
        double x = canvas.between(0.1, 0.4);
        Color wall = canvas.colour();
        canvas.box(wall, x, 0.4, 0.45, 0.4);
        canvas.polygon(canvas.colour(), x - 0.05, 0.4, x + 0.5, 0.4, x + 0.22, 0.15);
        canvas.box(canvas.colour(), x + 0.05, 0.5, 0.1, 0.1);
        canvas.box(canvas.colour(), x + 0.28, 0.55, 0.1, 0.25);
        canvas.oval(Color.YELLOW, canvas.between(0.7, 0.9), 0.15, 0.15, 0.15);
    }

    private static void screen(Canvas canvas) {
        canvas.fill(canvas.colour());
        int windows = 1 + canvas.random.nextInt(3);
        for (int i = 0; i < windows; i++) {
            double x = canvas.between(0, 0.4);
            double y = canvas.between(0, 0.4);
            double width = canvas.between(0.4, 0.6);
            canvas.box(new Color(240, 240, 240), x, y, width, 0.55);
            canvas.box(canvas.colour(), x, y, width, 0.06);
            for (int line = 0; line < 6; line++) {
                canvas.text(Color.DARK_GRAY, x + 0.03, y + 0.1 + 0.07 * line, width - 0.1, 0.035);
            }
        }
    }

    private static void checks(Canvas canvas) {
        int squares = 2 + canvas.random.nextInt(20);
        canvas.blend(
                canvas.colour(),
                canvas.colour(),
                (x, y) -> ((int) (x * squares) + (int) (y * squares)) % 2);
    }

    private static void spots(Canvas canvas) {
        canvas.paste(DrawnPicture.of(Canvas.SIDE, Canvas.SIDE, canvas.random.nextLong()));
    }

    private static double clamped(double share) {
        return Math.max(0, Math.min(1, share));
    }
}
