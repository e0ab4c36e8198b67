package dev.medzoo.serving.tls;

import java.nio.file.Path;
import java.util.Map;

/** The files that a server's key and certificates are in. */
public sealed interface CertificateSource permits KeyStoreFile, PemFiles {
    /** Every file, under the name of the setting that it is given by. */
    Map<String, Path> files();

    /**
     * Takes the key and the certificates out of the files' bytes.
     *
     * @param contents by the names of {@link #files()}
     * @throws TlsException naming the file that is wrong
     */
    ServerCertificate read(Map<String, byte[]> contents) throws TlsException;
}
