package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** What the Flight Recorder saw of a server: where its workers were, and who took memory. */
final class Recording {
    /** Threads on a core, in native code too; Java 25 and later have it. */
    static final String TIME = "jdk.CPUTimeSample";

    private static final String MEMORY = "jdk.ObjectAllocationSample";
    private static final String NETWORK = "network";
    private static final String DECODE = "decode";
    private static final String TRANSFORM = "transform";

    /** What a server is for. */
    private static final Set<String> SOUGHT = Set.of(NETWORK, DECODE, TRANSFORM);

    /**
     * Parts of the way by the end of a type's name and the beginning of a method's, of which the
     * first that a stack has, from its top, says where it is.
     */
    private static final List<Part> PARTS =
            List.of(
                    new Part(DECODE, ".PictureDecoder", ""),
                    new Part(TRANSFORM, ".Transform", "apply"),
                    new Part("statistics of the picture", ".PictureStatistics", ""),
                    new Part("judgement of the picture", ".Domain", ""),
                    new Part("audit", ".AuditLedger", ""),
                    new Part("access log", ".AccessLog", ""),
                    new Part("metrics", ".ServerMetrics", ""),
                    new Part(NETWORK, ".OrtSession", "run"),
                    new Part(NETWORK, ".PyTorchLibrary", ""),
                    new Part("arrays", ".OnnxNetwork", ""),
                    new Part("arrays", ".PassthroughNDManager", ""),
                    new Part("arrays", ".FloatBatchifier", ""),
                    new Part("reply", ".FindingReply", ""),
                    new Part("predictor", ".Predictor", ""),
                    new Part("queue", ".WorkerPool", ""),
                    new Part("queue", ".JobQueue", ""),
                    new Part("HTTP", ".HttpConnection", ""),
                    new Part("HTTP", "io.netty", ""));

    private final Map<String, Map<String, Long>> samples = new TreeMap<>();
    private final Map<String, Long> bytes = new TreeMap<>();
    private final Map<String, Long> sites = new TreeMap<>();
    private final Map<String, Long> hot = new TreeMap<>();

    private record Part(String name, String type, String method) {
        boolean has(RecordedFrame frame) {
            String seen = frame.getMethod().getType().getName();
            return (seen.endsWith(type) || seen.startsWith(type + "."))
                    && frame.getMethod().getName().startsWith(method);
        }
    }

    private Recording() {}

    /** Reads a file of the recorder. */
    static Recording of(Path file) throws IOException {
        Recording all = new Recording();
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                all.add(events.readEvent());
            }
        }
        return all;
    }

    private void add(RecordedEvent event) {
        RecordedStackTrace stack = event.getStackTrace();
        if (stack == null || stack.getFrames().isEmpty()) {
            return;
        }
        String part = part(stack);
        switch (event.getEventType().getName()) {
            case TIME -> {
                RecordedThread thread = event.getThread("eventThread");
                String name = thread == null ? null : thread.getJavaName();
                samples.computeIfAbsent(name == null ? "" : name, absent -> new TreeMap<>())
                        .merge(part, 1L, Long::sum);
                if (!SOUGHT.contains(part)) {
                    hot.merge(part + ": " + site(stack), 1L, Long::sum);
                }
            }
            case MEMORY -> {
                long weight = event.getLong("weight");
                bytes.merge(part, weight, Long::sum);
                String type = event.getClass("objectClass").getName();
                sites.merge(part + ": " + type + " at " + site(stack), weight, Long::sum);
            }
            default -> {}
        }
    }

    private static String part(RecordedStackTrace stack) {
        for (RecordedFrame frame : stack.getFrames()) {
            for (Part each : PARTS) {
                if (each.has(frame)) {
                    return each.name();
                }
            }
        }
        return "other";
    }

    /** The topmost frame outside the JDK, which says who wanted it. */
    private static String site(RecordedStackTrace stack) {
        List<RecordedFrame> frames = stack.getFrames();
        RecordedFrame chosen =
                frames.stream()
                        .filter(
                                each ->
                                        !each.getMethod()
                                                .getType()
                                                .getName()
                                                .matches("(java|jdk|sun|javax)\\..*"))
                        .findFirst()
                        .orElse(frames.get(0));
        String type = chosen.getMethod().getType().getName();
        return type.substring(type.lastIndexOf('.') + 1)
                + "."
                + chosen.getMethod().getName()
                + ":"
                + chosen.getLineNumber();
    }

    /**
     * How often the threads of a name were found on a core, by the part of the way.
     *
     * @param name the beginning of it
     */
    Map<String, Long> samples(String name) {
        Map<String, Long> all = new TreeMap<>();
        samples.forEach(
                (thread, parts) -> {
                    if (thread.startsWith(name)) {
                        parts.forEach((part, count) -> all.merge(part, count, Long::sum));
                    }
                });
        return all;
    }

    /** Bytes that each part took of the heap. */
    Map<String, Long> bytes() {
        return bytes;
    }

    /** The places that took most of the heap. */
    List<Map.Entry<String, Long>> sites(int count) {
        return most(sites, count);
    }

    /** The places outside decoding and transforming where most samples were. */
    List<Map.Entry<String, Long>> hot(int count) {
        return most(hot, count);
    }

    private static List<Map.Entry<String, Long>> most(Map<String, Long> all, int count) {
        return all.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(count)
                .toList();
    }
}
