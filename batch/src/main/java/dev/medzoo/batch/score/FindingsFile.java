package dev.medzoo.batch.score;

import dev.medzoo.zoo.format.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.GroupWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** How a file of findings is written; its footer says of which run it is. */
final class FindingsFile extends WriteSupport<Group> {
    private final String run;
    private final MessageType schema;
    private final PartCounts.Counter counter = new PartCounts.Counter();
    private long passedOver;
    private @Nullable GroupWriter groups;

    /**
     * @param run that it is of
     * @param schema of its rows
     */
    FindingsFile(String run, MessageType schema) {
        this.run = run;
        this.schema = schema;
    }

    ParquetWriter<Group> writer(Path file, Configuration configuration) throws IOException {
        return new Builder(HadoopOutputFile.fromPath(file, configuration), this)
                .withConf(configuration)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .build();
    }

    /** Counts a picture whose row is written. */
    void count(ScoredPicture scored) {
        counter.add(scored);
    }

    /** So many entries were no pictures; to be said before the file is closed. */
    void passedOver(long count) {
        passedOver = count;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract, so there is no other
    public WriteContext init(Configuration configuration) {
        return new WriteContext(schema, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
        groups = new GroupWriter(consumer, schema);
    }

    @Override
    public void write(Group row) {
        if (groups == null) {
            throw new IllegalStateException("findings: not begun (expected: prepareForWrite)");
        }
        groups.write(row);
    }

    @Override
    public FinalizedWriteContext finalizeWrite() {
        // In the same order in every process, so that the same rows are the same bytes.
        SortedMap<String, String> said = new TreeMap<>();
        said.put(OutFolder.RUN_DIGEST, run);
        said.put(
                OutFolder.COUNTS,
                new String(Json.write(counter.counts(passedOver)), StandardCharsets.UTF_8));
        return new FinalizedWriteContext(said);
    }

    private static final class Builder extends ParquetWriter.Builder<Group, Builder> {
        private final FindingsFile support;

        Builder(OutputFile file, FindingsFile support) {
            super(file);
            this.support = support;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract, so there is no other
        protected WriteSupport<Group> getWriteSupport(Configuration configuration) {
            return support;
        }
    }
}
