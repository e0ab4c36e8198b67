package dev.medzoo.serving.oip;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import dev.medzoo.inference.InferTensorContents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The elements of an output tensor. Each datatype knows its three forms. */
sealed interface TensorValues {
    /** In the protocol's words. */
    String datatype();

    /** Into a JSON array that is open. */
    void write(JsonGenerator json) throws IOException;

    /** The binary form, little-endian. */
    byte[] raw();

    InferTensorContents contents();

    /** FP32. */
    record Floats(List<Float> values) implements TensorValues {
        public Floats {
            values = List.copyOf(values);
        }

        @Override
        public String datatype() {
            return TensorSpec.FP32;
        }

        @Override
        public void write(JsonGenerator json) throws IOException {
            for (float value : values) {
                json.writeNumber(value);
            }
        }

        @Override
        public byte[] raw() {
            byte[] bytes = new byte[Float.BYTES * values.size()];
            values.forEach(littleEndian(bytes)::putFloat);
            return bytes;
        }

        @Override
        public InferTensorContents contents() {
            return InferTensorContents.newBuilder().addAllFp32Contents(values).build();
        }
    }

    /** BYTES that are texts in UTF-8. */
    record Texts(List<String> values) implements TensorValues {
        public Texts {
            values = List.copyOf(values);
        }

        @Override
        public String datatype() {
            return TensorSpec.BYTES;
        }

        @Override
        public void write(JsonGenerator json) throws IOException {
            for (String value : values) {
                json.writeString(value);
            }
        }

        @Override
        public byte[] raw() {
            List<byte[]> texts = new ArrayList<>();
            values.forEach(value -> texts.add(value.getBytes(StandardCharsets.UTF_8)));
            byte[] bytes = new byte[texts.stream().mapToInt(text -> 4 + text.length).sum()];
            ByteBuffer open = littleEndian(bytes);
            texts.forEach(text -> open.putInt(text.length).put(text));
            return bytes;
        }

        @Override
        public InferTensorContents contents() {
            InferTensorContents.Builder contents = InferTensorContents.newBuilder();
            values.forEach(value -> contents.addBytesContents(ByteString.copyFromUtf8(value)));
            return contents.build();
        }
    }

    /** BOOL. */
    record Flags(List<Boolean> values) implements TensorValues {
        public Flags {
            values = List.copyOf(values);
        }

        @Override
        public String datatype() {
            return TensorSpec.BOOL;
        }

        @Override
        public void write(JsonGenerator json) throws IOException {
            for (boolean value : values) {
                json.writeBoolean(value);
            }
        }

        @Override
        public byte[] raw() {
            byte[] bytes = new byte[values.size()];
            ByteBuffer open = littleEndian(bytes);
            values.forEach(value -> open.put((byte) (value ? 1 : 0)));
            return bytes;
        }

        @Override
        public InferTensorContents contents() {
            return InferTensorContents.newBuilder().addAllBoolContents(values).build();
        }
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
