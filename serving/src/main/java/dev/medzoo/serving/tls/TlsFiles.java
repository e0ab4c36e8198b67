package dev.medzoo.serving.tls;

import dev.medzoo.zoo.store.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The bytes of all files at one moment.
 *
 * @param contents by the settings' names
 */
record TlsFiles(Map<String, byte[]> contents) {
    private static final int LARGEST_BYTES = 1 << 20;

    static TlsFiles read(Map<String, Path> files) throws TlsException {
        Map<String, byte[]> contents = new TreeMap<>();
        for (Map.Entry<String, Path> each : files.entrySet()) {
            contents.put(each.getKey(), read(each.getKey(), each.getValue()));
        }
        return new TlsFiles(contents);
    }

    /** The same for the same contents, and for no others. */
    String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<String, byte[]> each : new TreeMap<>(contents).entrySet()) {
                String head = each.getKey() + " " + each.getValue().length + "\n";
                digest.update(head.getBytes(StandardCharsets.UTF_8));
                digest.update(each.getValue());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] read(String setting, Path file) throws TlsException {
        try (InputStream in = Files.newInputStream(file)) {
            String fault = PrivateFiles.fault(file);
            if (fault != null) {
                throw new TlsException("%s: %s".formatted(setting, fault));
            }
            byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw new TlsException(
                        "%s: %s: more than %d bytes (expected: at most that)"
                                .formatted(setting, file, LARGEST_BYTES));
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new TlsException(
                    "%s: %s: no such file (expected: to be there)".formatted(setting, file), e);
        } catch (IOException e) {
            throw new TlsException(
                    "%s: %s: %s (expected: a readable file)".formatted(setting, file, e), e);
        }
    }
}
