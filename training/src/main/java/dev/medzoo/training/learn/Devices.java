package dev.medzoo.training.learn;

import ai.djl.Device;
import ai.djl.engine.Engine;
import dev.medzoo.translate.EngineDefaults;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The devices that a person names: {@code cpu}, {@code gpu}, or several, {@code gpu0,gpu1}. */
public final class Devices {
    private static final Pattern GPU = Pattern.compile("gpu(\\d{0,3})");
    private static final Pattern ANY = Pattern.compile("cpu|" + GPU + "(," + GPU + ")*");

    private Devices() {}

    /** Whether a text names devices, be they there or not. */
    public static boolean areNamedBy(String text) {
        return ANY.matcher(text).matches();
    }

    /**
     * The devices of a text; {@code gpu} is {@code gpu0}.
     *
     * @throws IllegalArgumentException when it names none, one twice, or one that is not there
     */
    public static List<Device> parse(String text) {
        EngineDefaults.set();
        return parse(text, Engine.getEngine("PyTorch").getGpuCount());
    }

    static List<Device> parse(String text, int gpus) {
        if (!areNamedBy(text)) {
            throw new IllegalArgumentException(
                    "device: " + text + " (expected: cpu, gpu, or GPUs such as gpu0,gpu1)");
        }
        if (text.equals("cpu")) {
            return List.of(Device.cpu());
        }
        List<Device> devices = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            String digits = name.substring("gpu".length());
            int number = digits.isEmpty() ? 0 : Integer.parseInt(digits);
            if (number >= gpus) {
                throw new IllegalArgumentException(
                        "device: %s (expected: %s)"
                                .formatted(
                                        name,
                                        gpus == 0
                                                ? "cpu, as no GPU was found"
                                                : "at most gpu" + (gpus - 1)));
            }
            devices.add(Device.gpu(number));
        }
        if (new HashSet<>(devices).size() < devices.size()) {
            throw new IllegalArgumentException("device: " + text + " (expected: each one once)");
        }
        return devices;
    }

    /**
     * The only device of a text, for work that is not cut into pieces.
     *
     * @throws IllegalArgumentException when there are several
     */
    public static Device parseOne(String text) {
        List<Device> devices = parse(text);
        if (devices.size() > 1) {
            throw new IllegalArgumentException(
                    "device: " + text + " (expected: one; only train uses several)");
        }
        return devices.get(0);
    }

    /** The text that {@link #parse} takes. */
    public static String text(List<Device> devices) {
        return devices.stream().map(Devices::text).collect(Collectors.joining(","));
    }

    /** The text of one device. */
    public static String text(Device device) {
        return device.isGpu() ? "gpu" + device.getDeviceId() : "cpu";
    }
}
