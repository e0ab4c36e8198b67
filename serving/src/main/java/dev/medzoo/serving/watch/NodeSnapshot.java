package dev.medzoo.serving.watch;

/**
 * How the node does, in numbers.
 *
 * @param isReachable whether the latest round ended well
 * @param matching pictures that matched the query at the latest look
 * @param reports that the archive took, since the start
 * @param refusals instances that get no report, since the start
 * @param failures tries that failed and are made again, since the start
 * @param putOff instances that failed for the moment
 */
public record NodeSnapshot(
        boolean isReachable,
        int matching,
        long reports,
        long refusals,
        long failures,
        int putOff) {}
