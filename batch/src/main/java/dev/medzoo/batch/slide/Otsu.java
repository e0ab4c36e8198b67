package dev.medzoo.batch.slide;

/** Otsu's threshold (IEEE Trans Syst Man Cybern 1979, 9:62): it splits a histogram in two. */
final class Otsu {
    private Otsu() {}

    /**
     * The threshold with the greatest variance between the two parts.
     *
     * @param histogram how often each level occurs
     * @return the lowest level of the upper part; 0 if there is one level alone
     */
    static int threshold(long[] histogram) {
        double all = 0;
        double sum = 0;
        for (int i = 0; i < histogram.length; i++) {
            all += histogram[i];
            sum += (double) i * histogram[i];
        }
        double below = 0;
        double sumBelow = 0;
        double most = 0;
        int best = 0;
        for (int i = 0; i + 1 < histogram.length; i++) {
            below += histogram[i];
            sumBelow += (double) i * histogram[i];
            double above = all - below;
            if (below == 0 || above == 0) {
                continue;
            }
            double apart = sumBelow / below - (sum - sumBelow) / above;
            double between = below * above * apart * apart;
            if (between > most) {
                most = between;
                best = i + 1;
            }
        }
        return best;
    }
}
