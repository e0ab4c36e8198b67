package dev.medzoo.benchmarks.pictures;

/**
 * What decoding one file cost.
 *
 * @param cpuMillis of the whole process, so of its collector of garbage too
 * @param megabytes on the heap and beside it
 * @param outcome the picture's size, or why it was refused
 * @param isExpected whether it was decoded or refused as a picture that is no good
 */
record Cost(double cpuMillis, long megabytes, String outcome, boolean isExpected) {}
