package dev.medzoo.translate;

/**
 * What this project wishes of DJL and its engine where a program does not say. Both read it once,
 * when they start, so it is set before a model is loaded; what a program set itself stays.
 */
public final class EngineDefaults {
    /** How many threads the engine computes with; DJL's property. */
    public static final String THREADS = "ai.djl.pytorch.num_threads";

    /** DJL reports each start of an engine unless this property or variable is true. */
    public static final String NO_REPORT = "OPT_OUT_TRACKING";

    private EngineDefaults() {}

    /** Sets both. */
    public static void set() {
        setOneThread();
        setNoReport();
    }

    /**
     * One thread, as the server has: threads wait for each other whenever other work takes a core,
     * and more of them add up in another order, so that the last bits differ.
     */
    public static void setOneThread() {
        if (System.getProperty(THREADS) == null) {
            System.setProperty(THREADS, "1");
        }
    }

    /** Nothing is told to anybody, unless the property or the variable says {@code false}. */
    public static void setNoReport() {
        if (System.getProperty(NO_REPORT) == null && System.getenv(NO_REPORT) == null) {
            System.setProperty(NO_REPORT, "true");
        }
    }
}
