package com.example.findings;

import ai.djl.ModelException;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.finding.Finding;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A service that loads one model when it starts, and closes it when it stops. */
@SpringBootApplication
public class FindingsApplication {
    public static void main(String[] args) {
        SpringApplication.run(FindingsApplication.class, args);
    }

    /** The model, for all threads; each takes a predictor of its own. */
    @Bean(destroyMethod = "close")
    ZooModel<byte[], Finding> model(@Value("${findings.model}") String name)
            throws IOException, ModelException {
        return Criteria.builder()
                .setTypes(byte[].class, Finding.class)
                .optGroupId("dev.medzoo")
                .optArtifactId(name)
                .build()
                .loadModel();
    }
}
