package dev.medzoo.benchmarks.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    private static final MetricsPage PAGE =
            MetricsPage.parse(
                    """
                    # HELP jvm_memory_used_bytes The amount of used memory
                    # TYPE jvm_memory_used_bytes gauge
                    jvm_memory_used_bytes{area="heap",id="G1 Eden Space",} 1.048576E7
                    jvm_memory_used_bytes{area="heap",id="G1 Old, \\"old\\" Gen"} 2097152 1700000000
                    jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 5.0
                    process_threads 12
                    limit{le="+Inf"} +Inf
                    """);

    @Test
    void addsUpWhatSharesALabel() {
        assertThat(PAGE.sumBy("jvm_memory_used_bytes", "area"))
                .isEqualTo(Map.of("heap", 12582912.0, "nonheap", 5.0));
        assertThat(PAGE.heapMb()).hasValue(12);
        assertThat(PAGE.sumBy("limit", "le")).isEqualTo(Map.of("+Inf", Double.POSITIVE_INFINITY));
    }

    @Test
    void ofAMetricThatIsNotThereThereIsNoSum() {
        assertThat(PAGE.sumBy("process_threads", "area")).isEmpty();
        assertThat(MetricsPage.parse("").heapMb()).isEmpty();
    }
}
