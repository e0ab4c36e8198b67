package dev.medzoo.serving.oip;

import com.google.protobuf.Message;
import dev.medzoo.serving.refusal.RefusedException;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Validates the bytes of every message before parsing, and reports faults to the client. */
final class GrpcMessages implements ServerInterceptor {
    /** Of a message, beside its pictures. */
    private static final long MAX_PARTS = 10_000;

    private static final Status BROKEN =
            Status.INVALID_ARGUMENT.withDescription(
                    "message: malformed (expected: a complete one)");

    private final ServerServiceDefinition service;
    private final long maxParts;

    private GrpcMessages(ServerServiceDefinition service, long maxParts) {
        this.service = service;
        this.maxParts = maxParts;
    }

    /**
     * The same service, behind it.
     *
     * @param maxPictures in one request
     */
    static ServerServiceDefinition of(ServerServiceDefinition service, int maxPictures) {
        return ServerInterceptors.intercept(
                ServerInterceptors.useInputStreamMessages(service),
                new GrpcMessages(service, MAX_PARTS + maxPictures));
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        return new Checked<>(
                next.startCall(call, headers), call, builder(service.getMethod(method)), maxParts);
    }

    private static <M> Builder<M> builder(ServerMethodDefinition<M, ?> method) {
        MethodDescriptor<M, ?> descriptor = method.getMethodDescriptor();
        return new Builder<>((PrototypeMarshaller<M>) descriptor.getRequestMarshaller());
    }

    /** Makes messages of bytes. */
    private record Builder<M>(PrototypeMarshaller<M> marshaller) {
        /** The message, in the stream that its service's marshaller takes it out of again. */
        InputStream build(InputStream in, long maxParts) throws IOException, RefusedException {
            Message type = (Message) Objects.requireNonNull(marshaller.getMessagePrototype());
            byte[] bytes =
                    in instanceof KnownLength ? in.readNBytes(in.available()) : in.readAllBytes();
            MessageParts.check(bytes, type.getDescriptorForType(), maxParts);
            Message message = type.getParserForType().parseFrom(bytes);
            return marshaller.stream(marshaller.getMessageClass().cast(message));
        }
    }

    /** Ends a call whose message is refused, and gives the service nothing of it. */
    private static final class Checked<Q> extends SimpleForwardingServerCallListener<Q> {
        private final ServerCall<Q, ?> call;
        private final Builder<?> builder;
        private final long maxParts;
        private boolean isRefused;

        Checked(
                ServerCall.Listener<Q> service,
                ServerCall<Q, ?> call,
                Builder<?> builder,
                long maxParts) {
            super(service);
            this.call = call;
            this.builder = builder;
            this.maxParts = maxParts;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void onMessage(Q bytes) {
            if (isRefused) {
                return;
            }
            InputStream message;
            try {
                message = builder.build((InputStream) bytes, maxParts);
            } catch (RefusedException e) {
                refuse(GrpcRefusal.status(e.refusal()));
                return;
            } catch (IOException e) {
                refuse(BROKEN);
                return;
            } catch (StatusRuntimeException e) {
                // Too large, once unpacked.
                refuse(e.getStatus());
                return;
            }
            super.onMessage((Q) message);
        }

        private void refuse(Status status) {
            isRefused = true;
            call.close(status, new Metadata());
        }

        @Override
        public void onHalfClose() {
            if (!isRefused) {
                super.onHalfClose();
            }
        }
    }
}
