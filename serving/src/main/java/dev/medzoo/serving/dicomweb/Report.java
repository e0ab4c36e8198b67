package dev.medzoo.serving.dicomweb;

/** A DICOM file with the finding on an instance. */
final class Report {
    private final String uid;
    private final byte[] file;

    /**
     * @param uid its SOP Instance UID: the same for the same instance and artifact
     * @param file the whole Part-10 file
     */
    Report(String uid, byte[] file) {
        this.uid = uid;
        this.file = file;
    }

    String uid() {
        return uid;
    }

    byte[] file() {
        return file;
    }
}
