package dev.medzoo.cli;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Pictures, recipes, data, candidates and stores with one thing wrong with each. */
final class BadThings {
    private static final String PARAMS = "drawn-light-0000.params";

    private BadThings() {}

    static void in(Path folder, TrainedModel.Work good) throws IOException {
        pictures(folder);
        recipes(folder);
        data(folder, good.folder().resolve(DrawnPictureSet.NAME));
        candidates(folder, good.candidate());
        stores(folder, good.store());
        Files.writeString(folder.resolve("serve.properties"), "port=8080\ncolour=blue\n");
    }

    private static void pictures(Path folder) throws IOException {
        Files.writeString(folder.resolve("text.jpg"), "This is no picture.\n");
        Files.createFile(folder.resolve("empty.jpg"));
        for (String format : List.of("jpg", "png")) {
            byte[] whole = DrawnPictureSet.picture(format, 60, 60, 100, 1);
            Files.write(folder.resolve("cut." + format), Arrays.copyOf(whole, whole.length / 2));
        }
        Files.write(folder.resolve("huge.png"), pngHeader(60_000, 60_000));
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("large.jpg").toFile(), "rw")) {
            large.setLength(70 << 20);
        }
    }

    private static byte[] pngHeader(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream png = new DataOutputStream(bytes);
        png.writeLong(0x89504E470D0A1A0AL);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream chunk = new DataOutputStream(header);
        chunk.write("IHDR".getBytes(StandardCharsets.US_ASCII));
        chunk.writeInt(width);
        chunk.writeInt(height);
        chunk.write(new byte[] {8, 2, 0, 0, 0});
        writeChunk(png, header.toByteArray());
        writeChunk(png, "IDAT".getBytes(StandardCharsets.US_ASCII));
        writeChunk(png, "IEND".getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }

    private static void writeChunk(DataOutputStream png, byte[] typeAndBody) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(typeAndBody);
        png.writeInt(typeAndBody.length - 4);
        png.write(typeAndBody);
        png.writeInt((int) crc.getValue());
    }

    private static void recipes(Path folder) throws IOException {
        String good = TrainedModel.RECIPE;
        Files.writeString(folder.resolve("text.yaml"), "[this is: no recipe\n");
        Files.writeString(
                folder.resolve("value.yaml"), good.replace("batchSize: 8", "batchSize: 1"));
        Files.writeString(folder.resolve("unknown.yaml"), good + "dropout: 0.5\n");
        Files.writeString(
                folder.resolve("transfer.yaml"),
                good + "transfer: {frozenParts: 1, bodyRate: 0.1}\n");
    }

    /** {@code other} has other labels; in {@code drawn_2class}, pictures are not their digests'. */
    private static void data(Path folder, Path good) throws IOException {
        copy(good, folder.resolve("other"));
        replace(folder.resolve("other/manifest.csv"), ",light,", ",bright,");
        copy(good, folder.resolve(DrawnPictureSet.NAME));
        Path train = folder.resolve(DrawnPictureSet.NAME).resolve("train");
        for (int i = 0; i < 24; i++) {
            Files.write(train.resolve(i + ".png"), DrawnPictureSet.picture("png", 40, 40, 100, 99));
        }
    }

    private static void candidates(Path folder, Path good) throws IOException {
        copy(good, folder.resolve("cut"));
        Path params = folder.resolve("cut").resolve(PARAMS);
        byte[] whole = Files.readAllBytes(params);
        Files.write(params, Arrays.copyOf(whole, whole.length / 2));
        copy(good, folder.resolve("stray"));
        Files.writeString(folder.resolve("stray/run.sh"), "exit\n");
    }

    private static void stores(Path folder, Path good) throws IOException {
        copy(good, folder.resolve("flipped"));
        Path params = folder.resolve("flipped/drawn-light/0.1.0").resolve(PARAMS);
        byte[] bytes = Files.readAllBytes(params);
        bytes[bytes.length - 1] ^= 1;
        Files.write(params, bytes);
        Files.createDirectory(folder.resolve("broken"));
        Files.writeString(folder.resolve("broken/index.json"), "{\"format\": 1,");
    }

    private static void replace(Path file, String old, String fresh) throws IOException {
        Files.writeString(file, Files.readString(file).replace(old, fresh));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
