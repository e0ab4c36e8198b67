package dev.medzoo.registry.oci;

import ai.djl.MalformedModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;

/**
 * Plain files and folders of a ustar archive, one after another. Extensions, which may make a
 * reader hold or follow anything, are refused with the header that announces them.
 */
final class UstarReader {
    private static final int RECORD = TarConstants.DEFAULT_RCDSIZE;

    /** GNU tar fills up to as much. */
    private static final int MOST_PADDING = TarConstants.DEFAULT_BLKSIZE;

    private final InputStream in;
    private final Limits limits;
    private final String where;
    private long total;
    private int entries;

    /**
     * One file or folder.
     *
     * @param name a folder's ends in {@code /}
     * @param size in bytes; 0 for a folder
     */
    record Entry(String name, int size) {}

    UstarReader(InputStream in, Limits limits, String where) {
        this.in = in;
        this.limits = limits;
        this.where = where;
    }

    /** The next entry, whose content must be read before the one after it; null at the end. */
    @Nullable Entry next() throws IOException, MalformedModelException {
        byte[] header = record();
        if (isZero(header)) {
            refuseTrailingBytes();
            return null;
        }
        TarArchiveEntry entry = parse(header);
        String name = entry.getName();
        check(++entries <= limits.entries(), "entries", "more", "at most " + limits.entries());
        checkKind(entry);
        long size = entry.getSize();
        check(size >= 0 && size <= limits.fileBytes(), name, size + " bytes", mostBytes());
        total += size;
        check(total <= limits.totalBytes(), name, "too large in total", "at most " + limits);
        return new Entry(name, (int) size);
    }

    /** The content of the entry that came last. */
    byte[] content(Entry entry) throws IOException, MalformedModelException {
        byte[] bytes = in.readNBytes(entry.size());
        check(bytes.length == entry.size(), entry.name(), "truncated", entry.size() + " bytes");
        byte[] rest = in.readNBytes(Math.floorMod(-entry.size(), RECORD));
        check(isZero(rest), entry.name(), "bytes after its end", "zeros");
        return bytes;
    }

    private byte[] record() throws IOException, MalformedModelException {
        byte[] record = in.readNBytes(RECORD);
        check(record.length == RECORD, "tar", "truncated", "two records of zeros at its end");
        return record;
    }

    private TarArchiveEntry parse(byte[] header) throws MalformedModelException {
        try {
            check(
                    TarUtils.verifyCheckSum(header),
                    "tar",
                    "wrong header checksum",
                    "the correct checksum");
            return new TarArchiveEntry(header);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new MalformedModelException(
                    "tar: %s (expected: a ustar header) in %s".formatted(e.getMessage(), where), e);
        }
    }

    private void checkKind(TarArchiveEntry entry) throws MalformedModelException {
        byte kind = entry.getLinkFlag();
        boolean folder = kind == TarConstants.LF_DIR && entry.getSize() == 0;
        boolean file = kind == TarConstants.LF_NORMAL && !entry.getName().endsWith("/");
        check(
                folder || file,
                entry.getName(),
                "kind '%c'".formatted(kind & 0x7f),
                "a plain file, or a folder of size 0");
    }

    private void refuseTrailingBytes() throws IOException, MalformedModelException {
        byte[] rest = in.readNBytes(MOST_PADDING + 1);
        boolean end = rest.length >= RECORD && rest.length <= MOST_PADDING && isZero(rest);
        check(end, "tar", "no end marker", "two records of zeros, then nothing");
    }

    private String mostBytes() {
        return "at most %d bytes".formatted(limits.fileBytes());
    }

    private void check(boolean holds, String name, String seen, String expected)
            throws MalformedModelException {
        if (!holds) {
            throw new MalformedModelException(
                    "%s: %s (expected: %s) in %s".formatted(name, seen, expected, where));
        }
    }

    private static boolean isZero(byte[] bytes) {
        for (byte one : bytes) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }
}
