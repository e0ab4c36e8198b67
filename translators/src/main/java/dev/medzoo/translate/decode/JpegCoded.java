package dev.medzoo.translate.decode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** A JPEG reduced to what its pixels need, as parts of its file. */
final class JpegCoded {
    private final byte[] lead;

    /** The coding segments before the first scan, each with its marker. */
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

    /** Whether it has several scans that can be merged here. */
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

    /** The file itself, or recoded to one scan; announces the cost of recoding and decoding. */
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

    /** The unchanged file; announces the cost of decoding it with libjpeg. */
    byte[] asItIs(Budget budget) throws IOException {
        scans.charge(budget, width, height, isProgressive());
        return bytes();
    }
}
