package dev.medzoo.registry;

import dev.medzoo.zoo.store.S3Location;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The requests by which a store in a bucket is changed, each by the path of a file. */
final class S3Objects {
    /** What S3 answers when a condition does not hold; of an object that is gone it says 404. */
    private static final Set<Integer> CONFLICTS = Set.of(404, 409, 412);

    private final S3Location location;
    private final S3Client client;

    S3Objects(S3Location location, S3Client client) {
        this.location = location;
        this.client = client;
    }

    /** An object as it was read or written. Its ETag changes with its content. */
    static final class Stored {
        private final byte[] content;
        private final String etag;

        private Stored(byte[] content, String etag) {
            this.content = content;
            this.etag = etag;
        }

        byte[] content() {
            return content.clone();
        }

        String etag() {
            return etag;
        }
    }

    /** A request to S3. */
    private interface Request<T> {
        T send();
    }

    /** Reads an object, or says by null that there is none. */
    @Nullable Stored get(String path) throws IOException {
        return send(path, () -> find(location.key(path))).orElse(null);
    }

    private Optional<Stored> find(String key) {
        try {
            ResponseBytes<GetObjectResponse> object =
                    client.getObjectAsBytes(get -> get.bucket(location.bucket()).key(key));
            return Optional.of(new Stored(object.asByteArray(), object.response().eTag()));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    /** Writes an object, whatever there was. */
    void put(String path, byte[] content) throws IOException {
        put(path, content, request -> {});
    }

    /**
     * Writes an object where there is none, or in the place of the one that was read.
     *
     * @param before the one that was read, or null for none
     * @return the new one
     * @throws ConflictException when there is another meanwhile
     */
    Stored replace(String path, byte[] content, @Nullable Stored before) throws IOException {
        try {
            String etag =
                    put(
                            path,
                            content,
                            request -> {
                                if (before == null) {
                                    request.ifNoneMatch("*");
                                } else {
                                    request.ifMatch(before.etag());
                                }
                            });
            return new Stored(content, etag);
        } catch (ConflictException e) {
            // The answer to a first attempt may have been lost, and this be that to a second.
            Stored now = get(path);
            if (now != null && Arrays.equals(content, now.content())) {
                return now;
            }
            throw e;
        }
    }

    private String put(String path, byte[] content, Consumer<PutObjectRequest.Builder> condition)
            throws IOException {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(location.bucket()).key(location.key(path));
        condition.accept(request);
        return send(
                path,
                () -> client.putObject(request.build(), RequestBody.fromBytes(content)).eTag());
    }

    /** Removes an object, if it is there. */
    void delete(String path) throws IOException {
        send(path, () -> client.deleteObject(deletion(path).build()));
    }

    /**
     * Removes an object.
     *
     * @throws ConflictException when it is another meanwhile
     */
    void delete(String path, Stored stored) throws IOException {
        send(path, () -> client.deleteObject(deletion(path).ifMatch(stored.etag()).build()));
    }

    private DeleteObjectRequest.Builder deletion(String path) {
        return DeleteObjectRequest.builder().bucket(location.bucket()).key(location.key(path));
    }

    /** All objects whose paths begin alike. */
    List<S3Object> list(String folder) throws IOException {
        return send(
                folder,
                () ->
                        client
                                .listObjectsV2Paginator(
                                        list ->
                                                list.bucket(location.bucket())
                                                        .prefix(location.key(folder)))
                                .contents()
                                .stream()
                                .toList());
    }

    private <T> T send(String path, Request<T> request) throws IOException {
        try {
            return request.send();
        } catch (S3Exception e) {
            String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
            String message =
                    "%s: status %d, %s (expected: 200) in %s"
                            .formatted(path, e.statusCode(), code, location);
            throw CONFLICTS.contains(e.statusCode()) && !code.equals("NoSuchBucket")
                    ? new ConflictException(message, e)
                    : new IOException(message, e);
        } catch (SdkException e) {
            throw new IOException(
                    "%s: failed (expected: a server that answers) in %s: %s"
                            .formatted(path, location, e.getMessage()),
                    e);
        }
    }

    @Override
    public String toString() {
        return location.toString();
    }
}
