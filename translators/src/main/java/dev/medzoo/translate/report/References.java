package dev.medzoo.translate.report;

import dev.medzoo.translate.decode.dicom.SourceInstance;

/** References from an object to its source picture (PS3.3 tables 10-3, 10-11 and C.17-3). */
final class References {
    /** Referenced SOP Sequence. */
    static final int INSTANCES = 0x00081199;

    private static final int REFERENCED_CLASS = 0x00081150;
    private static final int REFERENCED_INSTANCE = 0x00081155;
    private static final int REFERENCED_FRAME = 0x00081160;
    private static final int REFERENCED_SERIES = 0x00081115;
    private static final int STUDY = 0x0020000d;
    private static final int SERIES = 0x0020000e;

    private References() {}

    /** References the instance. */
    static Attributes instance(SourceInstance source) {
        return new Attributes()
                .uid(REFERENCED_CLASS, source.sopClass())
                .uid(REFERENCED_INSTANCE, source.sopInstance());
    }

    /** References the instance, and the frame if it has several. */
    static Attributes frame(SourceInstance source, int frame) {
        Attributes reference = instance(source);
        return source.frames() == 1
                ? reference
                : reference.text(REFERENCED_FRAME, "IS", String.valueOf(frame));
    }

    /** References the instance within its series and study. */
    static Attributes study(SourceInstance source) {
        return new Attributes()
                .uid(STUDY, source.study())
                .sequence(
                        REFERENCED_SERIES,
                        new Attributes()
                                .uid(SERIES, source.series())
                                .sequence(INSTANCES, instance(source)));
    }
}
