package dev.medzoo.translate.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of others that read DICOM objects: dcmtk's and dicom3tools'. */
enum Tool {
    DCMDUMP("dcmdump", "dcmtk", "--quote-nonascii +L"),
    DSRDUMP("dsrdump", "dcmtk", "+Pl +Pc +Pu"),
    DCIODVFY("dciodvfy", "dicom3tools", "-new");

    private static final int MOST_SECONDS = 60;

    private final String program;
    private final String debianPackage;
    private final String options;

    Tool(String program, String debianPackage, String options) {
        this.program = program;
        this.debianPackage = debianPackage;
        this.options = options;
    }

    /** What dicom3tools finds wrong with an object. */
    static List<String> errors(byte[] object, Path folder) {
        return DCIODVFY.read(object, folder)
                .lines()
                .filter(line -> line.startsWith("Error"))
                .toList();
    }

    /** What it says of an object, on both of its streams; fails where it refuses the object. */
    String read(byte[] object, Path folder) {
        try {
            Path file = Files.write(Files.createTempFile(folder, "object", ".dcm"), object);
            List<String> command = new ArrayList<>(List.of(program));
            command.addAll(List.of(options.split(" ")));
            command.add(file.toString());
            return said(command, Files.createTempFile(folder, program, ".txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String said(List<String> command, Path into) throws IOException {
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(into.toFile())
                            .start();
        } catch (IOException e) {
            throw new IOException(
                    "%s: not there (expected: apt-get install %s)"
                            .formatted(program, debianPackage),
                    e);
        }
        try {
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(program + ": no end within " + MOST_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(program + ": interrupted", e);
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(into, StandardCharsets.ISO_8859_1);
        if (process.exitValue() != 0) {
            throw new AssertionError(program + ": " + process.exitValue() + "\n" + said);
        }
        return said;
    }
}
