package dev.medzoo.batch.score;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Where files are: those of this machine through Java, all others through Hadoop. Hadoop's own way
 * to local files knows no name with a colon, and keeps checksums beside them.
 */
final class FileSystems {
    /** Longest picture, that of {@code medzoo predict}. */
    static final int MAX_BYTES = 64 << 20;

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    /** How often Hadoop tries again to connect to a host that says nothing, for 20 seconds each. */
    private static final String RETRIES = "ipc.client.connect.max.retries.on.timeouts";

    private static final int MOST_RETRIES = 2;

    private final Configuration configuration;

    FileSystems(Configuration configuration) {
        this.configuration = new Configuration(configuration);
        this.configuration.setClassLoader(FileSystems.class.getClassLoader());
        this.configuration.set("fs.file.impl", PlainLocalFileSystem.class.getName());
        this.configuration.setBoolean("fs.file.impl.disable.cache", true);
        String[] sources = this.configuration.getPropertySources(RETRIES);
        if (sources == null || List.of(sources).contains("core-default.xml")) {
            // Hadoop's own 45 keep a person waiting for a quarter of an hour.
            this.configuration.setInt(RETRIES, MOST_RETRIES);
        }
    }

    /** Hadoop's settings, by which local files have no checksums beside them. */
    Configuration configuration() {
        return configuration;
    }

    /** Whether a location, as {@link #locate} gives it, is a file of this machine. */
    static boolean isLocal(String location) {
        return !ADDRESS.matcher(location).matches();
    }

    /** Makes what a person wrote an absolute path if it is local, else an address. */
    String locate(String written) {
        if (ADDRESS.matcher(written).matches()) {
            return written.startsWith("file:")
                    ? Path.of(URI.create(written.replaceFirst("^file:/*", "file:///"))).toString()
                    : written;
        }
        URI usual = FileSystem.getDefaultUri(configuration);
        return "file".equals(usual.getScheme())
                ? Path.of(written).toAbsolutePath().normalize().toString()
                : hadoop(written).makeQualified(usual, hadoop("/")).toString();
    }

    static org.apache.hadoop.fs.Path hadoop(String location) {
        return isLocal(location) && location.contains(":")
                ? new org.apache.hadoop.fs.Path(Path.of(location).toUri())
                : new org.apache.hadoop.fs.Path(location);
    }

    /** The path of a location, by which Hadoop finds it whatever its default is. */
    static org.apache.hadoop.fs.Path path(String location) {
        return isLocal(location)
                ? new org.apache.hadoop.fs.Path(Path.of(location).toUri())
                : new org.apache.hadoop.fs.Path(location);
    }

    /**
     * The file system of a location.
     *
     * @throws IOException if it cannot be reached, or nothing on the class path knows it
     */
    FileSystem of(String location) throws IOException {
        try {
            return path(location).getFileSystem(configuration);
        } catch (UnsupportedFileSystemException e) {
            throw new IOException(unknown(location), e);
        } catch (RuntimeException e) {
            // Hadoop knows the name s3a, and not the class.
            if (e.getCause() instanceof ClassNotFoundException) {
                throw new IOException(unknown(location), e);
            }
            throw e;
        }
    }

    private static String unknown(String location) {
        return "%s: no file system for %s (expected: its jars with Spark, such as hadoop-aws of Hadoop's version for s3a:)"
                .formatted(location, URI.create(location.replaceFirst(":.*", ":/")).getScheme());
    }

    /**
     * Says in one line that a location cannot be used.
     *
     * @param option that names it
     * @param e why
     * @param expected instead
     */
    static IOException refused(String option, String location, Exception e, String expected) {
        String message = e.getMessage();
        if (message != null && message.contains("(expected: ")) {
            return new IOException(
                    message.startsWith(option) ? message : "%s: %s".formatted(option, message), e);
        }
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String why = String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
        return new IOException(
                "%s: %s: %s (expected: %s)"
                        .formatted(
                                option,
                                location,
                                deepest instanceof UnknownHostException
                                        ? "unknown host " + why
                                        : why,
                                expected),
                e);
    }

    /** Refuses what is no file, such as a pipe, which nobody may ever write into. */
    static void refusePipe(String location) throws FileSystemException {
        if (isLocal(location)
                && Files.exists(Path.of(location))
                && !Files.isRegularFile(Path.of(location))) {
            throw new FileSystemException(location, null, "no regular file");
        }
    }

    /** Opens a file. */
    InputStream open(String location) throws IOException {
        refusePipe(location);
        return isLocal(location)
                ? Files.newInputStream(Path.of(location))
                : of(location).open(path(location));
    }
}
