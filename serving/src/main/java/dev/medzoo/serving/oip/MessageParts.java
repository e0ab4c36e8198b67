package dev.medzoo.serving.oip;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.medzoo.serving.refusal.RefusedException;
import java.io.IOException;

/**
 * Counts what a message is made of, before it is built: each part may be two bytes that become a
 * hundred in memory. Packed floats and doubles, which stay as small as they are, count as one.
 */
final class MessageParts {
    private final CodedInputStream bytes;
    private final long maxParts;
    private long parts;

    private MessageParts(CodedInputStream bytes, long maxParts) {
        this.bytes = bytes;
        this.maxParts = maxParts;
    }

    /**
     * Reads a message without keeping anything of it.
     *
     * @throws RefusedException when it has more parts
     * @throws IOException when it is no message
     */
    static void check(byte[] message, Descriptor type, long maxParts)
            throws IOException, RefusedException {
        new MessageParts(CodedInputStream.newInstance(message), maxParts).count(type);
    }

    private void count(Descriptor type) throws IOException, RefusedException {
        for (int tag = bytes.readTag(); tag != 0; tag = bytes.readTag()) {
            add(1);
            int wire = WireFormat.getTagWireType(tag);
            FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
            if (wire == WireFormat.WIRETYPE_START_GROUP || wire == WireFormat.WIRETYPE_END_GROUP) {
                throw new InvalidProtocolBufferException("a group");
            } else if (field == null || wire != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                bytes.skipField(tag);
            } else {
                count(field);
            }
        }
    }

    /** What a field of some length holds. */
    private void count(FieldDescriptor field) throws IOException, RefusedException {
        int length = bytes.readRawVarint32();
        if (field.getJavaType() == JavaType.MESSAGE) {
            int limit = bytes.pushLimit(length);
            count(field.getMessageType());
            bytes.popLimit(limit);
            return;
        }
        JavaType number = field.getJavaType();
        if (field.isPackable() && number != JavaType.FLOAT && number != JavaType.DOUBLE) {
            add(length);
        }
        bytes.skipRawBytes(length);
    }

    private void add(int more) throws RefusedException {
        parts += more;
        if (parts > maxParts) {
            throw Refusals.because(
                    "message: too many parts (expected: at most %d, numbers packed)"
                            .formatted(maxParts));
        }
    }
}
