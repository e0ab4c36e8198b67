package dev.medzoo.serving.oip;

import dev.medzoo.zoo.format.GunzipStream;
import io.grpc.Decompressor;
import java.io.InputStream;

/** Decompresses gzip-compressed messages. */
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
