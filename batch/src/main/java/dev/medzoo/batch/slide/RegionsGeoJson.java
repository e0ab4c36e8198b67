package dev.medzoo.batch.slide;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.medzoo.translate.finding.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code regions.geojson}: fields with the same answer that share an edge, as polygons in pixels of
 * the finest level. QuPath reads each as an annotation with its class. Fields without an answer are
 * in none.
 */
final class RegionsGeoJson {
    private final SlideResult result;
    private final JsonGenerator json;
    private final Map<Integer, Integer> tiles = new HashMap<>();

    private RegionsGeoJson(SlideResult result, JsonGenerator json) {
        this.result = result;
        this.json = json;
    }

    static Path write(SlideResult result, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
                JsonGenerator json = new JsonFactory().createGenerator(out)) {
            new RegionsGeoJson(result, json).write();
        }
        return file;
    }

    private void write() throws IOException {
        TileFindings findings = result.findings();
        TileGrid grid = result.grid();
        int[] classes = new int[grid.columns() * grid.rows()];
        Arrays.fill(classes, -1);
        for (int i = 0; i < findings.count(); i++) {
            int field = findings.row(i) * grid.columns() + findings.column(i);
            tiles.put(field, i);
            if (findings.isAnswered(i)) {
                classes[field] = findings.best(i);
            }
        }
        json.writeStartObject();
        json.writeStringField("type", "FeatureCollection");
        json.writeStringField("notice", Finding.NOTICE);
        json.writeArrayFieldStart("features");
        for (Outlines.Region each : new Outlines(grid.columns(), grid.rows(), classes).regions()) {
            feature(each);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void feature(Outlines.Region region) throws IOException {
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeStringField("type", "Feature");
        json.writeObjectFieldStart("geometry");
        json.writeStringField("type", "Polygon");
        json.writeArrayFieldStart("coordinates");
        for (List<Integer> ring : region.rings()) {
            ring(ring);
        }
        json.writeEndArray();
        json.writeEndObject();
        properties(region);
        json.writeEndObject();
    }

    private void ring(List<Integer> corners) throws IOException {
        json.writeStartArray();
        for (int i = 0; i < corners.size(); i += 2) {
            json.writeStartArray();
            json.writeNumber(result.grid().finest(corners.get(i)));
            json.writeNumber(result.grid().finest(corners.get(i + 1)));
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private void properties(Outlines.Region region) throws IOException {
        TileFindings findings = result.findings();
        String label = findings.labels().get(region.label());
        double sum = 0;
        for (int field : region.fields()) {
            int tile = tiles.getOrDefault(field, -1);
            sum += findings.probability(tile, region.label());
        }
        int count = region.fields().size();
        json.writeObjectFieldStart("properties");
        json.writeStringField("objectType", "annotation");
        json.writeStringField("name", label);
        json.writeObjectFieldStart("classification");
        json.writeStringField("name", label);
        json.writeFieldName("color");
        json.writeArray(LabelColours.rgb(region.label()), 0, 3);
        json.writeEndObject();
        json.writeObjectFieldStart("measurements");
        json.writeNumberField("fields", count);
        json.writeNumberField("area mm^2", count * result.grid().squareMillimetres());
        json.writeNumberField("mean probability", sum / count);
        json.writeEndObject();
        json.writeStringField("model", result.model().name() + "/" + result.model().version());
        json.writeStringField("notice", Finding.NOTICE);
        json.writeEndObject();
    }
}
