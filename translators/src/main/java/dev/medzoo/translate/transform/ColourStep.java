package dev.medzoo.translate.transform;

import dev.medzoo.translate.decode.RgbPicture;

/** Colour normalisation: removes differences between cameras or laboratories. */
public enum ColourStep {
    /**
     * Colour constancy: scales each channel so that the scene's illuminant, estimated by a norm
     * over all pixels, becomes grey (Shades of Grey with p = 6; Finlayson and Trezzi 2004).
     */
    SHADES_OF_GREY {
        @Override
        RgbPicture apply(RgbPicture picture) {
            return ShadesOfGrey.apply(picture);
        }
    },

    /**
     * Stain normalisation: maps the colours and maximum concentrations of haematoxylin and eosin to
     * those of a reference (Macenko et al. 2009).
     */
    STAINS {
        @Override
        RgbPicture apply(RgbPicture picture) {
            return StainNormalisation.apply(picture);
        }
    };

    /**
     * Returns a new picture of the same size, or the same picture if nothing can be estimated, as
     * for a black picture or one without stained tissue.
     */
    abstract RgbPicture apply(RgbPicture picture);
}
