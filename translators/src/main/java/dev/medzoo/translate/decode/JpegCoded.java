package dev.medzoo.translate.decode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** A JPEG without what is not needed for its pixels, as parts of its file. */
final class JpegCoded {
    private final byte[] lead;

    /** What stands before the first scan and says how it is coded, each with its marker. */
    final byte[] segments;

    /** Where the scans are, the first at {@link #scan}. */
    final byte[] source;

    final int scan;
    final JpegScans scans;
    final int width;
    final int height;
    private final int process;

    /**
     * @param lead how the file begins
     * @param process the frame's marker
     */
    JpegCoded(
            byte[] lead,
            byte[] segments,
            byte[] source,
            int scan,
            JpegScans scans,
            int width,
            int height,
            int process) {
        this.lead = lead;
        this.segments = segments;
        this.source = source;
        this.scan = scan;
        this.scans = scans;
        this.width = width;
        this.height = height;
        this.process = process;
    }

    /** Whether it has several scans, of a kind whose coefficients are read here. */
    boolean hasScansToJoin() {
        return scans.count() > 1 && JpegCoefficients.reads(process);
    }

    boolean isProgressive() {
        return JpegFile.isProgressive(process);
    }

    /** The whole file. */
    byte[] bytes() {
        int length = lead.length + segments.length + scans.end() - scan;
        ByteArrayOutputStream out = new ByteArrayOutputStream(length);
        out.writeBytes(lead);
        out.writeBytes(segments);
        out.write(source, scan, scans.end() - scan);
        return out.toByteArray();
    }

    /** The file itself, or its coefficients in one scan; announces what that and the rest cost. */
    byte[] oneScan(Budget budget) throws IOException {
        if (hasScansToJoin()) {
            scans.chargeRecoded(budget, width, height);
            byte[] recoded = JpegRecoder.recode(bytes(), budget);
            if (recoded != null) {
                return recoded;
            }
        }
        return asItIs(budget);
    }

    /** The whole file, whose decoding by libjpeg is announced. */
    byte[] asItIs(Budget budget) throws IOException {
        scans.charge(budget, width, height, isProgressive());
        return bytes();
    }
}
