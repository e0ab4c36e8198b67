/**
 * The one way from a request to findings, whatever protocol it came by. Start at {@link
 * dev.medzoo.serving.predict.PredictionService}.
 */
@NullMarked
package dev.medzoo.serving.predict;

import org.jspecify.annotations.NullMarked;
