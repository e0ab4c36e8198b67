package dev.medzoo.translate;

/**
 * Sets this project's defaults for DJL and its engine. Both read them once, at start, so call it
 * before a model is loaded. Properties that a program has set itself are kept.
 */
public final class EngineDefaults {
    /** How many threads the engine computes with; DJL's property. */
    public static final String THREADS = "ai.djl.pytorch.num_threads";

    /** DJL sends a usage report at each engine start unless this property or variable is true. */
    public static final String NO_REPORT = "OPT_OUT_TRACKING";

    private EngineDefaults() {}

    /** Sets both. */
    public static void set() {
        setOneThread();
        setNoReport();
    }

    /**
     * Uses one thread, as the server does. Several threads wait for each other whenever other work
     * takes a core, and they sum in another order, which changes the last bits.
     */
    public static void setOneThread() {
        if (System.getProperty(THREADS) == null) {
            System.setProperty(THREADS, "1");
        }
    }

    /** Turns usage reports off, unless the property or the variable is {@code false}. */
    public static void setNoReport() {
        if (System.getProperty(NO_REPORT) == null && System.getenv(NO_REPORT) == null) {
            System.setProperty(NO_REPORT, "true");
        }
    }
}
