package dev.medzoo.benchmarks.pictures;

import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What decoding honest pictures costs, here and by the {@code PictureDecoder} of other classes, in
 * turns, the order changing with every round. Counted is the thread's own CPU time, so that
 * neighbours do not count. The figure is the ratio of medians; below 1 this version is the faster
 * one.
 */
public final class PictureSpeed {
    private static final int WARM_UP = 5;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private PictureSpeed() {}

    /**
     * Arguments: the other version's classes or jars, with a colon between; the rounds (20); a
     * folder of more pictures (none); how their names begin (anyhow).
     */
    public static void main(String[] args) throws Exception {
        List<URL> here = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(":", -1)) {
            here.add(Path.of(part).toUri().toURL());
        }
        List<URL> other = new ArrayList<>();
        for (String part : args[0].split(":", -1)) {
            other.add(Path.of(part).toUri().toURL());
        }
        other.addAll(here);
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        Decoder now = new Decoder(here);
        Decoder before = new Decoder(other);
        System.out.println("picture                     now    before  ratio");
        Map<String, byte[]> pictures = pictures();
        if (args.length > 2) {
            try (Stream<Path> files = Files.list(Path.of(args[2]))) {
                for (Path file : files.sorted().toList()) {
                    pictures.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        }
        String begin = args.length > 3 ? args[3] : "";
        pictures.keySet().removeIf(name -> !name.startsWith(begin));
        for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
            compare(picture.getKey(), picture.getValue(), now, before, rounds);
        }
    }

    private static Map<String, byte[]> pictures() throws Exception {
        BufferedImage drawn = HonestPictures.drawn(4000, 3000);
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        pictures.put("JPEG 12 MP", HonestPictures.jpeg(drawn, false));
        pictures.put("progressive JPEG 12 MP", HonestPictures.jpeg(drawn, true));
        pictures.put("PNG 12 MP", HonestPictures.of(drawn, "png"));
        pictures.put("BMP 12 MP", HonestPictures.of(drawn, "bmp"));
        pictures.put("TIFF 12 MP", HonestPictures.tiff(drawn, HonestPictures.PLAIN));
        pictures.put("TIFF LZW 12 MP", HonestPictures.tiff(drawn, "LZW"));
        pictures.put("TIFF Deflate 12 MP", HonestPictures.tiff(drawn, "ZLib"));
        pictures.put("TIFF JPEG 12 MP", HonestPictures.tiff(drawn, "JPEG"));
        pictures.put("GIF 12 MP", HonestPictures.of(drawn, "gif"));
        BufferedImage small = HonestPictures.drawn(600, 450);
        pictures.put("JPEG 0.3 MP", HonestPictures.jpeg(small, false));
        pictures.put("PNG 0.3 MP", HonestPictures.of(small, "png"));
        return pictures;
    }

    private static void compare(String name, byte[] bytes, Decoder now, Decoder before, int rounds)
            throws Exception {
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        for (int i = -WARM_UP; i < rounds; i++) {
            boolean first = i % 2 == 0;
            double one = (first ? now : before).millis(bytes);
            double other = (first ? before : now).millis(bytes);
            if (i >= 0) {
                ours[i] = first ? one : other;
                theirs[i] = first ? other : one;
            }
        }
        Arrays.sort(ours);
        Arrays.sort(theirs);
        double our = ours[rounds / 2];
        double their = theirs[rounds / 2];
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "%-24s %6.1f ms %6.1f ms  %.2f",
                        name,
                        our,
                        their,
                        our / their));
    }

    /** A decoder with classes of its own. */
    private static final class Decoder {
        private final Object decoder;
        private final Method decode;

        Decoder(List<URL> classes) throws Exception {
            ClassLoader loader =
                    new URLClassLoader(
                            classes.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
            Class<?> type = decoder(loader);
            decoder = type.getConstructor().newInstance();
            decode = type.getMethod("decode", byte[].class);
        }

        /** An older version has it one package further up. */
        private static Class<?> decoder(ClassLoader loader) throws ClassNotFoundException {
            try {
                return loader.loadClass("dev.medzoo.translate.decode.PictureDecoder");
            } catch (ClassNotFoundException e) {
                return loader.loadClass("dev.medzoo.translate.PictureDecoder");
            }
        }

        double millis(byte[] bytes) throws Exception {
            long from = THREADS.getCurrentThreadCpuTime();
            Object picture = decode.invoke(decoder, (Object) bytes);
            if (picture == null) {
                throw new IllegalStateException("no picture");
            }
            return (THREADS.getCurrentThreadCpuTime() - from) / 1e6;
        }
    }
}
