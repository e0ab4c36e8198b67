package dev.medzoo.benchmarks.pictures;

import java.awt.image.BufferedImage;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How fast honest pictures are decoded, here and by the {@code PictureDecoder} of other classes, in
 * turns, the order changing with every round. The figure is the ratio of medians; below 1 this
 * version is the faster one.
 */
public final class PictureSpeed {
    private static final int WARM_UP = 5;

    private PictureSpeed() {}

    /** Arguments: the other version's classes or jar, and the rounds (20). */
    public static void main(String[] args) throws Exception {
        List<URL> here = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(":", -1)) {
            here.add(Path.of(part).toUri().toURL());
        }
        List<URL> other = new ArrayList<>(here);
        other.add(0, Path.of(args[0]).toUri().toURL());
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        Decoder now = new Decoder(here);
        Decoder before = new Decoder(other);
        System.out.println("picture                     now    before  ratio");
        for (Map.Entry<String, byte[]> picture : pictures().entrySet()) {
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
        pictures.put("TIFF 12 MP", HonestPictures.tiff(drawn, "None"));
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
            Class<?> type = loader.loadClass("dev.medzoo.translate.PictureDecoder");
            decoder = type.getConstructor().newInstance();
            decode = type.getMethod("decode", byte[].class);
        }

        double millis(byte[] bytes) throws Exception {
            long from = System.nanoTime();
            Object picture = decode.invoke(decoder, (Object) bytes);
            if (picture == null) {
                throw new IllegalStateException("no picture");
            }
            return (System.nanoTime() - from) / 1e6;
        }
    }
}
