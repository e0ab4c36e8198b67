package dev.medzoo.registry.attack;

import dev.medzoo.registry.TinyCandidate;
import dev.medzoo.zoo.artifact.ArtifactContent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** On the files of a version and on the manifest that names them. */
final class ArtifactAttacks {
    private static final String PATH = " (expected: a file inside the artifact's folder) in …";

    private ArtifactAttacks() {}

    static List<Attack> of(Path below) {
        return new Attack.Rows()
                .add(
                        "manifest: a path that leads out",
                        path("../card.json"),
                        rename(below, "../card.json"))
                .add(
                        "manifest: an absolute path",
                        path("/etc/passwd"),
                        rename(below, "/etc/passwd"))
                .add(
                        "manifest: a path with a zero-width space",
                        path("card\u200b.json"),
                        rename(below, "card\u200b.json"))
                .add(
                        "manifest: a path with a Cyrillic с",
                        path("\u0441ard.json"),
                        rename(below, "\u0441ard.json"))
                .add("manifest: a device on Windows", path("nul.png"), rename(below, "nul.png"))
                .add(
                        "manifest: a dot at the end, which Windows drops",
                        path("card.json."),
                        rename(below, "card.json."))
                .add(
                        "manifest: the same path twice",
                        "manifest.json: files: artifact.json after artifact.json (expected:"
                                + " sorted, without duplicates) in …",
                        rename(below, "artifact.json"))
                .add(
                        "manifest: two paths that differ in case",
                        "manifest.json: path: artifact.json beside ARTIFACT.json (expected: to differ in more than case) in …",
                        () ->
                                new HostileStore(below)
                                        .manifest(
                                                "\"files\" : [",
                                                "\"files\" : [ {\"path\" : \"ARTIFACT.json\", \"size\" : 1, \"sha256\" : \""
                                                        + "0".repeat(64)
                                                        + "\"},")
                                        .load())
                .add(
                        "manifest: the same key twice",
                        "manifest.json: Duplicate field 'format' in …",
                        () ->
                                new HostileStore(below)
                                        .manifest(
                                                "\"format\" : 1", "\"format\" : 1, \"format\" : 1")
                                        .load())
                .add(
                        "manifest: a size of 2⁶² bytes",
                        "manifest.json: size: 4611686018427387904 of artifact.json (expected: 0..67108864) in …",
                        () ->
                                new HostileStore(below)
                                        .manifest(
                                                json ->
                                                        json.replaceFirst(
                                                                "\"size\" : \\d+",
                                                                "\"size\" : " + (1L << 62)))
                                        .load())
                .add(
                        "manifest: swapped for another",
                        "manifest.json: sha256:… (expected: sha256:…) in tiny/0.1.0",
                        () -> shorten(new HostileStore(below), "manifest.json").load())
                .add(
                        "a file cut off",
                        "card.json: … bytes (expected: …) in tiny/0.1.0",
                        () -> shorten(new HostileStore(below), "card.json").load())
                .add(
                        "a byte flipped",
                        "tiny-0000.params: sha256 … (expected: …) in tiny/0.1.0",
                        () -> flip(new HostileStore(below)).load())
                .add(
                        "a file that is missing",
                        "synset.txt: absent (expected: 17 bytes) in tiny/0.1.0",
                        () -> without(new HostileStore(below)).load())
                .add(
                        "a class that nobody named",
                        "[Evil.class]: not in manifest.json (expected: only what it names) in tiny/0.1.0",
                        () -> with(new HostileStore(below), "Evil.class").load())
                .add(
                        "a link to a file outside",
                        "tiny/0.1.0/card.json: a link or no file (expected: a plain file) in …",
                        () -> link(new HostileStore(below)).load())
                .add(
                        "a hard link to a file outside, which then changes",
                        "card.json: sha256 … (expected: …) in tiny/0.1.0",
                        () -> hardLink(new HostileStore(below)).load())
                .add(
                        "a version's folder that is a link",
                        "tiny/0.1.0/manifest.json: a link or no file (expected: a plain file) in …",
                        () -> linkFolder(new HostileStore(below)).load())
                .add(
                        "a class of somebody else to be made",
                        "serving.properties: {…blockFactory=evil.Factory…} (expected: {…}) in tiny/0.1.0",
                        () ->
                                new HostileStore(below)
                                        .text(
                                                "serving.properties",
                                                "dev.medzoo.zoo.DcnnBlockFactory",
                                                "evil.Factory")
                                        .load())
                .add(
                        "a label that turns the direction of reading",
                        "artifact.json: label: be?nign (expected: visible characters only) in"
                                + " tiny/0.1.0",
                        () ->
                                new HostileStore(below)
                                        .text("artifact.json", "benign", "be\u202enign")
                                        .load())
                .add(
                        "a label of two lines",
                        "artifact.json: label: be?nign (expected: visible characters only) in"
                                + " tiny/0.1.0",
                        () ->
                                new HostileStore(below)
                                        .text("artifact.json", "benign", "be\\\\nnign")
                                        .load())
                .add(
                        "a network of 2³¹ channels",
                        "artifact.json: stemWidth: 2147483647 (expected: at most 1024) in tiny/0.1.0",
                        () ->
                                new HostileStore(below)
                                        .text(
                                                "artifact.json",
                                                "\"stemWidth\" : 2",
                                                "\"stemWidth\" : 2147483647")
                                        .load())
                .add(
                        "a network of 100,000 blocks",
                        "artifact.json: branchWidths: blocks: 100000 (expected: at most 64) in tiny/0.1.0",
                        () ->
                                new HostileStore(below)
                                        .text(
                                                "artifact.json",
                                                "\"branchWidths\" : \\[\\s*1",
                                                "\"branchWidths\" : [1" + ",1".repeat(99_999))
                                        .load())
                .add(
                        "a resize of 2³¹ × 2³¹ pixels",
                        "artifact.json: resize: 2147483647x2147483647 (expected: at most 4096 on a side) in tiny/0.1.0",
                        () ->
                                new HostileStore(below)
                                        .text(
                                                "artifact.json",
                                                "\"resize\" : [^}]*",
                                                "\"resize\" : {\"width\" : 2147483647, \"height\" : 2147483647")
                                        .load())
                .add(
                        "a temperature that is not a number",
                        "artifact.json: temperature: NaN (expected: above 0, finite) in tiny/0.1.0",
                        () ->
                                new HostileStore(below)
                                        .text(
                                                "artifact.json",
                                                "\"temperature\" : 1.0",
                                                "\"temperature\" : \"NaN\"")
                                        .load())
                .add(
                        "a golden probability that is not a number",
                        "golden/golden.json: probabilities: [NaN, 0.5] (expected: each in [0, 1])"
                                + " in tiny/0.1.0",
                        () ->
                                new HostileStore(below)
                                        .text("golden/golden.json", "0.5", "\"NaN\"")
                                        .load())
                .add(
                        "a card of 5 MiB",
                        "card.json: 5… bytes (expected: at most 4194304) in tiny/0.1.0",
                        () ->
                                new HostileStore(below)
                                        .text("card.json", "\\{", "{" + " ".repeat(5 << 20))
                                        .load())
                .add(
                        "a candidate with two files that differ in case",
                        "path: golden/grey.png beside golden/GREY.png (expected: to differ in more than case) in …",
                        candidate(below, "golden/GREY.png"))
                .add(
                        "a candidate with a device of Windows",
                        "golden/con.png: not a file of an artifact (expected: […] or golden/…) in …",
                        candidate(below, "golden/con.png"))
                .list();
    }

    private static String path(String path) {
        return "manifest.json: path: " + path + PATH;
    }

    private static ThrowingCallable rename(Path below, String path) {
        return () -> new HostileStore(below).manifest("\"card.json\"", "\"" + path + "\"").load();
    }

    private static HostileStore shorten(HostileStore store, String file) throws Exception {
        byte[] bytes = Files.readAllBytes(store.file(file));
        Files.write(store.file(file), Arrays.copyOf(bytes, bytes.length - 1));
        return store;
    }

    private static HostileStore flip(HostileStore store) throws Exception {
        Path weights = store.file(TinyCandidate.WEIGHTS);
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        return store;
    }

    private static HostileStore without(HostileStore store) throws Exception {
        Files.delete(store.file("synset.txt"));
        return store;
    }

    private static HostileStore with(HostileStore store, String path) throws Exception {
        Files.write(store.file(path), new byte[] {1});
        return store;
    }

    private static HostileStore link(HostileStore store) throws Exception {
        Path outside = Files.move(store.file("card.json"), store.root.resolve("outside"));
        Files.createSymbolicLink(store.file("card.json"), outside);
        return store;
    }

    private static HostileStore hardLink(HostileStore store) throws Exception {
        Path outside = Files.move(store.file("card.json"), store.root.resolve("outside"));
        Files.createLink(store.file("card.json"), outside);
        Files.writeString(outside, Files.readString(outside).replace("Tests", "Tasks"));
        return store;
    }

    private static HostileStore linkFolder(HostileStore store) throws Exception {
        Path moved = Files.move(store.folder, store.root.resolve("moved"));
        Files.createSymbolicLink(store.folder, moved);
        return store;
    }

    private static ThrowingCallable candidate(Path below, String extra) {
        return () -> {
            Path folder = TinyCandidate.write(Files.createTempDirectory(below, "new"), "0.1.0");
            Files.write(folder.resolve(extra), new byte[] {1});
            ArtifactContent.ofCandidate(folder);
        };
    }
}
