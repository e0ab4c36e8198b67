package dev.medzoo.cli;

import ai.djl.Device;
import dev.medzoo.training.learn.Devices;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --device}, for every command that computes much. */
final class DeviceOption {
    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            converter = Name.class,
            description = "cpu, gpu, or for training several: gpu0,gpu1; default: ${DEFAULT-VALUE}")
    private String device = "cpu";

    /** All that were named. */
    List<Device> all() {
        return Devices.parse(device);
    }

    /** The only one. */
    Device one() {
        return Devices.parseOne(device);
    }

    /** Refuses what no machine has; what this one lacks is found out when it is wanted. */
    static final class Name implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (!Devices.areNamedBy(text)) {
                throw new TypeConversionException(
                        text + " (expected: cpu, gpu, or GPUs such as gpu0,gpu1)");
            }
            return text;
        }
    }
}
