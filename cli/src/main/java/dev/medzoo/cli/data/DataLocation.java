package dev.medzoo.cli.data;

import ai.djl.MalformedModelException;
import dev.medzoo.cli.console.FetchBar;
import dev.medzoo.training.data.DataPlace;
import dev.medzoo.zoo.data.DataSetCache;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where pictures are, as {@code --data} of a command says it: a folder, or an address. */
public final class DataLocation {
    private DataLocation() {}

    /**
     * The folder to read; what lies at addresses is fetched, with a progress bar.
     *
     * @param places of the data sets that the recipe names
     * @param location as given, or null
     * @param err is told what is fetched
     */
    public static Path local(List<DataPlace> places, @Nullable String location, PrintWriter err)
            throws IOException, MalformedModelException {
        return DataPlace.local(
                places, location, () -> new DataSetCache(err::println, new FetchBar(err)));
    }
}
