package com.example.findings;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.finding.Finding;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** {@code GET /actuator/health}: up while the model answers for a picture drawn here. */
@Component
class ModelHealthIndicator implements HealthIndicator {
    private final ZooModel<byte[], Finding> model;
    private final byte[] picture;

    ModelHealthIndicator(ZooModel<byte[], Finding> model) throws IOException {
        this.model = model;
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB), "png", png);
        this.picture = png.toByteArray();
    }

    @Override
    public Health health() {
        try (Predictor<byte[], Finding> predictor = model.newPredictor()) {
            Finding finding = predictor.predict(picture);
            return Health.up()
                    .withDetail("model", finding.model().name())
                    .withDetail("version", finding.model().version())
                    .withDetail("digest", finding.model().digest())
                    .build();
        } catch (TranslateException e) {
            return Health.down(e).build();
        }
    }
}
