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
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Where pictures are, as {@code --data} of a command says it: a folder, or an address. */
public final class DataLocation {
    private DataLocation() {}

    /**
     * The folder to read; what lies at addresses is fetched, with a progress bar.
     *
     * @param places of the data sets that the recipe names
     * @param location as given, or null
     * @param command whose error stream is told what is fetched
     * @throws ParameterException when neither the option nor the recipe says where they are
     */
    public static Path local(List<DataPlace> places, @Nullable String location, CommandLine command)
            throws IOException, MalformedModelException {
        if (location == null && !DataPlace.areAllAddressed(places)) {
            throw missing(command);
        }
        PrintWriter err = command.getErr();
        return DataPlace.local(
                places, location, () -> new DataSetCache(err::println, new FetchBar(err)));
    }

    /** Wrong usage: the option is needed. */
    public static ParameterException missing(CommandLine command) {
        return new ParameterException(
                command,
                "--data: missing (expected: the folder or address of the data set, or a recipe that"
                        + " says where each lies)");
    }
}
