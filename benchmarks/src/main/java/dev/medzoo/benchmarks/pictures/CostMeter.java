package dev.medzoo.benchmarks.pictures;

import ai.djl.translate.TranslateException;
import com.sun.management.OperatingSystemMXBean;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.transform.Transform;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Decodes files, brings them to a network's input, and reads off what that cost. Memory is the most
 * that was held in the serial collector's old generation, where what is large goes at once, and by
 * how much the process grew beside the heap, which must be touched beforehand ({@code
 * benchmarks/picture-cost}).
 */
final class CostMeter {
    private static final Path PEAK_RESET = Path.of("/proc/self/clear_refs");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double NANOS_A_MILLI = 1e6;

    private final PictureDecoder decoder;
    private final Transform transform = Transform.square(128);
    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final MemoryPoolMXBean old =
            ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getName().equals("Tenured Gen"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("run with -XX:+UseSerialGC"));

    CostMeter(long maxPixels) {
        decoder = new PictureDecoder(maxPixels);
    }

    /** Takes it once, after what the last one left is gone. */
    Cost measure(byte[] bytes) throws IOException {
        System.gc();
        Files.writeString(PEAK_RESET, "5");
        long before = kilobytes("VmRSS");
        long held = old.getUsage().getUsed();
        old.resetPeakUsage();
        long cpu = system.getProcessCpuTime();
        Cost outcome = outcome(bytes, this::transformed);
        double cpuMillis = (system.getProcessCpuTime() - cpu) / NANOS_A_MILLI;
        long heap = old.getPeakUsage().getUsed() - held;
        long beside = (kilobytes("VmHWM") - before) * 1024;
        long megabytes = (heap + Math.max(0, beside)) / 1_000_000;
        return new Cost(cpuMillis, megabytes, outcome.outcome(), outcome.isExpected());
    }

    /** Decodes it, no more, and tells only how that ended. */
    Cost decode(byte[] bytes) {
        return outcome(bytes, CostMeter::size);
    }

    private Cost outcome(byte[] bytes, Function<RgbPicture, String> further) {
        try {
            return new Cost(0, 0, further.apply(decoder.decode(bytes)), true);
        } catch (TranslateException e) {
            return new Cost(0, 0, String.valueOf(e.getMessage()), true);
        } catch (RuntimeException | StackOverflowError e) {
            return new Cost(0, 0, String.valueOf(e), false);
        }
    }

    private String transformed(RgbPicture picture) {
        try {
            transform.apply(picture);
            return size(picture);
        } catch (IllegalArgumentException e) {
            return size(picture) + ", not resized: " + e.getMessage();
        }
    }

    private static String size(RgbPicture picture) {
        return picture.width() + "x" + picture.height() + " pixels";
    }

    private static long kilobytes(String figure) throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(figure))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow(() -> new IOException(STATUS + " has no " + figure));
    }
}
