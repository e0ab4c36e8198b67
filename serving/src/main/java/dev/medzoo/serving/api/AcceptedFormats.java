package dev.medzoo.serving.api;

import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.translate.decode.dicom.DicomFile;
import dev.medzoo.translate.report.StructuredReports;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Content negotiation ({@code accept}, RFC 9110 section 12.5.1): the offered formats that a client
 * accepts, best first. Ties go to the server's order, and a named format precedes {@code *}{@code
 * /*}. A client that accepts none of them gets JSON, unless it accepts DICOM alone.
 *
 * @param wanted none where it takes DICOM alone, of a kind that is not offered
 * @param offered the best first
 */
record AcceptedFormats(List<ResponseFormat> wanted, List<ResponseFormat> offered) {
    private static final List<ResponseFormat> OF_PREDICTIONS =
            List.of(ResponseFormat.REPORT, ResponseFormat.FINDING, ResponseFormat.JSON);
    private static final List<ResponseFormat> OF_EXPLANATIONS =
            List.of(ResponseFormat.CAPTURE, ResponseFormat.JSON, ResponseFormat.DRAWN);

    /**
     * A range of {@code accept}.
     *
     * @param quality how much it is wanted, in [0, 1]
     * @param isNamed whether the format is named
     */
    private record Range(ResponseFormat form, double quality, boolean isNamed) {}

    AcceptedFormats {
        wanted = List.copyOf(wanted);
        offered = List.copyOf(offered);
    }

    static AcceptedFormats ofPrediction(Request request) {
        return of(request, OF_PREDICTIONS);
    }

    static AcceptedFormats ofExplanation(Request request) {
        return of(request, OF_EXPLANATIONS);
    }

    private static AcceptedFormats of(Request request, List<ResponseFormat> offered) {
        List<Range> ranges = new ArrayList<>();
        boolean isSilent = true;
        for (String header : request.head().headers().getAll(HttpHeaderNames.ACCEPT)) {
            for (String range : header.split(",", -1)) {
                HeaderValue value = HeaderValue.parse(range.strip());
                double quality = quality(value);
                if (quality > 0 && !value.value().isEmpty()) {
                    isSilent = false;
                    range(value, quality, offered).ifPresent(ranges::add);
                }
            }
        }
        List<ResponseFormat> wanted =
                ranges.stream()
                        .sorted(
                                Comparator.comparingDouble(Range::quality)
                                        .reversed()
                                        .thenComparing(range -> !range.isNamed())
                                        .thenComparingInt(range -> offered.indexOf(range.form())))
                        .map(Range::form)
                        .distinct()
                        .toList();
        return new AcceptedFormats(isSilent ? List.of(ResponseFormat.JSON) : wanted, offered);
    }

    /** Empty for DICOM of a kind that is not offered. */
    private static Optional<Range> range(
            HeaderValue value, double quality, List<ResponseFormat> offered) {
        for (ResponseFormat form : offered) {
            if (form.isIn(value)) {
                return Optional.of(new Range(form, quality, true));
            }
        }
        if (value.value().equals(StructuredReports.MEDIA_TYPE)) {
            return Optional.empty();
        }
        // What is not offered is no reason to prefer JSON to what is.
        boolean isWild = value.value().equals("*/*") || value.value().equals("application/*");
        return Optional.of(new Range(ResponseFormat.JSON, isWild ? quality : 0, false));
    }

    private static double quality(HeaderValue range) {
        try {
            double quality = Double.parseDouble(range.parameter("q", "1"));
            return quality >= 0 && quality <= 1 ? quality : 1;
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    /** Whether the best format shows the picture. */
    boolean isDrawn() {
        return !wanted.isEmpty() && wanted.get(0) != ResponseFormat.JSON;
    }

    /**
     * The formats that fit a file.
     *
     * @return at least one
     * @throws RefusedException when none fits
     */
    List<ResponseFormat> possible(byte[] file) throws RefusedException {
        if (wanted.isEmpty()) {
            throw refuse("of another kind");
        }
        boolean isDicom = DicomFile.begins(file);
        List<ResponseFormat> possible =
                wanted.stream().filter(form -> isDicom || !form.isDicom()).toList();
        if (possible.isEmpty()) {
            throw refuse("of a picture that is no DICOM file");
        }
        return possible;
    }

    /** The refusal of a client that accepts DICOM alone where no DICOM answer is possible. */
    RefusedException refuse(String what) {
        String others =
                offered.stream()
                        .filter(form -> !form.isDicom())
                        .map(ResponseFormat::mediaType)
                        .collect(Collectors.joining(" or "));
        return new RefusedException(
                new Refusal(
                        Kind.NOT_ACCEPTABLE,
                        "accept: %s %s (expected: %s; or %1$s for a DICOM file that says which instance it is)"
                                .formatted(StructuredReports.MEDIA_TYPE, what, others)));
    }
}
