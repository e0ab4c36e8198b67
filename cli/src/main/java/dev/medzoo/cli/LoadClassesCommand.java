package dev.medzoo.cli;

import dev.medzoo.serving.Server;
import dev.medzoo.serving.StartException;
import dev.medzoo.serving.settings.ServerSettings;
import dev.medzoo.serving.settings.SettingsException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;

/**
 * Runs once what {@code predict} and {@code serve} run, so that a class data sharing archive
 * contains the classes that their starts need. The launcher calls it after a build.
 */
@Command(
        name = "load-classes",
        hidden = true,
        description = "Predict and serve once, so that Java archives the classes that this loads.")
final class LoadClassesCommand implements Callable<Integer> {
    private static final String MODEL = "pretrained-skin";
    private static final int SIDE = 64;

    @Override
    public Integer call()
            throws IOException, SettingsException, StartException, InterruptedException {
        Path picture = Files.createTempFile("medzoo", ".jpeg");
        try (OutputStream file = Files.newOutputStream(picture)) {
            ImageIO.write(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB), "jpeg", file);
        }
        try {
            PrintWriter nobody = new PrintWriter(Writer.nullWriter());
            int exitCode = Medzoo.run(nobody, nobody, "predict", MODEL, picture.toString());
            serve(Files.readAllBytes(picture));
            return exitCode;
        } finally {
            Files.delete(picture);
        }
    }

    private static void serve(byte[] picture)
            throws IOException, SettingsException, StartException, InterruptedException {
        Map<String, String> options = Map.of("host", "127.0.0.1", "port", "0");
        try (Server server = Server.start(ServerSettings.read(null, Map.of(), options));
                Socket client =
                        new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            String head =
                    String.join(
                            "\r\n",
                            "POST /predictions/" + MODEL + " HTTP/1.1",
                            "host: localhost",
                            "connection: close",
                            "content-length: " + picture.length,
                            "",
                            "");
            OutputStream out = client.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(picture);
            client.getInputStream().readAllBytes();
        }
    }
}
