package dev.medzoo.zoo.network;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Deserialises the configuration that {@code type} names; without a type, the paper's network. */
final class NetworkConfigReader extends StdDeserializer<NetworkConfig> {
    private static final long serialVersionUID = 1;
    private static final String TYPE = "type";

    NetworkConfigReader() {
        super(NetworkConfig.class);
    }

    @Override
    public NetworkConfig deserialize(JsonParser parser, DeserializationContext context)
            throws IOException {
        if (!(context.readTree(parser) instanceof ObjectNode object)) {
            throw JsonMappingException.from(parser, "network: not an object (expected: an object)");
        }
        JsonNode type = object.remove(TYPE);
        return context.readTreeAsValue(object, type(type, parser).config());
    }

    private static NetworkType type(JsonNode type, JsonParser parser) throws JsonMappingException {
        if (type == null) {
            return NetworkType.DCNN;
        }
        try {
            return NetworkType.parse(type.isTextual() ? type.textValue() : type.toString());
        } catch (IllegalArgumentException e) {
            throw JsonMappingException.from(parser, e.getMessage(), e);
        }
    }
}
