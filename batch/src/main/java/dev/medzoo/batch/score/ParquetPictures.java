package dev.medzoo.batch.score;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** The pictures in a column of a Parquet file. */
final class ParquetPictures implements SourcePictures {
    private final InputPart.ParquetRange part;
    private final TableFile file;
    private final Configuration configuration;
    private final List<String> column;
    private final @Nullable List<String> nameColumn;
    private @Nullable ParquetReader<Group> reader;
    private boolean ended;

    ParquetPictures(InputPart.ParquetRange part, FileSystems files) throws IOException {
        this.part = part;
        column = ParquetColumns.parts(part.column());
        nameColumn = part.nameColumn() == null ? null : ParquetColumns.parts(part.nameColumn());
        file = new TableFile(part.file().location(), files);
        configuration = new Configuration(files.configuration());
    }

    private ParquetReader<Group> reader() throws IOException {
        if (reader == null) {
            MessageType schema =
                    ParquetColumns.projected(ParquetColumns.schema(file), column, nameColumn);
            configuration.set(ReadSupport.PARQUET_READ_SCHEMA, schema.toString());
            reader =
                    new GroupReaderBuilder(file)
                            .withConf(configuration)
                            .withFileRange(part.start(), part.end())
                            .build();
        }
        return reader;
    }

    @Override
    public @Nullable SourcePicture next() throws IOException {
        if (ended) {
            return null;
        }
        String location = part.file().location();
        Group row;
        String entry;
        byte[] bytes;
        try {
            row = reader().read();
            entry = row == null ? "" : entry(row);
            bytes = row == null ? null : ParquetColumns.bytes(row, column);
        } catch (IOException | RuntimeException e) {
            ended = true;
            return SourcePicture.unreadable(location, null, file.reason(e));
        }
        if (row == null) {
            ended = true;
            return null;
        }
        if (bytes == null) {
            return SourcePicture.unreadable(
                    location,
                    entry,
                    "picture: null in %s (expected: bytes)".formatted(part.column()));
        }
        return bytes.length > FileSystems.MAX_BYTES
                ? SourcePicture.unreadable(location, entry, PictureFiles.tooLong())
                : SourcePicture.read(location, entry, bytes);
    }

    /** Its name, else its number in the file, from 0. */
    private String entry(Group row) throws IOException {
        String name = nameColumn == null ? null : ParquetColumns.text(row, nameColumn);
        return name == null ? String.valueOf(reader().getCurrentRowIndex()) : name;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}
