package dev.medzoo.cli.registry;

import java.util.List;
import picocli.CommandLine;

/** The commands of a registry's maintainer, in the order of a version's life. */
public final class RegistryCommands {
    private RegistryCommands() {}

    /** Adds them to the command, which is a {@link StoreOption}. */
    public static void addTo(CommandLine medzoo) {
        List.of(
                        new KeysCommand(),
                        new PublishCommand(),
                        new PromoteCommand(),
                        new RollbackCommand(),
                        new DeprecateCommand(),
                        new RevokeCommand(),
                        new SignCommand(),
                        new RenewCommand(),
                        new ListCommand(),
                        new ShowCommand(),
                        new DiffCommand(),
                        new VerifyCommand(),
                        new HistoryCommand(),
                        new GcCommand(),
                        new MirrorCommand(),
                        new ExportCommand(),
                        new ImportCommand(),
                        new ForgetCommand())
                .forEach(medzoo::addSubcommand);
    }
}
