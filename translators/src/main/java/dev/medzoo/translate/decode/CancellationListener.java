package dev.medzoo.translate.decode;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/** Aborts a reader at its next progress report when the caller no longer waits. */
final class CancellationListener implements IIOReadProgressListener {
    private final Budget budget;

    CancellationListener(Budget budget) {
        this.budget = budget;
    }

    @Override
    public void imageStarted(ImageReader source, int imageIndex) {
        abortIfUnwanted(source);
    }

    @Override
    public void imageProgress(ImageReader source, float percentageDone) {
        abortIfUnwanted(source);
    }

    private void abortIfUnwanted(ImageReader source) {
        if (!budget.isWanted()) {
            source.abort();
        }
    }

    @Override
    public void sequenceStarted(ImageReader source, int minIndex) {}

    @Override
    public void sequenceComplete(ImageReader source) {}

    @Override
    public void imageComplete(ImageReader source) {}

    @Override
    public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

    @Override
    public void thumbnailProgress(ImageReader source, float percentageDone) {}

    @Override
    public void thumbnailComplete(ImageReader source) {}

    @Override
    public void readAborted(ImageReader source) {}
}
