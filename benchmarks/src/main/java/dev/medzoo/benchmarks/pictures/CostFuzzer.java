package dev.medzoo.benchmarks.pictures;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Looks for pictures that cost much, and not only for those that break something. It changes files
 * by the grammar of their format ({@link Mutation}), decodes them, and keeps the costliest of each
 * format and of each way to end, from which it goes on. A find costs more than {@link
 * #MOST_NANOS_A_PIXEL} allow, takes more than twice the memory of an honest JPEG, or ends in
 * something other than a picture or a refusal; it is written down.
 */
public final class CostFuzzer {
    /** Few, so that many are tried; cost grows with them. */
    private static final long MAX_PIXELS = 2_000_000;

    private static final int KEPT_OF_KIND = 8;
    private static final int MAX_BYTES = 150_000;
    private static final double MOST = 2;

    /** 2 s for fifty million. */
    private static final double MOST_NANOS_A_PIXEL = 40;

    private static final double MOST_MILLIS = MOST_NANOS_A_PIXEL * MAX_PIXELS / 1e6;
    private static final double NANOS_A_MILLI = 1e6;
    private static final Duration REPORT = Duration.ofMinutes(5);

    /** A file to go on from. */
    private static final class Kept {
        private final String kind;
        private final byte[] bytes;
        private final double cpuMillis;

        Kept(String kind, byte[] bytes, double cpuMillis) {
            this.kind = kind;
            this.bytes = bytes;
            this.cpuMillis = cpuMillis;
        }
    }

    private final CostMeter meter = new CostMeter(MAX_PIXELS);
    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Random random;
    private final Mutation mutation;
    private final Path finds;
    private final List<Kept> corpus = new ArrayList<>();
    private final Set<String> endings = new HashSet<>();
    private final double honestMillis;
    private final double honestMegabytes;
    private double worst;
    private long tried;
    private int found;

    private double cpuMillis;
    private double megabytes;

    private CostFuzzer(long seed, Path finds) throws IOException {
        random = new Random(seed);
        mutation = new Mutation(random);
        this.finds = Files.createDirectories(finds);
        int side = (int) Math.sqrt((double) MAX_PIXELS);
        byte[] jpeg = HonestPictures.jpeg(HonestPictures.drawn(side, side), false);
        double least = Double.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            run(jpeg);
            least = Math.min(least, cpuMillis);
        }
        honestMillis = least;
        honestMegabytes = megabytes;
    }

    /** Arguments: minutes (60), seed (1), folder for what is found (target/finds). */
    public static void main(String[] args) throws IOException {
        long minutes = args.length > 0 ? Long.parseLong(args[0]) : 60;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        Path folder = Path.of(args.length > 2 ? args[2] : "target/finds");
        CostFuzzer fuzzer = new CostFuzzer(seed, folder);
        System.out.println(
                "an honest JPEG of %d pixels: %.1f ms, %.1f MB"
                        .formatted(MAX_PIXELS, fuzzer.honestMillis, fuzzer.honestMegabytes));
        fuzzer.fuzz(Duration.ofMinutes(minutes));
        System.exit(fuzzer.found == 0 ? 0 : 1);
    }

    private void fuzz(Duration time) throws IOException {
        for (HostilePicture seed : HostilePictures.of(MAX_PIXELS)) {
            byte[] bytes = seed.bytes();
            if (bytes.length <= MAX_BYTES) {
                attempt(bytes, seed.name());
            }
        }
        long begin = System.nanoTime();
        long nextReport = begin + REPORT.toNanos();
        while (System.nanoTime() - begin < time.toNanos()) {
            Kept parent = corpus.get(random.nextInt(corpus.size()));
            Kept other = corpus.get(random.nextInt(corpus.size()));
            byte[] child = mutation.of(parent.bytes, other.bytes);
            if (child.length <= MAX_BYTES) {
                attempt(child, "mutated " + parent.kind);
            }
            if (System.nanoTime() > nextReport) {
                report(Duration.ofNanos(System.nanoTime() - begin));
                nextReport += REPORT.toNanos();
            }
        }
        report(Duration.ofNanos(System.nanoTime() - begin));
    }

    private void attempt(byte[] bytes, String name) throws IOException {
        tried++;
        Cost cost = run(bytes);
        if (cpuMillis > MOST_MILLIS) {
            // The collector and the compiler come when they will: only what is slow again is.
            double first = cpuMillis;
            run(bytes);
            cpuMillis = Math.min(first, cpuMillis);
        }
        worst = Math.max(worst, cpuMillis / honestMillis);
        if (megabytes > MOST * honestMegabytes) {
            // What is allocated may be gone again: only what is held counts.
            megabytes = meter.measure(bytes).megabytes();
        }
        if (!cost.isExpected() || cpuMillis > MOST_MILLIS || megabytes > MOST * honestMegabytes) {
            find(bytes, name, cost);
        }
        keep(bytes, cost);
    }

    private Cost run(byte[] bytes) {
        long cpu = threads.getCurrentThreadCpuTime();
        long heap = threads.getCurrentThreadAllocatedBytes();
        Cost cost = meter.decode(bytes, () -> true);
        cpuMillis = (threads.getCurrentThreadCpuTime() - cpu) / NANOS_A_MILLI;
        megabytes = (threads.getCurrentThreadAllocatedBytes() - heap) / 1e6;
        return cost;
    }

    /** A kind is a format and a way to end, numbers aside. */
    private void keep(byte[] bytes, Cost cost) {
        String ending = cost.outcome().replaceAll("[0-9]+", "0");
        String kind = (bytes.length > 0 ? bytes[0] & 0xff : 0) + " " + ending;
        endings.add(kind);
        List<Kept> same = corpus.stream().filter(each -> each.kind.equals(kind)).toList();
        Kept next = new Kept(kind, bytes, cpuMillis);
        if (same.size() < KEPT_OF_KIND) {
            corpus.add(next);
            return;
        }
        Kept cheapest =
                same.stream().min(Comparator.comparingDouble(each -> each.cpuMillis)).orElseThrow();
        // Now and then a cheaper one, or the search would end on its first hill.
        if (cheapest.cpuMillis < cpuMillis || random.nextInt(200) == 0) {
            corpus.remove(cheapest);
            corpus.add(next);
        }
    }

    private void find(byte[] bytes, String name, Cost cost) throws IOException {
        found++;
        Path file = finds.resolve("find-%04d".formatted(found));
        Files.write(file, bytes);
        System.out.println(
                "FOUND %s: %d B, %.1f ms, %.1f MB, %s (%s)"
                        .formatted(file, bytes.length, cpuMillis, megabytes, cost.outcome(), name));
    }

    private void report(Duration after) {
        System.out.println(
                "%d min: %d tried, %d ways to end, the costliest %.2f of an honest JPEG, %d found"
                        .formatted(after.toMinutes(), tried, endings.size(), worst, found));
    }
}
