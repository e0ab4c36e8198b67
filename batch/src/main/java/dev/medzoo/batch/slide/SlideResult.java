package dev.medzoo.batch.slide;

import dev.medzoo.translate.finding.ModelIdentity;

/**
 * Everything known of a slide once a model has scored it.
 *
 * @param slide that was scored
 * @param model that did
 * @param micrometresPerPixel of the finest level
 * @param scaleSource who said so, in words
 * @param grid of fields
 * @param modelScaleSource who said at which scale the model was trained, in words
 * @param tissue of the slide
 * @param leastTissue share of a field from which it was scored
 * @param findings of the fields with tissue
 */
public record SlideResult(
        Slide slide,
        ModelIdentity model,
        double micrometresPerPixel,
        String scaleSource,
        TileGrid grid,
        String modelScaleSource,
        TissueMap tissue,
        double leastTissue,
        TileFindings findings) {

    /** Shares of the scored fields. */
    public SlideShares shares() {
        return SlideShares.of(findings);
    }
}
