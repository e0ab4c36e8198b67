package dev.medzoo.registry.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.medzoo.registry.oci.OciTar;
import dev.medzoo.registry.oci.Tar;
import dev.medzoo.registry.oci.TinyStore;
import dev.medzoo.zoo.format.Sha256;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** On the tar that a store travels in. */
final class TarAttacks {
    private static final String KIND = " (expected: a plain file, or a folder of size 0) in a.tar";
    private static final String LAYOUT =
            ": not part of an OCI layout (expected: oci-layout, index.json or"
                    + " blobs/sha256/<SHA-256>)"
                    + " in a.tar";
    private static final String EMPTY = Sha256.hex(new byte[0]);

    private final Path below;
    private final byte[] good;

    private TarAttacks(Path below) throws Exception {
        this.below = below;
        good = new TinyStore(Files.createTempDirectory(below, "tar")).tar();
    }

    static List<Attack> of(Path below) throws Exception {
        TarAttacks attacks = new TarAttacks(below);
        Attack.Rows rows = new Attack.Rows();
        attacks.onEntries(rows);
        attacks.onHeaders(rows);
        attacks.onReferences(rows);
        return rows.list();
    }

    private void onEntries(Attack.Rows rows) {
        rows.add("tar: an entry that leads out", "../evil" + LAYOUT, add("../evil"))
                .add("tar: an absolute path", "/etc/passwd" + LAYOUT, add("/etc/passwd"))
                .add("tar: a dotted path", "./oci-layout" + LAYOUT, add("./oci-layout"))
                .add("tar: another folder", "blobs/md5/" + LAYOUT, add("blobs/md5/"))
                .add("tar: a file beside the layout", "run.sh" + LAYOUT, add("run.sh"))
                .add(
                        "tar: an entry twice",
                        "oci-layout: twice (expected: once) in a.tar",
                        add("oci-layout"))
                .add(
                        "tar: a blob that is not what its name says",
                        "blobs/sha256/…: sha256 … (expected: the digest in its name) in a.tar",
                        add("blobs/sha256/" + "0".repeat(64)))
                .add(
                        "tar: a blob that nothing refers to",
                        "blobs/sha256/: ["
                                + EMPTY
                                + "] (expected: only blobs that a manifest refers to)"
                                + " in a.tar",
                        add("blobs/sha256/" + EMPTY))
                .add(
                        "tar: a blob that is missing",
                        "blobs/sha256/…: absent (expected: 17 bytes) in a.tar",
                        entries(
                                entries ->
                                        entries.remove(
                                                "blobs/sha256/"
                                                        + Sha256.hex(
                                                                "benign\nmalignant\n"
                                                                        .getBytes(UTF_8)))))
                .add(
                        "tar: no layout",
                        "oci-layout: absent (expected: a file) in a.tar",
                        entries(entries -> entries.remove("oci-layout")))
                .add(
                        "tar: another layout",
                        "oci-layout: imageLayoutVersion: 2.0.0 (expected: 1.0.0) in a.tar",
                        entries(entries -> replace(entries, "oci-layout", "1.0.0", "2.0.0")));
    }

    private void onHeaders(Attack.Rows rows) {
        int firstBlob = new String(good, UTF_8).indexOf("blobs/sha256/");
        Map<String, Byte> kinds = new LinkedHashMap<>();
        kinds.put("a symbolic link", TarConstants.LF_SYMLINK);
        kinds.put("a hard link", TarConstants.LF_LINK);
        kinds.put("a device", TarConstants.LF_CHR);
        kinds.put("a pipe", TarConstants.LF_FIFO);
        kinds.put("a sparse file", TarConstants.LF_GNUTYPE_SPARSE);
        kinds.put("a long name of GNU", TarConstants.LF_GNUTYPE_LONGNAME);
        kinds.put("an extended header", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
        kinds.put("a global header", TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER);
        for (Map.Entry<String, Byte> kind : kinds.entrySet()) {
            rows.add(
                    "tar: " + kind.getKey(),
                    "x: kind '%c'".formatted(kind.getValue()) + KIND,
                    () -> read(header(156, kind.getValue()), good));
        }
        rows.add(
                        "tar: a file of 8 GiB",
                        "x: 8589934591 bytes (expected: at most 67108864 bytes) in a.tar",
                        () -> read(header(124, "77777777777".getBytes(UTF_8))))
                .add(
                        "tar: a size below 0",
                        "tar: … (expected: a ustar header) in a.tar",
                        () -> read(header(124, "-1000000000".getBytes(UTF_8))))
                .add(
                        "tar: a header whose sum is wrong",
                        "tar: wrong header checksum (expected: the correct checksum) in a.tar",
                        () -> read(new byte[] {'x'}, good))
                .add(
                        "tar: cut off inside a file",
                        "blobs/sha256/…: truncated (expected: … bytes) in a.tar",
                        () -> read(Arrays.copyOf(good, firstBlob + 512 + 1)))
                .add(
                        "tar: bytes after its end",
                        "tar: no end marker (expected: two records of zeros, then nothing) in"
                                + " a.tar",
                        () -> read(Arrays.copyOf(good, good.length), new byte[] {1}));
    }

    private void onReferences(Attack.Rows rows) {
        rows.add(
                        "tar: a layer that leads out of the store",
                        "layer: path: ../../evil (expected: a file inside the artifact's folder)"
                                + " in a.tar",
                        manifest("\"synset.txt\"", "\"../../evil\""))
                .add(
                        "tar: two layers of one name",
                        "card.json: twice (expected: once) in a.tar",
                        manifest("\"artifact.json\"", "\"card.json\""))
                .add(
                        "tar: two layers that differ in case",
                        "tiny:0.1.0: path: … beside … (expected: to differ in more than case)"
                                + " in a.tar",
                        manifest("\"artifact.json\"", "\"CARD.json\""))
                .add(
                        "tar: a layer of a size that is not the blob's",
                        "blobs/sha256/…: 17 bytes (expected: 18 bytes) in a.tar",
                        manifest("\"size\" : 17,", "\"size\" : 18,"))
                .add(
                        "tar: a layer to be unpacked further",
                        "serving.properties: application/gzip (expected: text/plain) in a.tar",
                        manifest("text/plain", "application/gzip"))
                .add(
                        "tar: a layer whose digest is a path",
                        "blobs/sha256/…: digest: sha256:../../evil (expected: sha256: and 64 …",
                        manifest("sha256:[0-9a-f]{64}", "sha256:../../evil"))
                .add(
                        "tar: a layer to be fetched from elsewhere",
                        "blobs/sha256/…: Unrecognized field \"urls\"…",
                        manifest(
                                "\"size\" : 17,",
                                "\"size\" : 17, \"urls\" : [\"http://127.0.0.1/\"],"))
                .add(
                        "tar: an index within the index",
                        "index.json: schema 2 of application/vnd.oci.image.index.v1+json (expected:"
                                + " 2 of application/vnd.oci.image.manifest.v1+json) in a.tar",
                        entries(
                                e ->
                                        replace(
                                                e,
                                                "index.json",
                                                "image.manifest.v1",
                                                "image.index.v1")))
                .add(
                        "tar: an index signed for another",
                        "store: path: signatures/….json (expected: named by sha256 …) in a.tar",
                        manifest("signatures/[0-9a-f]{8}", "signatures/00000000"))
                .add(
                        "tar: a version that is named as the store's folder",
                        "signatures:0.1.0: name: signatures (expected: neither a device on Windows"
                                + " nor one of [history, signatures]) in a.tar",
                        entries(e -> replace(e, "index.json", "tiny:0.1.0", "signatures:0.1.0")))
                .add(
                        "tar: an index with the same key twice",
                        "index.json: Duplicate field 'schemaVersion' in a.tar",
                        entries(
                                e ->
                                        replace(
                                                e,
                                                "index.json",
                                                "\"schemaVersion\"",
                                                "\"schemaVersion\" : 2, \"schemaVersion\"")));
    }

    private interface Change {
        void to(Map<String, byte[]> entries) throws Exception;
    }

    private ThrowingCallable entries(Change change) {
        return () -> {
            Map<String, byte[]> entries = new LinkedHashMap<>(Tar.entries(good));
            change.to(entries);
            read(Tar.of(entries));
        };
    }

    private ThrowingCallable add(String name) {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        return name.equals("oci-layout")
                ? () -> read(Tar.before(good, entry, "{}".getBytes(UTF_8)))
                : entries(entries -> entries.put(name, new byte[0]));
    }

    private static void replace(Map<String, byte[]> entries, String name, String from, String to) {
        byte[] bytes = entries.get(name);
        entries.put(name, new String(bytes, UTF_8).replace(from, to).getBytes(UTF_8));
    }

    /** Changes an OCI manifest that holds a text, and whatever refers to it. */
    private ThrowingCallable manifest(String from, String to) {
        return entries(
                entries -> {
                    for (String name : List.copyOf(entries.keySet())) {
                        String json = new String(entries.get(name), UTF_8);
                        if (json.contains("artifactType")
                                && json.contains("layers")
                                && Pattern.compile(from).matcher(json).find()) {
                            replaceManifest(entries, name, json, json.replaceFirst(from, to));
                        }
                    }
                });
    }

    private static void replaceManifest(
            Map<String, byte[]> entries, String name, String json, String changed) {
        String before = Sha256.hex(json.getBytes(UTF_8));
        byte[] bytes = changed.getBytes(UTF_8);
        entries.remove(name);
        entries.put("blobs/sha256/" + Sha256.hex(bytes), bytes);
        replace(entries, "index.json", before, Sha256.hex(bytes));
        int was = json.getBytes(UTF_8).length;
        replace(entries, "index.json", "\"size\" : " + was, "\"size\" : " + bytes.length);
    }

    /** The header of an empty file, but for some bytes; its sum is right. */
    private static byte[] header(int at, byte... bytes) throws Exception {
        byte[] header =
                Arrays.copyOf(Tar.before(new byte[0], new TarArchiveEntry("x"), new byte[0]), 512);
        System.arraycopy(bytes, 0, header, at, bytes.length);
        Arrays.fill(header, 148, 156, (byte) ' ');
        byte[] sum = "%06o\0 ".formatted(TarUtils.computeCheckSum(header)).getBytes(UTF_8);
        System.arraycopy(sum, 0, header, 148, sum.length);
        return header;
    }

    private void read(byte[]... parts) throws Exception {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] tar = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, tar, at, part.length);
            at += part.length;
        }
        Path spool = Files.createTempDirectory(below, "spool");
        OciTar.read(new ByteArrayInputStream(tar), "a.tar", spool);
    }
}
