package dev.medzoo.batch.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.batch.slide.SlideFiles;
import dev.medzoo.batch.slide.SlideReading;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How slides are cut in parts. */
class SlidePlanTest {
    @TempDir Path folder = Path.of("");

    private static SlideHead head(String name, int columns, int rows, int bandRows) {
        InputPart.InputFile file = new InputPart.InputFile(name, 1);
        return new SlideHead(file, name, columns, rows, bandRows, null);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "61, 51, 7",
        "500, 500, 2",
        "3000, 100, 1",
        "100000, 7, 3",
        "3, 9999, 5"
    })
    void partsAreWholeBandsThatFollowOnEachOther(int columns, int rows, int bandRows) {
        SlidePlan plan =
                SlidePlan.of(
                        List.of(
                                head("a", 40, 40, 4),
                                head("b", columns, rows, bandRows),
                                head("c", 0, 0, 1)));

        List<SlidePlan.Part> parts = plan.parts();
        for (int i = 0; i < parts.size(); i++) {
            assertThat(parts.get(i).number()).isEqualTo(i);
        }
        int next = 0;
        for (SlidePlan.Part part : plan.slides().get(1).parts()) {
            assertThat(part.fromRow()).isEqualTo(next).matches(row -> row % bandRows == 0);
            int bands = (part.toRow() - part.fromRow() + bandRows - 1) / bandRows;
            assertThat(bands == 1 || (long) bands * bandRows * columns <= 1024).isTrue();
            next = part.toRow();
        }
        assertThat(next).isEqualTo(rows);
        assertThat(plan.slides().get(2).parts()).hasSize(1);
    }

    @Test
    void theFilesOfADicomSlideAreOneSlideAndItsLabelIsNone() throws IOException {
        SlideFiles.dicom(folder);
        Files.writeString(folder.resolve("notes.txt"), "beside it");
        SlideReading reading = new SlideReading(null, 1, 20, "options", null, 0.25, List.of());
        List<SlideHead> heads = new ArrayList<>();
        for (String name : List.of("label.dcm", "level-0.dcm", "level-1.dcm", "notes.txt")) {
            Path file = folder.resolve(name);
            heads.add(
                    SlideHead.of(
                            new InputPart.InputFile(file.toString(), Files.size(file)), reading));
        }

        List<SlidePlan.Planned> slides = SlidePlan.of(heads).slides();

        assertThat(slides)
                .extracting(SlidePlan.Planned::folder)
                .containsExactly("slides/000000-level-0.dcm", "slides/000001-notes.txt");
        assertThat(slides.get(0).head().error()).isNull();
        assertThat(slides.get(1).head().error()).contains("notes.txt: bytes that start with");
    }

    /** Spark interrupts a task that another was faster than: that is no fault of the slide. */
    @Test
    void aTaskThatIsEndedSaysNothingOfTheSlide() {
        assertThatThrownBy(() -> UnreadSlideException.of(new ClosedByInterruptException()))
                .isInstanceOf(ClosedByInterruptException.class);
    }
}
