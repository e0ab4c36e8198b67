package dev.medzoo.batch.score;

import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Files of this machine, without checksums beside them and with the permissions that the process's
 * umask gives. Hadoop's own file system starts the program {@code chmod} for each file and folder
 * that it makes, which takes longer than to score a picture. File systems of others, such as s3a,
 * keep what they send in files of this one, and want it to be a {@link LocalFileSystem}.
 */
final class PlainLocalFileSystem extends LocalFileSystem {
    /** Called by Hadoop. */
    PlainLocalFileSystem() {
        super(new UmaskFileSystem());
        setWriteChecksum(false);
        setVerifyChecksum(false);
    }

    private static final class UmaskFileSystem extends RawLocalFileSystem {
        @Override
        public void setPermission(Path file, FsPermission permission) {}
    }
}
