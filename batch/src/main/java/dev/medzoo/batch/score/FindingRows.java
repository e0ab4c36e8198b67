package dev.medzoo.batch.score;

import dev.medzoo.translate.finding.ClassProbability;
import dev.medzoo.translate.finding.ConformalSet;
import dev.medzoo.translate.finding.Finding;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** The columns of the findings' files. */
final class FindingRows {
    /** As Spark writes them: a map and a list of its own form. */
    private static final String FINDING =
            """
            optional binary label (STRING);
            optional double probability;
            optional group probabilities (MAP) {
              repeated group key_value {
                required binary key (STRING);
                required double value;
              }
            }
            optional group conformalSet (LIST) {
              repeated group list {
                required binary element (STRING);
              }
            }
            optional boolean abstained;
            optional boolean unlikeTraining;
            required binary model (STRING);
            required binary version (STRING);
            required binary digest (STRING);
            optional binary error (STRING);
            """;

    static final MessageType SCHEMA =
            schema(
                    "medzoo_findings",
                    """
                    optional binary entry (STRING);
                    optional binary sha256 (STRING);
                    """);

    private static final SimpleGroupFactory ROWS = new SimpleGroupFactory(SCHEMA);

    private FindingRows() {}

    /**
     * The columns of a file.
     *
     * @param name of the schema
     * @param place columns between the file's name and the finding
     */
    static MessageType schema(String name, String place) {
        return MessageTypeParser.parseMessageType(
                "message %s { required binary file (STRING);%n%s%s}"
                        .formatted(name, place, FINDING));
    }

    static Group row(ScoredPicture scored, ModelSource model) {
        Group row = ROWS.newGroup();
        row.add("file", scored.file());
        if (scored.entry() != null) {
            row.add("entry", scored.entry());
        }
        if (scored.sha256() != null) {
            row.add("sha256", scored.sha256());
        }
        add(row, scored, model);
        return row;
    }

    /** The columns that say what which model finds, or why there is nothing. */
    static void add(Group row, ScoredPicture scored, ModelSource model) {
        if (scored.finding() != null) {
            add(row, scored.finding());
        }
        row.add("model", model.name());
        row.add("version", model.version());
        row.add("digest", model.digest());
        if (scored.error() != null) {
            row.add("error", scored.error());
        }
    }

    private static void add(Group row, Finding finding) {
        row.add("label", finding.label());
        row.add("probability", finding.probability());
        Group probabilities = row.addGroup("probabilities");
        for (ClassProbability each : finding.probabilities()) {
            Group pair = probabilities.addGroup("key_value");
            pair.add("key", each.label());
            pair.add("value", each.probability());
        }
        ConformalSet set = finding.set();
        if (set != null) {
            Group labels = row.addGroup("conformalSet");
            set.labels().forEach(label -> labels.addGroup("list").add("element", label));
        }
        row.add("abstained", finding.abstained());
        if (finding.outOfDistribution() != null) {
            row.add("unlikeTraining", finding.isUnlikeTraining());
        }
    }
}
