package dev.medzoo.zoo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What shows of an object store without a server. */
class ObjectStoreTest {
    private static final Map<String, String> SETTINGS =
            Map.of("aws.accessKeyId", "a", "aws.secretAccessKey", "b", "aws.region", "eu-west-1");

    @AfterEach
    void forgetSettings() {
        SETTINGS.keySet().forEach(System::clearProperty);
        System.clearProperty("aws.endpointUrlS3");
    }

    @ParameterizedTest
    @CsvSource({
        "s3://zoo, zoo, '', s3://zoo/",
        "S3://zoo/, zoo, '', s3://zoo/",
        "s3://my.zoo-1/a/b_c, my.zoo-1, a/b_c/, s3://my.zoo-1/a/b_c/",
    })
    void aLocationIsABucketAndAPrefix(
            String location, String bucket, String prefix, String written) {
        S3Location place = S3Location.parse(location);
        assertThat(place).isEqualTo(new S3Location(bucket, prefix)).hasToString(written);
        assertThat(place.path(place.key("index.json"))).isEqualTo("index.json");
        assertThat(S3Location.parse(written)).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://", "s3://Zoo", "s3://zoo//a", "s3://zoo/../a", "s3://zoo/a?b"})
    void refusesAnyOtherForm(String location) {
        assertThatThrownBy(() -> Store.open(location))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "store: %s (expected: s3://bucket or s3://bucket/prefix)"
                                .formatted(location));
    }

    @Test
    void saysThatNobodyAnswers(@TempDir Path cache) throws Exception {
        SETTINGS.forEach(System::setProperty);
        System.setProperty("aws.endpointUrlS3", "http://localhost:" + closedPort());
        List<Duration> waits = new ArrayList<>();
        CachedStore store =
                new CachedStore(
                        S3Store.at(S3Location.parse("s3://zoo/models")),
                        cache,
                        false,
                        TestStores.time(waits));
        assertThatThrownBy(() -> store.read("index.json", 9))
                .isInstanceOf(IOException.class)
                .hasMessageMatching(
                        "index.json: no connection \\(expected: a server that answers\\) in s3://zoo/models/: .*Connection refused.*, tried 6 times");
        assertThat(waits).hasSize(Retry.MOST - 1);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void saysThatTheSdkIsMissing() throws Exception {
        try (URLClassLoader without =
                new URLClassLoader(
                        classPathWithout("awssdk"), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = without.loadClass(Store.class.getName());
            assertThat(type.getMethod("open", String.class).invoke(null, "folder")).isNotNull();
            assertThatThrownBy(
                            () ->
                                    type.getMethod("open", String.class)
                                            .invoke(null, "s3://zoo/models"))
                    .cause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "store: s3://zoo/models needs the AWS SDK (expected: software.amazon.awssdk:s3 and :url-connection-client on the class path)");
        }
    }

    private static URL[] classPathWithout(String word) throws IOException {
        List<URL> urls = new ArrayList<>();
        String all = System.getProperty("java.class.path");
        for (String path : all.split(Pattern.quote(File.pathSeparator), -1)) {
            if (!path.contains(word)) {
                urls.add(Path.of(path).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }
}
