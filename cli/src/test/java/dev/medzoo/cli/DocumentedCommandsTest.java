package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.medzoo.cli.registry.RegistryCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;

/** The commands that the documents print have subcommands and options that there are. */
class DocumentedCommandsTest {
    private static final Path PROJECT = Path.of("..");
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^ *(?:\\$ )?(?:\\./)?medzoo ((?:.*\\\\\n)*.*)$");
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|'[^']*'|\\S+");

    /** Each without {@code medzoo}, in one line. */
    static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        for (String folder : List.of(".", "docs", "docs/add", "examples")) {
            try (Stream<Path> files = Files.list(PROJECT.resolve(folder))) {
                for (Path file : files.filter(each -> each.toString().endsWith(".md")).toList()) {
                    Matcher found = COMMAND.matcher(fenced(Files.readString(file)));
                    found.results()
                            .map(each -> each.group(1).replaceAll("\\\\\n", " "))
                            .forEach(commands::add);
                }
            }
        }
        return commands;
    }

    /** What stands between fences. */
    private static String fenced(String text) {
        StringBuilder blocks = new StringBuilder();
        String[] parts = text.split("(?m)^ *```.*$", -1);
        for (int i = 1; i < parts.length; i += 2) {
            blocks.append(parts[i]);
        }
        return blocks.toString();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void hasSuchOptions(String command) {
        CommandLine medzoo = new CommandLine(new Medzoo());
        RegistryCommands.addTo(medzoo);
        medzoo.setCaseInsensitiveEnumValuesAllowed(true);
        String[] words =
                WORD.matcher(command.replaceFirst(" [|>#] ?.*", ""))
                        .results()
                        .map(MatchResult::group)
                        .filter(word -> !word.equals("…") && !word.equals("..."))
                        .map(word -> word.replaceAll("^[\"']|[\"']$", ""))
                        .toArray(String[]::new);
        assertThatCode(() -> parse(medzoo, words)).doesNotThrowAnyException();
    }

    /** The key may be in MEDZOO_KEY. */
    private static void parse(CommandLine medzoo, String... words) {
        try {
            medzoo.parseArgs(words);
        } catch (MissingParameterException e) {
            if (!"Missing required option: '--key=FILE'".equals(e.getMessage())) {
                throw e;
            }
        }
    }

    @Test
    void thereAreMany() throws IOException {
        assertThat(commands()).hasSizeGreaterThan(30);
    }
}
