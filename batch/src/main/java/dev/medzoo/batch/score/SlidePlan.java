package dev.medzoo.batch.score;

import dev.medzoo.zoo.format.Sha256;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of slides: runs of rows of fields, as many as whole tiles of the file need. They follow
 * from the files' headers alone.
 *
 * @param heads of all files that were listed
 * @param slides each once, with its parts
 */
record SlidePlan(List<SlideHead> heads, List<Planned> slides) {
    /** Fields of a part with glass, at most, unless a single band has more. */
    private static final long MOST_FIELDS = 1024;

    SlidePlan {
        heads = List.copyOf(heads);
        slides = List.copyOf(slides);
    }

    /**
     * A slide.
     *
     * @param number from 0
     * @param head of its finest file, or of the one that cannot be read
     * @param parts of it, at least one
     */
    record Planned(int number, SlideHead head, List<Part> parts) implements Serializable {
        Planned {
            parts = List.copyOf(parts);
        }

        String location() {
            return head.file().location();
        }

        /** Folder of what is written about it. */
        String folder() {
            String name = String.valueOf(Path.of(location()).getFileName());
            return "slides/%06d-%s".formatted(number, name.replaceAll("[^A-Za-z0-9_.-]", "_"));
        }
    }

    /**
     * A part of a slide.
     *
     * @param number of its file
     * @param slide that it is of
     * @param head of that
     * @param fromRow of fields
     * @param toRow of fields, which is not of this part
     */
    record Part(int number, int slide, SlideHead head, int fromRow, int toRow)
            implements Serializable {}

    /** Cuts slides in parts. */
    static SlidePlan of(List<SlideHead> heads) {
        Map<String, SlideHead> slides = new LinkedHashMap<>();
        for (SlideHead head : heads) {
            String finest = head.finest();
            if (finest != null) {
                slides.putIfAbsent(finest, head);
            }
        }
        List<Planned> planned = new ArrayList<>();
        int next = 0;
        for (SlideHead head : slides.values()) {
            List<Part> parts = parts(head, planned.size(), next);
            planned.add(new Planned(planned.size(), head, parts));
            next += parts.size();
        }
        return new SlidePlan(heads, planned);
    }

    private static List<Part> parts(SlideHead head, int slide, int first) {
        long band = (long) head.bandRows() * Math.max(1, head.columns());
        int rows = Math.toIntExact(head.bandRows() * Math.max(1, MOST_FIELDS / band));
        List<Part> parts = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(head.rows(), from + rows);
            parts.add(new Part(first + parts.size(), slide, head, from, to));
            from = to;
        } while (from < head.rows());
        return parts;
    }

    List<Part> parts() {
        return slides.stream().flatMap(slide -> slide.parts().stream()).toList();
    }

    String describe() {
        return "%d slides in %d files".formatted(slides.size(), heads.size());
    }

    /** Tells two inputs apart: names, lengths, and how they are cut. */
    String digest() {
        StringBuilder lines = new StringBuilder();
        for (SlideHead head : heads) {
            lines.append(
                    "slide %d %s %d %d %d\n"
                            .formatted(
                                    head.file().bytes(),
                                    head.file().location(),
                                    head.columns(),
                                    head.rows(),
                                    head.bandRows()));
        }
        return Sha256.digest(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
