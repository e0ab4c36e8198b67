package dev.medzoo.serving.tls;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.medzoo.inference.GRPCInferenceServiceGrpc;
import dev.medzoo.inference.InferTensorContents;
import dev.medzoo.inference.ModelInferRequest;
import dev.medzoo.inference.ModelInferRequest.InferInputTensor;
import dev.medzoo.inference.ModelInferResponse;
import dev.medzoo.serving.Deadline;
import dev.medzoo.serving.DrawnPicture;
import dev.medzoo.serving.Server;
import dev.medzoo.serving.tls.TestCertificates.Issued;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server behind TLS, asked over gRPC. */
@Tag("slow")
class GrpcTlsTest {
    private static final ModelInferRequest ASKED =
            ModelInferRequest.newBuilder()
                    .setModelName(SKIN)
                    .addInputs(
                            InferInputTensor.newBuilder()
                                    .setName("image")
                                    .setDatatype("BYTES")
                                    .addShape(1)
                                    .setContents(
                                            InferTensorContents.newBuilder()
                                                    .addBytesContents(
                                                            ByteString.copyFrom(
                                                                    DrawnPicture.jpeg(
                                                                            320, 240, 1)))))
                    .build();

    private final TestCertificates authority = new TestCertificates("root");
    private final TlsFolder folder;

    GrpcTlsTest(@TempDir Path temp) throws Exception {
        folder = new TlsFolder(temp);
    }

    @Test
    void predictsOverTlsAlone() throws Exception {
        folder.write(authority.server());
        try (Server server = folder.start()) {
            assertThat(infer(server, trusting(authority.pem(), null)).getOutputsCount())
                    .isEqualTo(5);

            assertThat(refusal(server, InsecureChannelCredentials.create()))
                    .isEqualTo(Status.Code.UNAVAILABLE);
            String others = new TestCertificates("root").pem();
            assertThat(refusal(server, trusting(others, null))).isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void newConnectionsGetTheNewCertificate() throws Exception {
        folder.write(authority.server());
        TestCertificates next = new TestCertificates("next");
        ChannelCredentials renewed = trusting(next.pem(), null);
        try (Server server = folder.start()) {
            assertThat(refusal(server, renewed)).isEqualTo(Status.Code.UNAVAILABLE);

            folder.write(next.server());

            Deadline.await(() -> isAnswered(server, renewed));
            assertThat(refusal(server, trusting(authority.pem(), null)))
                    .isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void takesOnlyClientsOfTheAuthoritiesThatThereAreNow() throws Exception {
        TestCertificates clients = new TestCertificates("clients");
        TestCertificates others = new TestCertificates("others");
        folder.write(authority.server());
        folder.replace(folder.clients(), clients.pem());
        try (Server server =
                folder.start("client_auth=require", "client_ca_file=" + folder.clients())) {
            ChannelCredentials ward = trusting(authority.pem(), clients.client("ward"));
            ChannelCredentials other = trusting(authority.pem(), others.client("ward"));
            assertThat(isAnswered(server, ward)).isTrue();
            assertThat(refusal(server, other)).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(refusal(server, trusting(authority.pem(), null)))
                    .isEqualTo(Status.Code.UNAVAILABLE);

            folder.replace(folder.clients(), others.pem());

            Deadline.await(() -> isAnswered(server, other));
            assertThat(refusal(server, ward)).isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    /**
     * @param shown by the client, or null for none
     */
    private static ChannelCredentials trusting(String roots, @Nullable Issued shown) {
        try {
            TlsChannelCredentials.Builder credentials =
                    TlsChannelCredentials.newBuilder().trustManager(stream(roots));
            if (shown != null) {
                credentials.keyManager(stream(shown.pem()), stream(shown.keyPem()));
            }
            return credentials.build();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static ModelInferResponse infer(Server server, ChannelCredentials credentials) {
        ManagedChannel channel =
                Grpc.newChannelBuilderForAddress("localhost", server.grpcPort(), credentials)
                        .build();
        try {
            return GRPCInferenceServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(30, TimeUnit.SECONDS)
                    .modelInfer(ASKED);
        } finally {
            channel.shutdownNow();
        }
    }

    private static boolean isAnswered(Server server, ChannelCredentials credentials) {
        try {
            return infer(server, credentials).getOutputsCount() > 0;
        } catch (StatusRuntimeException e) {
            return false;
        }
    }

    private static Status.Code refusal(Server server, ChannelCredentials credentials) {
        return Objects.requireNonNull(
                        catchThrowableOfType(
                                StatusRuntimeException.class, () -> infer(server, credentials)))
                .getStatus()
                .getCode();
    }
}
