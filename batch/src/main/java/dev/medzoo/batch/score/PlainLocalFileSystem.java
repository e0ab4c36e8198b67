package dev.medzoo.batch.score;

import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Files of this machine, with the permissions that the process's umask gives. Hadoop's own file
 * system starts the program {@code chmod} for each file and folder that it makes, which takes
 * longer than to score a picture.
 */
final class PlainLocalFileSystem extends RawLocalFileSystem {
    /** Called by Hadoop. */
    PlainLocalFileSystem() {}

    @Override
    public void setPermission(Path file, FsPermission permission) {}
}
