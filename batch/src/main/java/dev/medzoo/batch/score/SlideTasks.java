package dev.medzoo.batch.score;

import ai.djl.ModelException;
import ai.djl.translate.TranslateException;
import dev.medzoo.batch.slide.SlideReading;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The tasks of a run over slides.
 *
 * @param source of the model
 * @param out the run's folder
 * @param run its identity
 * @param reading of slides
 * @param configuration of Hadoop
 */
record SlideTasks(
        ModelSource source,
        String out,
        String run,
        ReadSlides reading,
        Broadcast<SerializableConfiguration> configuration)
        implements Serializable {

    /** How slides are read, and the labels of the model. */
    record ReadSlides(SlideReading how, List<String> labels) implements Serializable {
        ReadSlides {
            labels = List.copyOf(labels);
        }
    }

    private OutFolder folder() throws IOException {
        return new OutFolder(out, files());
    }

    private FileSystems files() {
        return new FileSystems(configuration.value().value());
    }

    /** Looks for the tissue of slides; why one cannot be read is said by its parts. */
    Function<SlidePlan.Planned, Boolean> tissue() {
        return this::look;
    }

    private boolean look(SlidePlan.Planned slide) throws IOException {
        try (OpenedSlide opened =
                OpenedSlide.of(slide.head(), slide.number(), reading.how(), folder())) {
            return opened.tissue().threshold() > 0;
        } catch (UnreadSlideException e) {
            return false;
        }
    }

    /** Scores parts, each into a file of its own. */
    Function<SlidePlan.Part, Integer> parts() {
        return this::score;
    }

    private Integer score(SlidePlan.Part part)
            throws IOException, ModelException, TranslateException {
        try (SlidePartWriter writer =
                new SlidePartWriter(files(), folder(), source, run, reading.how())) {
            writer.write(part);
        }
        return part.number();
    }

    /** Writes what is said of each slide, from the rows of its parts. */
    Function<SlidePlan.Planned, SlidesSummary.Line> maps() {
        return this::map;
    }

    private SlidesSummary.Line map(SlidePlan.Planned slide) throws IOException {
        return new SlideMaps(files(), folder(), source, reading.how(), reading.labels())
                .write(slide);
    }

    /** Reads headers. */
    static Function<InputPart.InputFile, SlideHead> heads(SlideReading reading) {
        return file -> SlideHead.of(file, reading);
    }
}
