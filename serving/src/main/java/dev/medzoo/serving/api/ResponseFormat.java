package dev.medzoo.serving.api;

import dev.medzoo.serving.http.Reply;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.report.SecondaryCaptures;
import dev.medzoo.translate.report.StructuredReports;

/** The forms in which pictures are answered. */
enum ResponseFormat {
    /** JSON: DJL Serving's list, or the map. Those get it too who name nothing that there is. */
    JSON(Reply.JSON, ""),
    /** The whole finding as JSON. */
    FINDING(Finding.MEDIA_TYPE, ""),
    /** The picture with the map over it. */
    DRAWN("image/png", ""),
    /** A DICOM Structured Report. */
    REPORT(StructuredReports.MEDIA_TYPE, "sr"),
    /** The picture with the map over it as a DICOM Secondary Capture. */
    CAPTURE(StructuredReports.MEDIA_TYPE, SecondaryCaptures.TYPE);

    /** The transfer syntax that objects are written in, as DICOMweb asks for it. */
    private static final String EXPLICIT = "1.2.840.10008.1.2.1";

    private final String mediaType;
    private final String type;

    ResponseFormat(String mediaType, String type) {
        this.mediaType = mediaType;
        this.type = type;
    }

    /** Whether it is an object of DICOM, which is about another one. */
    boolean isDicom() {
        return mediaType.equals(StructuredReports.MEDIA_TYPE);
    }

    String mediaType() {
        return mediaType;
    }

    /**
     * Whether a range of {@code accept} names it; one of DICOM without a type names any, and {@code
     * image/*} the one picture that there is.
     */
    boolean isIn(HeaderValue range) {
        String syntax = range.parameter("transfer-syntax", EXPLICIT);
        boolean isAnyPicture = this == DRAWN && range.value().equals("image/*");
        return (range.value().equals(mediaType) || isAnyPicture)
                && (!isDicom()
                        || (range.parameter("type", type).equalsIgnoreCase(type)
                                && (syntax.equals(EXPLICIT) || syntax.equals("*"))));
    }
}
