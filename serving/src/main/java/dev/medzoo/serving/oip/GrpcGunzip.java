package dev.medzoo.serving.oip;

import dev.medzoo.zoo.format.GunzipStream;
import io.grpc.Decompressor;
import java.io.InputStream;

/** Unpacks the messages of clients that pack them with gzip. */
final class GrpcGunzip implements Decompressor {
    @Override
    public String getMessageEncoding() {
        return "gzip";
    }

    @Override
    public InputStream decompress(InputStream packed) {
        return new GunzipStream(packed);
    }
}
