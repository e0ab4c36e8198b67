package dev.medzoo.training.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevicesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    cpu       | cpu
                    gpu       | gpu0
                    gpu1      | gpu1
                    gpu0,gpu1 | gpu0,gpu1
                    gpu1,gpu  | gpu1,gpu0
                    """)
    void namesDevices(String text, String expected) {
        assertThat(Devices.text(Devices.parse(text, 2))).isEqualTo(expected);
    }

    @Test
    void aGpuHasItsNumber() {
        assertThat(Devices.parse("gpu1", 2)).isEqualTo(List.of(Device.gpu(1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    gpu       | 0 | device: gpu (expected: cpu, as no GPU was found)
                    gpu0,gpu2 | 2 | device: gpu2 (expected: at most gpu1)
                    gpu0,gpu  | 2 | device: gpu0,gpu (expected: each one once)
                    gpu0,     | 2 | device: gpu0, (expected: cpu, gpu, or GPUs such as gpu0,gpu1)
                    cpu,gpu0  | 2 | device: cpu,gpu0 (expected: cpu, gpu, or GPUs such as gpu0,gpu1)
                    tpu       | 2 | device: tpu (expected: cpu, gpu, or GPUs such as gpu0,gpu1)
                    """)
    void saysWhatIsWrong(String text, int gpus, String message) {
        assertThatThrownBy(() -> Devices.parse(text, gpus))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
