package dev.medzoo.benchmarks.pictures;

import dev.medzoo.translate.transform.Transform;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks for pictures that cost much, and not only for those that break something. It changes files
 * by the grammar of their format ({@link Mutation}), decodes them, and keeps the costliest, by time
 * or memory, of each format and of each way to end, from which it goes on. Each format has the same
 * share of the tries. A find takes more than twice the time or memory of an honest JPEG of as many
 * pixels, decoded in turns with it, or ends in something other than a picture or a refusal; the
 * costliest of each kind is written down. The way from the pixels to the network's input is left
 * out: what that may cost does not shrink with the pictures ({@link Transform}).
 */
public final class CostFuzzer {
    /** Few, so that many are tried; cost grows with them. */
    private static final long MAX_PIXELS = 2_000_000;

    private static final int KEPT_OF_KIND = 8;
    private static final int KEPT_OF_FORMAT = 400;
    private static final int MAX_BYTES = 150_000;
    private static final double MOST = 2;

    /** A file of a megabyte is this large beside as few pixels; from there on more is allowed. */
    private static final int LARGE_BYTES = (int) ((1L << 20) * MAX_PIXELS / 50_000_000);

    private static final double MOST_OF_LARGE = 3.5;

    /** What is within a tenth cannot be told from it. */
    private static final double DOUBT = 1.1;

    private static final int ROUNDS = 5;
    private static final double NANOS_A_MILLI = 1e6;

    /** First bytes of JPEG, PNG, TIFF of either order, BMP, GIF, WebP and DICOM. */
    private static final Set<Integer> FORMATS = Set.of(0xff, 0x89, 0x49, 0x4d, 0x42, 0x47, 0x52, 0);

    private static final Pattern PLAIN_WORD = Pattern.compile("\\(?[A-Za-z]?[a-z]{3,}[:,)]?");
    private static final Duration REPORT = Duration.ofMinutes(5);

    /** A file to go on from. */
    private static final class Kept {
        private final String kind;
        private final byte[] bytes;
        private final double cost;

        Kept(String kind, byte[] bytes, double cost) {
            this.kind = kind;
            this.bytes = bytes;
            this.cost = cost;
        }
    }

    private final CostMeter meter = new CostMeter(MAX_PIXELS);
    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Random random;
    private final Mutation mutation;
    private final Path finds;
    private final Map<Integer, List<Kept>> corpus = new TreeMap<>();
    private final Set<String> endings = new HashSet<>();
    private final byte[] honestJpeg;
    private final Map<String, Double> foundOfKind = new HashMap<>();
    private double honestMillis;
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
        honestJpeg = HonestPictures.jpeg(HonestPictures.drawn(side, side), false);
        double least = Double.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            run(honestJpeg);
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
        for (Map.Entry<String, byte[]> seed : HonestPictures.ofEachKind(100).entrySet()) {
            attempt(seed.getValue(), seed.getKey());
        }
        for (HostilePicture seed : HostilePictures.of(MAX_PIXELS)) {
            byte[] bytes = seed.bytes();
            if (bytes.length <= MAX_BYTES) {
                attempt(bytes, seed.name());
            }
        }
        long begin = System.nanoTime();
        long nextReport = begin + REPORT.toNanos();
        while (System.nanoTime() - begin < time.toNanos()) {
            List<List<Kept>> formats = List.copyOf(corpus.values());
            List<Kept> sameFormat = formats.get(random.nextInt(formats.size()));
            Kept parent = sameFormat.get(random.nextInt(sameFormat.size()));
            Kept other = sameFormat.get(random.nextInt(sameFormat.size()));
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
        if (cpuMillis > MOST * honestMillis) {
            compare(bytes);
        }
        worst = Math.max(worst, cpuMillis / honestMillis);
        if (megabytes > MOST * honestMegabytes) {
            // What is allocated may be gone again: only what is held counts.
            megabytes = meter.measure(bytes).megabytes();
        }
        keep(bytes, cost);
        if (!cost.isExpected()
                || cpuMillis > mostOf(bytes) * DOUBT * honestMillis
                || megabytes > MOST * honestMegabytes) {
            find(bytes, name, cost);
        }
    }

    /** The least of each, in turns: collector, compiler and neighbours come when they will. */
    private void compare(byte[] bytes) {
        double least = cpuMillis;
        double honest = Double.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            run(honestJpeg);
            honest = Math.min(honest, cpuMillis);
            run(bytes);
            least = Math.min(least, cpuMillis);
        }
        honestMillis = honest;
        cpuMillis = least;
    }

    private static double mostOf(byte[] bytes) {
        return bytes.length < LARGE_BYTES ? MOST : MOST_OF_LARGE;
    }

    private double relative() {
        return Math.max(cpuMillis / honestMillis, megabytes / honestMegabytes);
    }

    private Cost run(byte[] bytes) {
        long cpu = threads.getCurrentThreadCpuTime();
        long heap = threads.getCurrentThreadAllocatedBytes();
        Cost cost = meter.decode(bytes);
        cpuMillis = (threads.getCurrentThreadCpuTime() - cpu) / NANOS_A_MILLI;
        megabytes = (threads.getCurrentThreadAllocatedBytes() - heap) / 1e6;
        return cost;
    }

    /** A format and a way to end, of whose text only plain words count: no numbers, no names. */
    private static String kind(byte[] bytes, Cost cost) {
        int format = bytes.length > 0 ? bytes[0] & 0xff : 0;
        return Stream.of(cost.outcome().split(" ", -1))
                .filter(word -> PLAIN_WORD.matcher(word).matches())
                .limit(8)
                .collect(Collectors.joining(" ", format + " ", ""));
    }

    private void keep(byte[] bytes, Cost cost) {
        int format = bytes.length > 0 ? bytes[0] & 0xff : 0;
        if (!FORMATS.contains(format)) {
            return;
        }
        String kind = kind(bytes, cost);
        endings.add(kind);
        List<Kept> sameFormat = corpus.computeIfAbsent(format, any -> new ArrayList<>());
        List<Kept> same = sameFormat.stream().filter(each -> each.kind.equals(kind)).toList();
        Kept next = new Kept(kind, bytes, relative());
        if (same.size() < KEPT_OF_KIND) {
            sameFormat.add(next);
            if (sameFormat.size() > KEPT_OF_FORMAT) {
                sameFormat.remove(cheapest(sameFormat));
            }
            return;
        }
        Kept cheapest = cheapest(same);
        // Now and then a cheaper one, or the search would end on its first hill.
        if (cheapest.cost < next.cost || random.nextInt(200) == 0) {
            sameFormat.remove(cheapest);
            sameFormat.add(next);
        }
    }

    private static Kept cheapest(List<Kept> kept) {
        return kept.stream().min(Comparator.comparingDouble(each -> each.cost)).orElseThrow();
    }

    private void find(byte[] bytes, String name, Cost cost) throws IOException {
        boolean isMemory = megabytes / honestMegabytes > cpuMillis / honestMillis;
        String kind = kind(bytes, cost) + (isMemory ? ", memory" : ", time");
        if (relative() < DOUBT * foundOfKind.getOrDefault(kind, 0.0)) {
            return;
        }
        foundOfKind.put(kind, relative());
        found++;
        Path file = finds.resolve("find-%04d".formatted(found));
        Files.write(file, bytes);
        System.out.println(
                "FOUND %s: %d B, %.1f ms of %.1f, %.1f MB of %.1f, %s (%s)"
                        .formatted(
                                file,
                                bytes.length,
                                cpuMillis,
                                honestMillis,
                                megabytes,
                                honestMegabytes,
                                cost.outcome(),
                                name));
    }

    private void report(Duration after) {
        double cpuMinutes = threads.getCurrentThreadCpuTime() / NANOS_A_MILLI / 60_000;
        System.out.println(
                "%d min, %.1f of them of a core: %d tried, %d ways to end, %.2f at most, %d found"
                        .formatted(
                                after.toMinutes(),
                                cpuMinutes,
                                tried,
                                endings.size(),
                                worst,
                                found));
    }
}
