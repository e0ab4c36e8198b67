package dev.medzoo.batch.slide;

import dev.medzoo.translate.finding.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code summary.json}.
 *
 * @param notice that this is for research and no diagnosis
 * @param model that scored the slide
 * @param slide what was read
 * @param trainedScale of the model
 * @param level that was read
 * @param fields of the grid: how many, and how many of them have tissue
 * @param classes of each class the fields of which it is the answer
 * @param abstained fields on which the model abstains
 * @param unlikeTraining fields unlike its training pictures
 */
record SlideSummary(
        String notice,
        Model model,
        SlideFacts slide,
        Scale trainedScale,
        Level level,
        Fields fields,
        Map<String, Share> classes,
        Share abstained,
        Share unlikeTraining) {
    record Model(String name, String version, String digest) {}

    record SlideFacts(
            String file,
            String format,
            long width,
            long height,
            double micrometresPerPixel,
            String scaleFrom,
            List<String> levels) {}

    record Scale(double micrometresPerPixel, int side, String from) {}

    record Level(int number, long width, long height, double micrometresPerPixel) {}

    record Fields(
            int columns,
            int rows,
            int tissue,
            double tissueSquareMillimetres,
            double leastTissue,
            int saturationThreshold) {}

    /** Of the fields with tissue. */
    record Share(int fields, double share, double squareMillimetres) {}

    static SlideSummary of(SlideResult result) {
        SlideShares shares = result.shares();
        TileGrid grid = result.grid();
        double area = grid.squareMillimetres();
        Map<String, Share> classes = new LinkedHashMap<>();
        for (int i = 0; i < shares.labels().size(); i++) {
            classes.put(shares.labels().get(i), share(shares, shares.answered().get(i), area));
        }
        return new SlideSummary(
                Finding.NOTICE,
                new Model(result.model().name(), result.model().version(), result.model().digest()),
                facts(result),
                new Scale(
                        grid.scale().micrometresPerPixel(),
                        grid.scale().side(),
                        result.modelScaleSource()),
                new Level(
                        grid.number(),
                        grid.level().width(),
                        grid.level().height(),
                        grid.micrometresPerPixel()),
                new Fields(
                        grid.columns(),
                        grid.rows(),
                        shares.fields(),
                        shares.fields() * area,
                        result.leastTissue(),
                        result.tissue().threshold()),
                classes,
                share(shares, shares.abstained(), area),
                share(shares, shares.unlike(), area));
    }

    private static Share share(SlideShares shares, int count, double area) {
        return new Share(count, shares.share(count), count * area);
    }

    private static SlideFacts facts(SlideResult result) {
        Slide slide = result.slide();
        List<String> levels = new ArrayList<>();
        slide.levels().forEach(level -> levels.add(level.toString()));
        return new SlideFacts(
                String.valueOf(slide.path().getFileName()),
                slide.format(),
                slide.level(0).width(),
                slide.level(0).height(),
                result.micrometresPerPixel(),
                result.scaleSource(),
                levels);
    }
}
