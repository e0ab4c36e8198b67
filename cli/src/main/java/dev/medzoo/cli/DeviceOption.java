package dev.medzoo.cli;

import ai.djl.Device;
import dev.medzoo.training.learn.Devices;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --device}, for every command that computes much. */
final class DeviceOption {
    @Option(
            names = "--device",
            paramLabel = "DEVICE",
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
}
