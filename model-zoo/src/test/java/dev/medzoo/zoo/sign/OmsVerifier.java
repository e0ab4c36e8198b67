package dev.medzoo.zoo.sign;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * OpenSSF Model Signing 1.0 for a folder, written from its specification and from those of DSSE and
 * in-toto; it shares no code with what it is to check. The numbers are the specification's
 * sections.
 */
final class OmsVerifier {
    private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
    private static final String STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
    private static final String PREDICATE_TYPE = "https://model_signing/signature/v1.0";
    private static final Set<String> GIT =
            Set.of(".git", ".gitignore", ".gitattributes", ".github");
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private final Path folder;
    private final Path signature;

    /** A model's folder, and the bundle's file, which is never part of the model (6.2). */
    OmsVerifier(Path folder, Path signature) {
        this.folder = folder;
        this.signature = signature;
    }

    /** What fails. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }

    /** 8.2, {@code key}. */
    void verify(String publicKeyPem) throws IOException, GeneralSecurityException, Refused {
        JsonNode bundle = bundle();
        JsonNode hint = bundle.at("/verificationMaterial/publicKey/hint");
        demand(hint.isTextual(), "no hint");
        String fingerprint = hex(sha256(publicKeyPem.getBytes(StandardCharsets.US_ASCII)));
        demand(hint.textValue().equals(fingerprint), "another key");
        verify(bundle, publicKey(publicKeyPem));
    }

    /** 8.2, {@code certificate}. */
    void verify(X509Certificate root, Date now)
            throws IOException, GeneralSecurityException, Refused {
        JsonNode bundle = bundle();
        CertificateFactory x509 = CertificateFactory.getInstance("X.509");
        List<X509Certificate> chain = new ArrayList<>();
        for (JsonNode each : bundle.at("/verificationMaterial/x509CertificateChain/certificates")) {
            byte[] der = Base64.getDecoder().decode(each.path("rawBytes").textValue());
            chain.add((X509Certificate) x509.generateCertificate(new ByteArrayInputStream(der)));
        }
        demand(!chain.isEmpty(), "no certificates");
        X509Certificate leaf = chain.get(0);
        chain.remove(root);
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(now);
        CertPathValidator.getInstance("PKIX").validate(x509.generateCertPath(chain), parameters);
        verify(bundle, leaf.getPublicKey());
    }

    /** 6, {@code key}. */
    byte[] sign(PrivateKey key, String publicKeyPem) throws IOException, GeneralSecurityException {
        ObjectNode statement = JSON.createObjectNode().put("_type", STATEMENT_TYPE);
        ObjectNode subject = statement.putArray("subject").addObject();
        statement.put("predicateType", PREDICATE_TYPE);
        ObjectNode predicate = statement.putObject("predicate");
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        for (String name : enumerate(GIT)) {
            byte[] digest = sha256(Files.readAllBytes(folder.resolve(name)));
            digests.writeBytes(digest);
            predicate
                    .withArray("/resources")
                    .addObject()
                    .put("digest", hex(digest))
                    .put("algorithm", "sha256")
                    .put("name", name);
        }
        predicate
                .putObject("serialization")
                .put("method", "files")
                .put("allow_symlinks", false)
                .put("hash_type", "sha256");
        subject.put("name", folder.getFileName().toString());
        subject.putObject("digest").put("sha256", hex(sha256(digests.toByteArray())));
        byte[] payload = JSON.writeValueAsBytes(statement);
        Signature ecdsa = Signature.getInstance("SHA256withECDSA");
        ecdsa.initSign(key);
        ecdsa.update(pae(payload));
        ObjectNode bundle = JSON.createObjectNode().put("mediaType", MEDIA_TYPE);
        bundle.putObject("verificationMaterial")
                .putObject("publicKey")
                .put("hint", hex(sha256(publicKeyPem.getBytes(StandardCharsets.US_ASCII))));
        ObjectNode envelope = bundle.putObject("dsseEnvelope");
        envelope.put("payload", Base64.getEncoder().encodeToString(payload));
        envelope.put("payloadType", PAYLOAD_TYPE);
        envelope.putArray("signatures")
                .addObject()
                .put("sig", Base64.getEncoder().encodeToString(ecdsa.sign()));
        return JSON.writeValueAsBytes(bundle);
    }

    private JsonNode bundle() throws IOException, Refused {
        JsonNode bundle = JSON.readTree(Files.readAllBytes(signature));
        demand(bundle.path("mediaType").asText().equals(MEDIA_TYPE), "media type");
        demandFields(bundle, "mediaType", "verificationMaterial", "dsseEnvelope");
        return bundle;
    }

    private void verify(JsonNode bundle, PublicKey key)
            throws IOException, GeneralSecurityException, Refused {
        JsonNode envelope = bundle.path("dsseEnvelope");
        demandFields(envelope, "payload", "payloadType", "signatures");
        demand(envelope.path("payloadType").asText().equals(PAYLOAD_TYPE), "payload type");
        demand(envelope.path("signatures").size() == 1, "signatures");
        byte[] payload = Base64.getDecoder().decode(envelope.path("payload").textValue());
        Signature ecdsa = Signature.getInstance("SHA256withECDSA");
        ecdsa.initVerify(key);
        ecdsa.update(pae(payload));
        String signed = envelope.at("/signatures/0/sig").textValue();
        demand(ecdsa.verify(Base64.getDecoder().decode(signed)), "signature");
        verify(JSON.readTree(payload));
    }

    /** 8.3 and 8.4. */
    private void verify(JsonNode statement) throws IOException, GeneralSecurityException, Refused {
        demandFields(statement, "_type", "subject", "predicateType", "predicate");
        demand(statement.path("_type").asText().equals(STATEMENT_TYPE), "statement's type");
        demand(statement.path("predicateType").asText().equals(PREDICATE_TYPE), "predicate's type");
        demand(statement.path("subject").size() == 1, "subjects");
        JsonNode predicate = statement.path("predicate");
        demandFields(predicate, "resources", "serialization");
        JsonNode how = predicate.path("serialization");
        demand(how.path("method").asText().equals("files"), "method");
        demand(how.path("hash_type").asText().equals("sha256"), "hash type");
        demand(how.path("allow_symlinks").isBoolean(), "allow_symlinks");
        demand(!how.path("allow_symlinks").booleanValue(), "symbolic links");
        Set<String> ignored = new TreeSet<>(GIT);
        how.path("ignore_paths").forEach(path -> ignored.add(path.textValue()));
        demandFiles(predicate.path("resources"), enumerate(ignored));
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        for (JsonNode resource : predicate.path("resources")) {
            digests.writeBytes(HexFormat.of().parseHex(resource.path("digest").textValue()));
        }
        String root = statement.at("/subject/0/digest/sha256").asText();
        demand(root.equals(hex(sha256(digests.toByteArray()))), "root digest");
    }

    private void demandFiles(JsonNode resources, Set<String> files)
            throws IOException, GeneralSecurityException, Refused {
        demand(!resources.isEmpty(), "no resources");
        Set<String> unsigned = new TreeSet<>(files);
        String before = "";
        for (JsonNode resource : resources) {
            String name = resource.path("name").textValue();
            demand(before.compareTo(name) < 0, "order: " + name);
            before = name;
            demand(resource.path("algorithm").asText().equals("sha256"), "algorithm: " + name);
            demand(unsigned.remove(name), "absent: " + name);
            String digest = hex(sha256(Files.readAllBytes(folder.resolve(name))));
            demand(resource.path("digest").asText().equals(digest), "differs: " + name);
        }
        demand(unsigned.isEmpty(), "unsigned: " + unsigned);
    }

    /** 6.1: every file below the folder, by its path with {@code /}, in order. */
    private Set<String> enumerate(Set<String> ignored) throws IOException {
        TreeMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                boolean left = ignored.stream().anyMatch(each -> isWithin(name, each));
                if (!path.equals(signature) && !left && !Files.isDirectory(path)) {
                    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                        throw new IOException("link: " + name);
                    }
                    files.put(name, path);
                }
            }
        }
        return files.keySet();
    }

    private static boolean isWithin(String name, String ignored) {
        return name.equals(ignored) || name.startsWith(ignored + "/");
    }

    /** DSSE: {@code "DSSEv1" SP LEN(type) SP type SP LEN(body) SP body}. */
    private static byte[] pae(byte[] body) {
        byte[] type = PAYLOAD_TYPE.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("DSSEv1 " + type.length + " ").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(type);
        bytes.writeBytes((" " + body.length + " ").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    private static PublicKey publicKey(String pem) throws GeneralSecurityException {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    private static void demandFields(JsonNode node, String... names) throws Refused {
        Set<String> seen = new TreeSet<>();
        node.fieldNames().forEachRemaining(seen::add);
        demand(seen.equals(Set.of(names)), "fields: " + seen);
    }

    private static void demand(boolean holds, String what) throws Refused {
        if (!holds) {
            throw new Refused(what);
        }
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
