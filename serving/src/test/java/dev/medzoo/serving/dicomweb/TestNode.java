package dev.medzoo.serving.dicomweb;

import dev.medzoo.serving.dicomweb.Connection.Credentials;
import dev.medzoo.serving.dicomweb.DicomNode.Parts;
import dev.medzoo.serving.dicomweb.NodeException.Remedy;
import dev.medzoo.translate.finding.ClassProbability;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.ModelIdentity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a node is made of that watches one study of an archive, and whose model says one thing. */
final class TestNode {
    static final Duration PATIENT = Duration.ofMinutes(1);

    private TestNode() {}

    static DicomWebSettings settings(String root, int study, Path state) {
        return new DicomWebSettings(
                DicomWebSettings.parseRoot(root),
                "StudyInstanceUID=" + MadeDicom.study(study),
                "model",
                null,
                state,
                null,
                null,
                Duration.ofMillis(50),
                PATIENT,
                2,
                1000,
                1 << 20);
    }

    static DicomWebClient client(DicomWebSettings settings, Credentials credentials) {
        return new DicomWebClient(settings, new Connection(null, credentials, settings.timeout()));
    }

    /** What a model says that refuses what is burned in, as the decoder does. */
    static Finding finding(Instance instance, byte[] file) throws NodeException {
        if (new String(file, StandardCharsets.ISO_8859_1).contains("CS\4\0YES ")) {
            throw new NodeException(Remedy.NONE, "prediction: burned in");
        }
        ModelIdentity model = new ModelIdentity("model", "1.0.0", "sha256:" + "ab".repeat(32));
        return new Finding(
                model,
                "nevus",
                0.75,
                List.of(new ClassProbability("nevus", 0.75), new ClassProbability("other", 0.25)),
                false,
                null,
                null);
    }

    static Parts parts(DicomWebSettings settings) {
        return new Parts(
                client(settings, () -> Optional.of(Orthanc.AUTHORIZATION)),
                TestNode::finding,
                new ReportMaker(),
                new JournalFile());
    }
}
