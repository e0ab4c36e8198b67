package dev.medzoo.serving.oip;

import static java.util.stream.Collectors.joining;

import java.util.stream.IntStream;

/** Bodies of requests over REST. */
final class RestBody {
    private RestBody() {}

    static String images(int... indices) {
        String data =
                IntStream.of(indices)
                        .mapToObj(i -> '"' + Drawn.base64(i) + '"')
                        .collect(joining(",", "[", "]"));
        return json("image", "BYTES", "[" + indices.length + "]", data);
    }

    static String json(String name, String datatype, String shape, String data) {
        return "{\"inputs\":[{\"name\":\"%s\",\"datatype\":\"%s\",\"shape\":%s,\"data\":%s}]}"
                .formatted(name, datatype, shape, data);
    }

    static String binary(String name, String datatype, String shape, long size) {
        return ("{\"inputs\":[{\"name\":\"%s\",\"datatype\":\"%s\",\"shape\":%s,"
                        + "\"parameters\":{\"binary_data_size\":%d}}]}")
                .formatted(name, datatype, shape, size);
    }

    /** The same request with more fields. */
    static String with(String json, String fields) {
        return "{" + fields + "," + json.substring(1);
    }

    static String flat(int index) {
        return row(Drawn.numbers(index), 0, 3 * Drawn.SIDE * Drawn.SIDE);
    }

    static String nested(int index) {
        float[] numbers = Drawn.numbers(index);
        return IntStream.range(0, 3)
                .mapToObj(channel -> plane(numbers, channel))
                .collect(joining(",", "[", "]"));
    }

    private static String plane(float[] numbers, int channel) {
        return IntStream.range(0, Drawn.SIDE)
                .mapToObj(y -> row(numbers, (channel * Drawn.SIDE + y) * Drawn.SIDE, Drawn.SIDE))
                .collect(joining(",", "[", "]"));
    }

    private static String row(float[] numbers, int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> String.valueOf(numbers[i]))
                .collect(joining(",", "[", "]"));
    }
}
