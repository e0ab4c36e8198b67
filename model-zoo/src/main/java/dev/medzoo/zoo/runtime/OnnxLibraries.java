package dev.medzoo.zoo.runtime;

import ai.onnxruntime.OrtEnvironment;
import dev.medzoo.zoo.store.CacheFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unpacks ONNX Runtime's native libraries once a machine. By itself it unpacks them anew in every
 * process: 20 MB into a temporary folder, a seventh of what {@code medzoo predict} computes for one
 * picture.
 */
final class OnnxLibraries {
    private static final Logger logger = LoggerFactory.getLogger(OnnxLibraries.class);

    /** In the order in which ONNX Runtime loads them. */
    private static final List<String> NAMES = List.of("onnxruntime", "onnxruntime4j_jni");

    /** Only builds for other devices have it. They look for further libraries beside the first. */
    private static final String PROVIDERS = "onnxruntime_providers_shared";

    private static final String OF_ALL = "onnxruntime.native.path";

    private OnnxLibraries() {}

    /**
     * Has ONNX Runtime load the libraries of the cache, unless a program says where they are. Where
     * they cannot be unpacked there, ONNX Runtime does it as ever. To be called before its classes
     * are used.
     */
    static void lead() {
        if (System.getProperty(OF_ALL) != null || NAMES.stream().anyMatch(OnnxLibraries::isSet)) {
            return;
        }
        try {
            unpack(CacheFolder.ofNativeCode("onnxruntime")).forEach(System::setProperty);
        } catch (IOException e) {
            logger.debug("ONNX Runtime unpacks its own libraries", e);
        }
    }

    /**
     * Unpacks what is not there, or is not what the jar has.
     *
     * @param cache a folder into which nobody else can write
     * @return the properties that lead ONNX Runtime to it; none where it has to do by itself
     */
    static Map<String, String> unpack(Path cache) throws IOException {
        Map<String, String> properties = new HashMap<>();
        if (resource(PROVIDERS) != null) {
            return properties;
        }
        List<Packed> libraries = new ArrayList<>();
        for (String name : NAMES) {
            URL resource = resource(name);
            if (resource == null || !(resource.openConnection() instanceof JarURLConnection jar)) {
                return properties;
            }
            libraries.add(new Packed(name, jar));
        }
        // Other versions have other sums, and may be in use.
        StringBuilder sums = new StringBuilder();
        for (Packed each : libraries) {
            sums.append("%08x".formatted(each.entry().getCrc()));
        }
        Path folder = Files.createDirectories(cache.resolve(sums.toString()));
        for (Packed each : libraries) {
            properties.put(property(each.name()), each.in(folder).toString());
        }
        return properties;
    }

    /** A library in a jar. */
    private record Packed(String name, JarURLConnection jar) {
        JarEntry entry() throws IOException {
            return jar.getJarEntry();
        }

        /** The same in a folder. */
        Path in(Path folder) throws IOException {
            Path file = folder.resolve(System.mapLibraryName(name)).toAbsolutePath();
            if (!isWhole(file)) {
                Path part = Files.createTempFile(folder, name, ".part");
                try (InputStream in = jar.getInputStream()) {
                    Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    Files.deleteIfExists(part);
                }
            }
            return file;
        }

        private boolean isWhole(Path file) throws IOException {
            if (!Files.isRegularFile(file) || Files.size(file) != entry().getSize()) {
                return false;
            }
            CRC32 sum = new CRC32();
            try (InputStream in = new CheckedInputStream(Files.newInputStream(file), sum)) {
                byte[] buffer = new byte[1 << 16];
                while (in.read(buffer) >= 0) {
                    // It is read for its sum.
                }
            }
            return sum.getValue() == entry().getCrc();
        }
    }

    /**
     * The address of a library for this machine; null where the jar has none, or under another
     * name.
     */
    private static @Nullable URL resource(String name) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String os =
                system.contains("win") && !system.contains("darwin")
                        ? "win"
                        : system.contains("linux") ? "linux" : "osx";
        String arch = System.getProperty("os.arch", "").matches("amd64|x86_64") ? "x64" : "aarch64";
        return OrtEnvironment.class.getResource(
                "/ai/onnxruntime/native/%s-%s/%s".formatted(os, arch, System.mapLibraryName(name)));
    }

    private static boolean isSet(String name) {
        return System.getProperty(property(name)) != null;
    }

    private static String property(String name) {
        return "onnxruntime.native.%s.path".formatted(name);
    }
}
