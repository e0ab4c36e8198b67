package dev.medzoo.zoo.store;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Connections to object stores, as the settings of the AWS SDK say: credentials, region, and in
 * {@code AWS_ENDPOINT_URL_S3} or {@code AWS_ENDPOINT_URL} a server other than Amazon's, whose
 * buckets are then asked for by path.
 */
public final class S3Clients {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(10);

    private S3Clients() {}

    /** Each request once: a {@link CachedStore} tries again by itself. */
    static S3Client reading() {
        return open(AwsRetryStrategy.doNotRetry());
    }

    /**
     * Each request up to three times, and ten minutes.
     *
     * @param watchers told of each request
     */
    public static S3Client writing(ExecutionInterceptor... watchers) {
        return open(AwsRetryStrategy.standardRetryStrategy(), watchers);
    }

    private static S3Client open(RetryStrategy retries, ExecutionInterceptor... watchers) {
        S3Client client = builder(retries, watchers).build();
        if (client.serviceClientConfiguration().endpointOverride().isEmpty()) {
            return client;
        }
        client.close();
        return builder(retries, watchers).forcePathStyle(true).build();
    }

    private static S3ClientBuilder builder(
            RetryStrategy retries, ExecutionInterceptor... watchers) {
        return withoutChecksums(S3Client.builder())
                .httpClientBuilder(
                        UrlConnectionHttpClient.builder()
                                .connectionTimeout(CONNECT)
                                .socketTimeout(SILENCE))
                .region(region())
                .crossRegionAccessEnabled(true)
                .overrideConfiguration(
                        settings -> {
                            settings.retryStrategy(retries).apiCallTimeout(CALL_TIMEOUT);
                            for (ExecutionInterceptor watcher : watchers) {
                                settings.addExecutionInterceptor(watcher);
                            }
                        });
    }

    /**
     * Checksums only where S3 demands them: not every server knows them, and we check digests. The
     * SDK has none to turn off before 2.30, which Spark's own jars for S3 still have.
     */
    private static S3ClientBuilder withoutChecksums(S3ClientBuilder builder) {
        try {
            return builder.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        } catch (LinkageError e) {
            return builder;
        }
    }

    /** Any will do where none is set: a bucket elsewhere says where it is. */
    private static Region region() {
        try {
            return new AwsRegionProviderChain(
                            new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                    .getRegion();
        } catch (SdkClientException e) {
            return Region.US_EAST_1;
        }
    }
}
