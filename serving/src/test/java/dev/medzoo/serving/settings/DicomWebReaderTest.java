package dev.medzoo.serving.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.dicomweb.DicomWebSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DicomWebReaderTest {
    private static final Map<String, String> LEAST =
            Map.of(
                    "dicomweb", "https://archive.example/dicom-web",
                    "dicomweb_model", "skin/stable",
                    "dicomweb_state", "node");

    private static ServerSettings read(Map<String, String> options) throws SettingsException {
        return ServerSettings.read(null, Map.of(), options);
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> all = new HashMap<>(LEAST);
        all.put(key, value);
        return all;
    }

    @Test
    void watchesNothingUnlessAServerIsNamed() throws Exception {
        assertThat(read(Map.of()).dicomWeb()).isNull();
    }

    @Test
    void hasDefaultsBesideServerModelAndFolder() throws Exception {
        assertThat(read(LEAST).dicomWeb())
                .isEqualTo(
                        new DicomWebSettings(
                                URI.create("https://archive.example/dicom-web/"),
                                "",
                                "skin",
                                "stable",
                                Path.of("node"),
                                null,
                                null,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(60),
                                100,
                                100_000,
                                64 << 20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Modality=XC",
                "00080060=XC&BodyPartExamined=FOOT",
                "StudyDate=20260101-",
                "PatientID=a%20b*"
            })
    void takesAttributesOfInstances(String query) throws Exception {
        assertThat(read(with("dicomweb_query", query)).dicomWeb())
                .extracting(DicomWebSettings::query)
                .isEqualTo(query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ModalitiesInStudy=XC",
                "limit=5",
                "Modality=XC&offset=3",
                "Modality",
                "a=b&",
                "a=b#c",
                "a=/../x",
                "includefield=all"
            })
    void refusesAnotherQuery(String query) {
        assertThatThrownBy(() -> read(with("dicomweb_query", query)))
                .hasMessage(
                        "dicomweb_query: %s in the option dicomweb_query (expected: attributes of instances, such as Modality=XC&BodyPartExamined=FOOT)"
                                .formatted(query));
    }

    @ParameterizedTest
    @CsvSource({
        "dicomweb, ftp://a/b",
        "dicomweb, http:///b",
        "dicomweb, http://a/b?c=d",
        "dicomweb, no address",
        "dicomweb_model, a/b/c",
        "dicomweb_interval, 0.01",
        "dicomweb_page_size, 0",
        "dicomweb_max_instances, 0"
    })
    void refusesAnotherValue(String key, String value) {
        assertThatThrownBy(() -> read(with(key, value)))
                .hasMessageStartingWith(key + ": " + value + " in the option " + key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://anna:secret@a/b", "http://anna:sec/ret@a/b", "ftp://anna:s@e@a"})
    void repeatsNoPassword(String address) {
        assertThatThrownBy(() -> read(with("dicomweb", address)))
                .hasMessageStartingWith(
                        "dicomweb: "
                                + address.replaceFirst("anna.*@", "…@")
                                + " in the option dicomweb");
    }

    @Test
    void asksForModelAndFolder() {
        assertThatThrownBy(() -> read(Map.of("dicomweb", "http://a/")))
                .hasMessage(
                        "dicomweb_model: none (expected: a model, as dicomweb is set);"
                                + " dicomweb_state: none (expected: a folder, as dicomweb is set)");
    }

    @Test
    void meansNothingWithoutAServer() {
        assertThatThrownBy(() -> read(Map.of("dicomweb_model", "skin")))
                .hasMessage("dicomweb_model: set without dicomweb (expected: both)");
    }
}
