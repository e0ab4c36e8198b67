package dev.medzoo.zoo.sign;

import ai.djl.MalformedModelException;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.medzoo.zoo.format.Sha256;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The predicate of a model's signature.
 *
 * @param serialization how files became resources
 * @param resources the files in the order in which they are digested, none twice
 */
record SignedFiles(Serialization serialization, List<Resource> resources) {
    private static final String SHA256 = "sha256";

    /**
     * How files became resources: each as one, by its SHA-256, links refused.
     *
     * @param ignorePaths what was left out by the signer; here nothing may be but the signature
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Serialization(
            String method,
            @JsonProperty("hash_type") String hashType,
            @JsonProperty("allow_symlinks") boolean allowSymlinks,
            @JsonProperty("ignore_paths") @Nullable List<String> ignorePaths) {
        /** What is left out, as the specification's own program writes it. */
        private static final Serialization OURS =
                new Serialization(
                        "files",
                        SHA256,
                        false,
                        List.of(
                                ModelSignature.FILE,
                                ".git",
                                ".gitattributes",
                                ".github",
                                ".gitignore"));

        Serialization {
            if (!method.equals("files") || !hashType.equals(SHA256) || allowSymlinks) {
                throw new IllegalArgumentException(
                        ("serialization: %s by %s, symbolic links %b"
                                        + " (expected: files by sha256, symbolic links false)")
                                .formatted(method, hashType, allowSymlinks));
            }
        }
    }

    /**
     * One file. Fields that in-toto adds are passed over.
     *
     * @param digest its SHA-256, 64 hexadecimal digits
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Resource(String name, String algorithm, String digest) {
        Resource {
            if (!algorithm.equals(SHA256)) {
                throw new IllegalArgumentException(
                        "algorithm: %s of %s (expected: sha256)".formatted(algorithm, name));
            }
            Sha256.checkHex(digest);
        }
    }

    SignedFiles {
        resources = List.copyOf(resources);
        if (resources.isEmpty()) {
            throw new IllegalArgumentException("resources: none (expected: at least one)");
        }
        Map<String, String> seen = new HashMap<>();
        for (Resource resource : resources) {
            if (seen.put(resource.name(), resource.digest()) != null) {
                throw new IllegalArgumentException(
                        "resources: %s twice (expected: once)".formatted(resource.name()));
            }
        }
    }

    static SignedFiles of(SortedMap<String, String> sha256ByPath) {
        return new SignedFiles(
                Serialization.OURS,
                sha256ByPath.entrySet().stream()
                        .map(file -> new Resource(file.getKey(), SHA256, file.getValue()))
                        .toList());
    }

    /** SHA-256 over all digests one after another. */
    String rootDigest() {
        String digests = resources.stream().map(Resource::digest).collect(Collectors.joining());
        return Sha256.hex(HexFormat.of().parseHex(digests));
    }

    /**
     * Refuses files that are not exactly these.
     *
     * @throws MalformedModelException naming the first that is not signed, absent or different
     */
    void check(SortedMap<String, String> sha256ByPath, String where)
            throws MalformedModelException {
        Map<String, String> signed =
                resources.stream().collect(Collectors.toMap(Resource::name, Resource::digest));
        for (Map.Entry<String, String> file : sha256ByPath.entrySet()) {
            String digest = signed.remove(file.getKey());
            if (digest == null) {
                throw new MalformedModelException(
                        "%s: not signed (expected: only files that %s names) in %s"
                                .formatted(file.getKey(), ModelSignature.FILE, where));
            }
            if (!digest.equals(file.getValue())) {
                throw new MalformedModelException(
                        "%s: sha256 %s (expected: %s, as signed) in %s"
                                .formatted(file.getKey(), file.getValue(), digest, where));
            }
        }
        if (!signed.isEmpty()) {
            throw new MalformedModelException(
                    "%s: absent (expected: every file that %s names) in %s"
                            .formatted(
                                    signed.keySet().stream().sorted().findFirst().orElseThrow(),
                                    ModelSignature.FILE,
                                    where));
        }
    }
}
