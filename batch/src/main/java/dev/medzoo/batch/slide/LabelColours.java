package dev.medzoo.batch.slide;

/** Colours that tell classes apart, also for the colour-blind (Okabe and Ito 2008). */
final class LabelColours {
    private static final int[] OKABE_ITO = {
        0xd55e00, 0x0072b2, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0xf0e442
    };

    private LabelColours() {}

    /** Red, green and blue, 0 to 255; from the eighth class on they repeat. */
    static int[] rgb(int label) {
        int colour = OKABE_ITO[label % OKABE_ITO.length];
        return new int[] {colour >> 16, colour >> 8 & 0xff, colour & 0xff};
    }
}
