package dev.medzoo.translate.decode.dicom;

import java.util.Set;

/** The PS3.6 tags in use: group in the high half, element in the low half. */
final class Tag {
    static final int TRANSFER_SYNTAX = 0x00020010;

    static final int SAMPLES_PER_PIXEL = 0x00280002;
    static final int PHOTOMETRIC_INTERPRETATION = 0x00280004;
    static final int PLANAR_CONFIGURATION = 0x00280006;
    static final int NUMBER_OF_FRAMES = 0x00280008;
    static final int ROWS = 0x00280010;
    static final int COLUMNS = 0x00280011;
    static final int BITS_ALLOCATED = 0x00280100;
    static final int BITS_STORED = 0x00280101;
    static final int HIGH_BIT = 0x00280102;
    static final int PIXEL_REPRESENTATION = 0x00280103;
    static final int PIXEL_PADDING_VALUE = 0x00280120;
    static final int PIXEL_PADDING_RANGE_LIMIT = 0x00280121;
    static final int BURNED_IN_ANNOTATION = 0x00280301;

    static final int WINDOW_CENTER = 0x00281050;
    static final int WINDOW_WIDTH = 0x00281051;
    static final int RESCALE_INTERCEPT = 0x00281052;
    static final int RESCALE_SLOPE = 0x00281053;
    static final int VOI_LUT_FUNCTION = 0x00281056;
    static final int MODALITY_LUT_SEQUENCE = 0x00283000;
    static final int LUT_DESCRIPTOR = 0x00283002;
    static final int LUT_DATA = 0x00283006;
    static final int VOI_LUT_SEQUENCE = 0x00283010;

    static final int RED_DESCRIPTOR = 0x00281101;
    static final int GREEN_DESCRIPTOR = 0x00281102;
    static final int BLUE_DESCRIPTOR = 0x00281103;
    static final int RED_DATA = 0x00281201;
    static final int GREEN_DATA = 0x00281202;
    static final int BLUE_DATA = 0x00281203;

    static final int RED_SEGMENTS = 0x00281221;
    static final int GREEN_SEGMENTS = 0x00281222;
    static final int BLUE_SEGMENTS = 0x00281223;

    static final int FRAME_VOI_LUT_SEQUENCE = 0x00289132;
    static final int PIXEL_VALUE_TRANSFORMATION_SEQUENCE = 0x00289145;
    static final int SHARED_FUNCTIONAL_GROUPS = 0x52009229;
    static final int PER_FRAME_FUNCTIONAL_GROUPS = 0x52009230;

    static final int PIXEL_DATA = 0x7fe00010;
    static final int ITEM = 0xfffee000;
    static final int ITEM_END = 0xfffee00d;
    static final int SEQUENCE_END = 0xfffee0dd;

    /** Sequences of which an item is kept. */
    static final Set<Integer> SEQUENCES =
            Set.of(
                    MODALITY_LUT_SEQUENCE,
                    VOI_LUT_SEQUENCE,
                    FRAME_VOI_LUT_SEQUENCE,
                    PIXEL_VALUE_TRANSFORMATION_SEQUENCE,
                    SHARED_FUNCTIONAL_GROUPS,
                    PER_FRAME_FUNCTIONAL_GROUPS);

    /** Elements whose values are kept. */
    static final Set<Integer> VALUES =
            Set.of(
                    SAMPLES_PER_PIXEL,
                    PHOTOMETRIC_INTERPRETATION,
                    PLANAR_CONFIGURATION,
                    NUMBER_OF_FRAMES,
                    ROWS,
                    COLUMNS,
                    BITS_ALLOCATED,
                    BITS_STORED,
                    HIGH_BIT,
                    PIXEL_REPRESENTATION,
                    PIXEL_PADDING_VALUE,
                    PIXEL_PADDING_RANGE_LIMIT,
                    BURNED_IN_ANNOTATION,
                    WINDOW_CENTER,
                    WINDOW_WIDTH,
                    RESCALE_INTERCEPT,
                    RESCALE_SLOPE,
                    VOI_LUT_FUNCTION,
                    LUT_DESCRIPTOR,
                    LUT_DATA,
                    RED_DESCRIPTOR,
                    GREEN_DESCRIPTOR,
                    BLUE_DESCRIPTOR,
                    RED_DATA,
                    GREEN_DATA,
                    BLUE_DATA,
                    RED_SEGMENTS,
                    GREEN_SEGMENTS,
                    BLUE_SEGMENTS);

    /** Delimiters and file meta information. */
    private static final Set<Integer> OTHERS =
            Set.of(TRANSFER_SYNTAX, PIXEL_DATA, ITEM, ITEM_END, SEQUENCE_END);

    private Tag() {}

    /**
     * As PS3.6 writes it: {@code (0028,0010)}. An unknown tag is not repeated: if lengths are
     * wrong, it may be four letters of a name.
     */
    static String text(int tag) {
        boolean isRead =
                VALUES.contains(tag)
                        || SEQUENCES.contains(tag)
                        || OTHERS.contains(tag)
                        || SourceElement.TAGS.contains(tag);
        return isRead ? "(%04x,%04x)".formatted(tag >>> 16, tag & 0xffff) : "an unread element";
    }
}
