package dev.medzoo.cli;

import dev.medzoo.cli.access.TokenCommand;
import dev.medzoo.cli.audit.AuditCommand;
import dev.medzoo.cli.console.HelpOption;
import dev.medzoo.cli.data.DataCommand;
import dev.medzoo.cli.registry.MaintainerOptions;
import dev.medzoo.cli.registry.RegistryCommands;
import dev.medzoo.cli.registry.StoreOption;
import dev.medzoo.translate.EngineDefaults;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.sign.TrustPolicy;
import dev.medzoo.zoo.store.CacheFolder;
import dev.medzoo.zoo.store.Store;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command: what all subcommands share. Public, as spark-submit calls it by its name. */
@Command(
        name = "medzoo",
        description = {"Models for medical pictures: load, serve, train, publish.", Finding.NOTICE},
        subcommands = {
            ServeCommand.class,
            PredictCommand.class,
            ExplainCommand.class,
            SlideCommand.class,
            ScoreCommand.class,
            DataCommand.class,
            InitCommand.class,
            PretrainCommand.class,
            ProbeCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            CompareCommand.class,
            CardCommand.class,
            WrapCommand.class,
            OnnxCommand.class,
            StudyCommand.class,
            RefitCommand.class,
            ReproduceCommand.class,
            TokenCommand.class,
            AuditCommand.class,
            LoadClassesCommand.class,
            GenerateCompletion.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed; one line on the error stream says why",
            "2:wrong usage"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  medzoo list",
            "  medzoo predict pretrained-skin picture.jpg",
            "  medzoo serve --port 8080",
            "  source <(medzoo generate-completion)"
        },
        versionProvider = Medzoo.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Medzoo implements Runnable, StoreOption {
    static final int FAILED = 1;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--store",
            scope = ScopeType.INHERIT,
            paramLabel = "PLACE",
            description =
                    "Model store: a folder, a jar, an http(s) address, s3://bucket/prefix, or"
                            + " artifact:FOLDER for one artifact. Default: $MEDZOO_STORE, else the built-in models.")
    private @Nullable String store;

    @Option(
            names = "--trust",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description =
                    "Trust file: who may sign which models. Only what they signed is loaded."
                            + " Default: $MEDZOO_TRUST, else no signature is required.")
    void trust(String file) {
        set(TrustPolicy.PROPERTY, file);
    }

    @Option(
            names = "--offline",
            scope = ScopeType.INHERIT,
            description =
                    "Work offline: use only what the cache holds. Default: $MEDZOO_OFFLINE, else"
                            + " false.")
    void offline(boolean wanted) {
        if (wanted) {
            set(CacheFolder.OFFLINE_PROPERTY, "true");
        }
    }

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Print the stack trace of an error too.")
    private boolean verbose;

    private final List<String> chosen = new ArrayList<>();

    @Mixin final HelpOption help = new HelpOption();

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    boolean version;

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String known = Medzoo.class.getPackage().getImplementationVersion();
            return new String[] {"medzoo " + (known == null ? "from sources" : known)};
        }
    }

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        EngineDefaults.set();
        try {
            CacheFolder.leadDjl();
        } catch (IllegalArgumentException e) {
            err.println("medzoo: " + e.getMessage());
            System.exit(FAILED);
        }
        System.exit(run(out, err, args));
    }

    /** Runs the command and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        Medzoo medzoo = new Medzoo();
        CommandLine command = new CommandLine(medzoo);
        RegistryCommands.addTo(command);
        command.setOut(out).setErr(err);
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setParameterExceptionHandler((wrong, ignored) -> refuse(wrong, err));
        command.setExecutionExceptionHandler(
                (failure, failed, parsed) -> {
                    medzoo.complain(ErrorMessage.line(failure), failure, err);
                    return FAILED;
                });
        try {
            return command.execute(args);
        } catch (OutOfMemoryError e) {
            String line =
                    "not enough memory: %s (expected: smaller files, or more of it, such as MEDZOO_JAVA_OPTS=-Xmx8g)"
                            .formatted(e.getMessage());
            medzoo.complain(line, e, err);
            return FAILED;
        } finally {
            medzoo.chosen.forEach(System::clearProperty);
        }
    }

    /** Sets a property that store readers look up, while the command runs. */
    private void set(String property, String value) {
        System.setProperty(property, value);
        chosen.add(property);
    }

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "command: none (expected: one of the commands below)");
    }

    @Override
    public @Nullable String location() {
        return store;
    }

    @Override
    public void leadToStore() {
        if (store != null) {
            set(Store.PROPERTY, store);
        }
    }

    /** One line on the error stream; with {@code --verbose}, the stack trace below it. */
    void complain(String line, Throwable failure, PrintWriter err) {
        err.println("medzoo: " + line);
        if (verbose) {
            failure.printStackTrace(err);
        }
    }

    /** Lists all commands if none or an unknown one was given; otherwise points to the help. */
    private static int refuse(ParameterException wrong, PrintWriter err) {
        err.println("medzoo: " + ErrorMessage.line(wrong));
        if (wrong instanceof MissingParameterException missing
                && missing.getMissing().stream().anyMatch(MaintainerOptions::isKey)) {
            err.println("Make a key with: medzoo keys new FILE");
        }
        CommandLine refused = wrong.getCommandLine();
        if (refused.getParent() == null) {
            refused.usage(err);
        } else {
            err.println("See: " + refused.getCommandSpec().qualifiedName() + " --help");
        }
        return CommandLine.ExitCode.USAGE;
    }
}
