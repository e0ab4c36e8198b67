package dev.medzoo.batch.score;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one task scores, and one file of findings holds. The same input always has the same parts,
 * on whatever machines.
 */
sealed interface InputPart extends Serializable {
    /** Everything that it consists of, line by line, for the digest of the plan. */
    List<String> lines();

    /** Bytes to read. */
    long bytes();

    /**
     * A file and what tells whether it is still the same.
     *
     * @param location an absolute path if it is local, else an address
     * @param bytes that it has
     */
    record InputFile(String location, long bytes) implements Serializable {}

    /** Some picture files. */
    record Pictures(List<InputFile> files) implements InputPart {
        public Pictures {
            files = List.copyOf(files);
        }

        @Override
        public List<String> lines() {
            return files.stream()
                    .map(file -> "picture %d %s".formatted(file.bytes(), file.location()))
                    .toList();
        }

        @Override
        public long bytes() {
            return files.stream().mapToLong(InputFile::bytes).sum();
        }
    }

    /** A tar archive of pictures, perhaps compressed by gzip. */
    record TarShard(InputFile file) implements InputPart {
        @Override
        public List<String> lines() {
            return List.of("tar %d %s".formatted(file.bytes(), file.location()));
        }

        @Override
        public long bytes() {
            return file.bytes();
        }
    }

    /**
     * The row groups of a Parquet file whose middle lies in a range.
     *
     * @param start of the range, in bytes
     * @param end of the range
     * @param column with the pictures' bytes
     * @param nameColumn with their names; null if they are numbered
     */
    record ParquetRange(
            InputFile file, long start, long end, String column, @Nullable String nameColumn)
            implements InputPart {
        @Override
        public List<String> lines() {
            return List.of(
                    "parquet %d %s %d %d %s %s"
                            .formatted(
                                    file.bytes(), file.location(), start, end, column, nameColumn));
        }

        @Override
        public long bytes() {
            return end - start;
        }
    }

    /**
     * A Parquet file of which not even the columns can be read.
     *
     * @param reason why
     */
    record UnreadTable(InputFile file, String reason) implements InputPart {
        @Override
        public List<String> lines() {
            return List.of("unread parquet %d %s".formatted(file.bytes(), file.location()));
        }

        @Override
        public long bytes() {
            return file.bytes();
        }
    }
}
