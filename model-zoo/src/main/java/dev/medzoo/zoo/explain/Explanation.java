package dev.medzoo.zoo.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.Json;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.PictureArea;

/**
 * A heat map of the model's evidence for a class in a picture. It does not say why, and it is no
 * segmentation: {@code docs/explanations.md}.
 *
 * @param finding of the picture
 * @param method that the map was computed with
 * @param label of the class whose evidence it shows
 * @param picture size of the picture, upright
 * @param area part of the picture that the network saw and the map covers
 * @param map higher values are more evidence
 */
public record Explanation(
        Finding finding,
        ExplanationMethod method,
        String label,
        InputSize picture,
        PictureArea area,
        HeatMap map) {

    /** Values of a map are rounded to so many parts of one. */
    private static final double PARTS = 1e4;

    /**
     * One JSON object: {@code model}, {@code version}, {@code digest}, {@code method}, {@code
     * class}, {@code width} and {@code height} of the picture, {@code area} ({@code x}, {@code y},
     * {@code width}, {@code height} in its pixels), {@code grid} ({@code width}, {@code height} in
     * cells), {@code map} (row by row from the top left, in [0, 1]), {@code finding} as {@link
     * Finding#toJson} writes it, {@code notice}.
     */
    public String toJson() {
        ObjectNode json =
                Json.MAPPER
                        .createObjectNode()
                        .put("model", finding.model().name())
                        .put("version", finding.model().version())
                        .put("digest", finding.model().digest())
                        .put("method", method.word())
                        .put("class", label)
                        .put("width", picture.width())
                        .put("height", picture.height());
        json.set("area", Json.MAPPER.valueToTree(area));
        json.putObject("grid").put("width", map.width()).put("height", map.height());
        ArrayNode numbers = json.putArray("map");
        for (float value : map.values()) {
            numbers.add(Math.round(value * PARTS) / PARTS);
        }
        try {
            json.set("finding", Json.MAPPER.readTree(finding.toJson()));
            json.put("notice", Finding.NOTICE);
            return Json.MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("explanation: " + this + " (expected: writable)", e);
        }
    }
}
