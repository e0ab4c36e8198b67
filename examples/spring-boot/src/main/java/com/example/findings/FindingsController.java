package com.example.findings;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.finding.Finding;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /findings} with a picture as body answers with the whole finding as JSON. */
@RestController
class FindingsController {
    private final ZooModel<byte[], Finding> model;

    FindingsController(ZooModel<byte[], Finding> model) {
        this.model = model;
    }

    @PostMapping(path = "/findings", produces = Finding.MEDIA_TYPE)
    String find(@RequestBody byte[] picture) throws TranslateException {
        try (Predictor<byte[], Finding> predictor = model.newPredictor()) {
            return predictor.predict(picture).toJson();
        }
    }

    /** The picture cannot be read. The message names what was seen and what was expected. */
    @ExceptionHandler
    ProblemDetail refuse(TranslateException refused) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, refused.getMessage());
    }
}
