package dev.medzoo.benchmarks.pictures;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Decodes every hostile picture and compares its cost with that of an honest JPEG of as many
 * pixels. Ends with 1 when one costs more than twice as much, or more than 2 s though it has less
 * than a megabyte. What costs much is measured again, and the lesser figure counts.
 */
public final class PictureCost {
    private static final int SMALL_BYTES = 1_000_000;
    private static final double SMALL_MILLIS = 2000;
    private static final double MOST = 2;
    private static final int WARM_UP = 3;
    private static final int SHOWN = 10;

    private record Measured(String name, int bytes, Cost cost) {}

    private final CostMeter meter;
    private final Cost plain;
    private final Cost honest;
    private final List<Measured> all = new ArrayList<>();

    private PictureCost(long pixels) throws IOException {
        meter = new CostMeter(pixels);
        int side = (int) Math.sqrt((double) pixels);
        BufferedImage drawn = HonestPictures.drawn(side, side);
        byte[] jpeg = HonestPictures.jpeg(drawn, false);
        byte[] progressive = HonestPictures.jpeg(drawn, true);
        Cost best = least(jpeg);
        for (int i = 0; i < WARM_UP; i++) {
            Cost next = least(jpeg);
            best = next.cpuMillis() < best.cpuMillis() ? next : best;
        }
        plain = best;
        print("honest, plain", jpeg.length, plain);
        honest = least(progressive);
        print("honest, progressive", progressive.length, honest);
    }

    /** Arguments: the most pixels of a picture (50000000), what their names match (anything). */
    public static void main(String[] args) throws IOException {
        long pixels = args.length > 0 ? Long.parseLong(args[0]) : 50_000_000;
        Pattern names = Pattern.compile(args.length > 1 ? args[1] : "");
        PictureCost cost = new PictureCost(pixels);
        for (HostilePicture picture : HostilePictures.of(pixels)) {
            if (names.matcher(picture.name()).find()) {
                cost.measure(picture);
            }
        }
        System.exit(cost.report() ? 0 : 1);
    }

    private Cost least(byte[] bytes) throws IOException {
        Cost one = meter.measure(bytes);
        Cost other = meter.measure(bytes);
        return new Cost(
                Math.min(one.cpuMillis(), other.cpuMillis()),
                Math.min(one.megabytes(), other.megabytes()),
                one.outcome(),
                one.isExpected() && other.isExpected());
    }

    private void measure(HostilePicture picture) throws IOException {
        byte[] bytes = picture.bytes();
        Cost cost = meter.measure(bytes);
        if (isTooMuch(bytes.length, cost) || cost.cpuMillis() > plain.cpuMillis()) {
            cost = least(bytes);
        }
        all.add(new Measured(picture.name(), bytes.length, cost));
        print(picture.name(), bytes.length, cost);
    }

    private boolean isTooMuch(int bytes, Cost cost) {
        return cost.cpuMillis() > MOST * honest.cpuMillis()
                || cost.megabytes() > MOST * honest.megabytes()
                || (bytes < SMALL_BYTES && cost.cpuMillis() > SMALL_MILLIS)
                || !cost.isExpected();
    }

    private boolean report() {
        System.out.println();
        System.out.println("the most CPU");
        show(Comparator.comparingDouble(each -> -each.cost().cpuMillis()));
        System.out.println("the most memory");
        show(Comparator.comparingLong(each -> -each.cost().megabytes()));
        List<Measured> tooMuch =
                all.stream().filter(each -> isTooMuch(each.bytes(), each.cost())).toList();
        System.out.println("%d pictures, %d too costly".formatted(all.size(), tooMuch.size()));
        tooMuch.forEach(each -> print(each.name(), each.bytes(), each.cost()));
        return tooMuch.isEmpty();
    }

    private void show(Comparator<Measured> order) {
        all.stream()
                .sorted(order)
                .limit(SHOWN)
                .forEach(each -> print(each.name(), each.bytes(), each.cost()));
    }

    private static void print(String name, int bytes, Cost cost) {
        String outcome = cost.outcome();
        System.out.println(
                "%-50s %9d B %6.0f ms %5d MB  %s"
                        .formatted(
                                name,
                                bytes,
                                cost.cpuMillis(),
                                cost.megabytes(),
                                outcome.substring(0, Math.min(110, outcome.length()))));
    }
}
