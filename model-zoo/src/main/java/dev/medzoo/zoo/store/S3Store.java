package dev.medzoo.zoo.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A store in a bucket of S3, or of a server that speaks as S3 does. Reading needs the permissions
 * {@code s3:GetObject} and {@code s3:ListBucket}; without the second, S3 says of what is absent
 * that it is forbidden.
 */
final class S3Store implements RemoteStore {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final int MOST_FILES = 1 << 16;
    private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);

    private final S3Location location;
    private final S3Client client;

    S3Store(S3Location location, S3Client client) {
        this.location = location;
        this.client = client;
    }

    /** The store at a location, reached as the settings of the SDK say. */
    static RemoteStore at(S3Location location) {
        return new S3Store(location, S3Clients.reading());
    }

    @Override
    public void send(String path, long from, Sink sink) throws IOException {
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(location.bucket()).key(location.key(path));
        if (from > 0) {
            request.range("bytes=%d-".formatted(from));
        }
        try (ResponseInputStream<GetObjectResponse> body = client.getObject(request.build())) {
            refuseOtherRange(path, from, body.response());
            if (!pass(path, body, sink)) {
                // Closing alone would read what nobody wants to its end.
                body.abort();
            }
        } catch (S3Exception e) {
            throw refusal(path, e);
        } catch (SdkException e) {
            throw failure(path, e);
        }
    }

    private void refuseOtherRange(String path, long from, GetObjectResponse response)
            throws RangeException {
        String range = response.contentRange();
        if (from > 0 && (range == null || !range.startsWith("bytes " + from + "-"))) {
            throw new RangeException(
                    "%s: range %s (expected: from byte %d) in %s"
                            .formatted(path, range, from, this));
        }
    }

    /** Whether the sink wanted all of it. */
    private boolean pass(String path, ResponseInputStream<GetObjectResponse> body, Sink sink)
            throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int read = read(path, body, chunk); read >= 0; read = read(path, body, chunk)) {
            if (!sink.take(ByteBuffer.wrap(chunk, 0, read))) {
                return false;
            }
        }
        return true;
    }

    private int read(String path, ResponseInputStream<GetObjectResponse> body, byte[] chunk)
            throws TransientException {
        try {
            return body.read(chunk);
        } catch (IOException e) {
            throw new TransientException(
                    "%s: connection lost (expected: the whole file) in %s: %s"
                            .formatted(path, this, e.getMessage()),
                    e);
        }
    }

    @Override
    public Optional<Set<String>> list(String folder) throws IOException {
        String top = location.key(folder);
        Set<String> paths = new HashSet<>();
        try {
            for (ListObjectsV2Response page :
                    client.listObjectsV2Paginator(
                            request -> request.bucket(location.bucket()).prefix(top))) {
                page.contents().forEach(each -> paths.add(each.key().substring(top.length())));
                if (paths.size() > MOST_FILES) {
                    throw new IOException(
                            "%s: more than %d files (expected: at most that many) in %s"
                                    .formatted(folder, MOST_FILES, this));
                }
            }
        } catch (S3Exception e) {
            throw refusal(folder, e);
        } catch (SdkException e) {
            throw failure(folder, e);
        }
        paths.remove("");
        return Optional.of(paths);
    }

    private IOException refusal(String path, S3Exception e) {
        String code = code(e);
        if (e.statusCode() == 404 && !"NoSuchBucket".equals(code)) {
            return new FileNotFoundException(
                    "%s: absent (expected: a file) in %s".formatted(path, this));
        }
        String message =
                "%s: status %d, %s (expected: 200) in %s"
                        .formatted(path, e.statusCode(), code, this);
        if (PASSING.contains(e.statusCode())) {
            return new TransientException(message, e);
        }
        return e.statusCode() == 416 ? new RangeException(message) : new IOException(message, e);
    }

    private static @Nullable String code(S3Exception e) {
        return e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    }

    /** A connection that fails may do so in passing, while missing credentials stay missing. */
    private IOException failure(String path, SdkException e) {
        return e.getCause() instanceof IOException cause
                ? new TransientException(
                        "%s: no connection (expected: a server that answers) in %s: %s"
                                .formatted(path, this, cause),
                        e)
                : new IOException(
                        "%s: not requested (expected: settings that the AWS SDK can use) in %s: %s"
                                .formatted(path, this, e.getMessage()),
                        e);
    }

    @Override
    public String toString() {
        return location.toString();
    }
}
