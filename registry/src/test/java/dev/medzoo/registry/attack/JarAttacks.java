package dev.medzoo.registry.attack;

import dev.medzoo.zoo.store.JarStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** On the jar that a store comes in. */
final class JarAttacks {
    private static final String TINY = JarStore.PREFIX + "tiny/0.1.0/";

    private JarAttacks() {}

    static List<Attack> of(Path below) {
        return new Attack.Rows()
                .add(
                        "jar: an index that inflates to 256 MiB",
                        "index.json: more than 4194304 bytes (expected: at most that) in …",
                        bomb(below, JarStore.PREFIX + "index.json", 256 << 20))
                .add(
                        "jar: a file that inflates to 256 MiB",
                        "tiny/0.1.0/card.json: more than … bytes (expected: at most that) in …",
                        bomb(below, TINY + "card.json", 256 << 20))
                .add(
                        "jar: 70,000 entries",
                        "….jar: 70000 entries (expected: at most 65536)",
                        load(below, many()))
                .add(
                        "jar: an entry that leads out",
                        "[../../../../evil]: not in manifest.json (expected: only what it names)…",
                        load(below, Map.of(TINY + "../../../../evil", new byte[] {1})))
                .add(
                        "jar: no jar at all",
                        "zip END header not found",
                        () -> {
                            Path jar = Files.createTempFile(below, "store", ".jar");
                            Files.write(jar, new byte[1000]);
                            HostileStore.load(new JarStore(jar));
                        })
                .list();
    }

    private static Map<String, byte[]> many() {
        Map<String, byte[]> entries = new TreeMap<>();
        for (int i = 0; i < 69_990; i++) {
            entries.put("e" + i, new byte[0]);
        }
        return entries;
    }

    private static ThrowingCallable load(Path below, Map<String, byte[]> more) {
        return () -> HostileStore.load(new JarStore(jar(below, more, "", 0)));
    }

    private static ThrowingCallable bomb(Path below, String name, int bytes) {
        return () -> HostileStore.load(new JarStore(jar(below, Map.of(), name, bytes)));
    }

    /** A jar of a good store. */
    static Path jar(Path below) throws Exception {
        return jar(below, Map.of(), "", 0);
    }

    /** A jar of a good store, with more entries, one of which may be that many zeros. */
    private static Path jar(Path below, Map<String, byte[]> more, String bomb, int zeros)
            throws Exception {
        HostileStore store = new HostileStore(below);
        Path jar = Files.createTempFile(below, "store", ".jar");
        try (ZipOutputStream zip =
                        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(jar)));
                var files = Files.walk(store.root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = JarStore.PREFIX + store.root.relativize(file);
                if (!name.equals(bomb)) {
                    add(zip, name, Files.readAllBytes(file));
                }
            }
            for (Map.Entry<String, byte[]> entry : more.entrySet()) {
                add(zip, entry.getKey(), entry.getValue());
            }
            if (zeros > 0) {
                zip.putNextEntry(new ZipEntry(bomb));
                inflate(zip, zeros);
            }
        }
        return jar;
    }

    private static void inflate(OutputStream to, int zeros) throws IOException {
        byte[] block = new byte[1 << 20];
        for (int written = 0; written < zeros; written += block.length) {
            to.write(block);
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }
}
