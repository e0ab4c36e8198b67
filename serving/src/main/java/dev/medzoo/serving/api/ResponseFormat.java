package dev.medzoo.serving.api;

import dev.medzoo.serving.http.Reply;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.report.SecondaryCaptures;
import dev.medzoo.translate.report.StructuredReports;

/** Response formats of predictions and explanations. */
enum ResponseFormat {
    /** JSON: DJL Serving's list, or the heat map. Also the fallback for unknown types. */
    JSON(Reply.JSON, ""),
    /** The whole finding as JSON. */
    FINDING(Finding.MEDIA_TYPE, ""),
    /** The picture with the heat map over it. */
    DRAWN("image/png", ""),
    /** A DICOM Structured Report. */
    REPORT(StructuredReports.MEDIA_TYPE, "sr"),
    /** The picture with the heat map over it as a DICOM Secondary Capture. */
    CAPTURE(StructuredReports.MEDIA_TYPE, SecondaryCaptures.TYPE);

    /** The transfer syntax of written objects, as DICOMweb names it. */
    private static final String EXPLICIT = "1.2.840.10008.1.2.1";

    private final String mediaType;
    private final String type;

    ResponseFormat(String mediaType, String type) {
        this.mediaType = mediaType;
        this.type = type;
    }

    /** Whether it is a DICOM object that refers to another instance. */
    boolean isDicom() {
        return mediaType.equals(StructuredReports.MEDIA_TYPE);
    }

    String mediaType() {
        return mediaType;
    }

    /**
     * Whether a range of {@code accept} matches it; DICOM without a type matches any DICOM format,
     * and {@code image/*} the only picture format.
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
