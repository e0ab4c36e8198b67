package dev.medzoo.cli;

import ai.djl.Device;
import dev.medzoo.training.learn.Devices;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option {@code --device} of every command with heavy computation. */
final class DeviceOption {
    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            converter = Name.class,
            description =
                    "cpu, gpu, or several GPUs for training, such as gpu0,gpu1; default:"
                            + " ${DEFAULT-VALUE}")
    private String device = "cpu";

    /** All named devices. */
    List<Device> all() {
        return Devices.parse(device);
    }

    /** The only named device. */
    Device one() {
        return Devices.parseOne(device);
    }

    /** Refuses invalid device names; whether this machine has the device is checked at its use. */
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
