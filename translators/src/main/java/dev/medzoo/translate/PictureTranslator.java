package dev.medzoo.translate;

import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;
import ai.djl.translate.PostProcessor;
import ai.djl.translate.PreProcessor;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import java.util.List;

/**
 * Translator from one input type to one output type. An empty batch gives an empty list. Closing
 * the model does not free the arrays of a running prediction.
 */
final class PictureTranslator<I, O> implements Translator<I, O> {
    private final PreProcessor<I> before;
    private final PostProcessor<O> after;
    private final Batchifier batchifier;

    PictureTranslator(PreProcessor<I> before, PostProcessor<O> after, Batchifier batchifier) {
        this.before = before;
        this.after = after;
        this.batchifier = batchifier;
    }

    @Override
    public void prepare(TranslatorContext ctx) {
        PredictorArrays.keep(ctx);
    }

    @Override
    public Batchifier getBatchifier() {
        return batchifier;
    }

    @Override
    public NDList processInput(TranslatorContext ctx, I input) throws Exception {
        return before.processInput(ctx, input);
    }

    @Override
    public O processOutput(TranslatorContext ctx, NDList outputs) throws Exception {
        return after.processOutput(ctx, outputs);
    }

    /** DJL runs no network for an empty list. */
    @Override
    public NDList batchProcessInput(TranslatorContext ctx, List<I> inputs) throws Exception {
        return inputs.isEmpty() ? new NDList() : Translator.super.batchProcessInput(ctx, inputs);
    }

    @Override
    public List<O> batchProcessOutput(TranslatorContext ctx, NDList outputs) throws Exception {
        return outputs.isEmpty() ? List.of() : Translator.super.batchProcessOutput(ctx, outputs);
    }
}
