package dev.medzoo.benchmarks.pictures;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.translate.transform.Transform;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Brings files to a network's input, for {@code benchmarks/decode}: reads lines of a file's path
 * and a side in pixels, and answers each with the milliseconds that it took; where a third word
 * follows, with the mean difference from the picture decoded at its full size, on the scale of 0 to
 * 255.
 */
public final class DecodeSpeed {
    private static final PictureDecoder DECODER = new PictureDecoder();

    private DecodeSpeed() {}

    /** No arguments. */
    public static void main(String[] args) throws Exception {
        Map<String, byte[]> files = new HashMap<>();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", -1);
            if (!files.containsKey(words[0])) {
                files.put(words[0], Files.readAllBytes(Path.of(words[0])));
            }
            byte[] file = files.get(words[0]);
            Transform transform = Transform.square(Integer.parseInt(words[1]));
            System.out.println(
                    words.length > 2 ? difference(file, transform) : millis(file, transform));
        }
    }

    private static double millis(byte[] file, Transform transform) throws TranslateException {
        long from = System.nanoTime();
        NetworkInput.of(file, DECODER, PictureOptions.USUAL, transform, () -> true);
        return (System.nanoTime() - from) / 1e6;
    }

    private static double difference(byte[] file, Transform transform) throws TranslateException {
        float[] ours =
                NetworkInput.of(file, DECODER, PictureOptions.USUAL, transform, () -> true)
                        .values();
        float[] whole = transform.apply(DECODER.decode(file));
        double sum = 0;
        for (int i = 0; i < whole.length; i++) {
            sum += Math.abs(ours[i] - whole[i]);
        }
        // The transform brings 0 to 255 to -1 to 1.
        return sum / whole.length * 255 / 2;
    }
}
