package dev.medzoo.translate.transform;

import dev.medzoo.translate.decode.RgbPicture;

/** Makes pictures of one thing look alike, whatever camera or laboratory they come from. */
public enum ColourStep {
    /**
     * Colour constancy: each channel is scaled so that the light of the scene, estimated by a norm
     * over all pixels, is grey (Shades of Grey with p = 6; Finlayson and Trezzi 2004).
     */
    SHADES_OF_GREY {
        @Override
        RgbPicture apply(RgbPicture picture) {
            return ShadesOfGrey.apply(picture);
        }
    },

    /**
     * The colours of haematoxylin and eosin, and how dark they are at most, are brought to those of
     * a reference (Macenko et al. 2009).
     */
    STAINS {
        @Override
        RgbPicture apply(RgbPicture picture) {
            return StainNormalisation.apply(picture);
        }
    };

    /**
     * A new picture of the same size, or the same one where there is nothing to go by, such as a
     * black picture or one without stained tissue.
     */
    abstract RgbPicture apply(RgbPicture picture);
}
