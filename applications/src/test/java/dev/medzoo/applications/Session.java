package dev.medzoo.applications;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A shell session as a document prints it: after {@code "$ "} a command, with its further lines,
 * and then what it prints. A block without {@code "$ "} is all command.
 *
 * @param steps in order
 */
record Session(List<Step> steps) {
    private static final String PROMPT = "$ ";

    /** What may differ from run to run: digests, numbers. */
    private static final Pattern HEX = Pattern.compile("\\b(?=\\w*[0-9])[0-9a-f]{12,}\\b");

    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?([eE]-?\\d+)?");

    Session {
        steps = List.copyOf(steps);
    }

    /**
     * A command.
     *
     * @param command for a shell
     * @param printed what the document says that it prints; "…" and "..." stand for anything
     */
    record Step(String command, String printed) {
        /**
         * Whether it printed that: the same words, whatever the numbers, digests and white space.
         */
        boolean allows(String output) {
            String expected =
                    List.of(plain(printed).split("…|\\.\\.\\.", -1)).stream()
                            .map(Pattern::quote)
                            .collect(Collectors.joining(".*"));
            return printed.isBlank()
                    || Pattern.compile(expected, Pattern.DOTALL).matcher(plain(output)).matches();
        }

        private static String plain(String text) {
            String digests = HEX.matcher(text).replaceAll("h");
            return NUMBER.matcher(digests).replaceAll("n").replaceAll("\\s", "");
        }
    }

    static Session of(String text) {
        if (!text.startsWith(PROMPT)) {
            return new Session(List.of(new Step(text, "")));
        }
        List<Step> steps = new ArrayList<>();
        List<String> command = new ArrayList<>();
        List<String> printed = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith(PROMPT)) {
                add(steps, command, printed);
                command.add(line.substring(PROMPT.length()));
            } else if (printed.isEmpty() && goesOn(command)) {
                command.add(line);
            } else {
                printed.add(line);
            }
        }
        add(steps, command, printed);
        return new Session(steps);
    }

    private static boolean goesOn(List<String> command) {
        String last = command.get(command.size() - 1);
        return last.endsWith("\\") || last.endsWith("|");
    }

    private static void add(List<Step> steps, List<String> command, List<String> printed) {
        if (!command.isEmpty()) {
            steps.add(new Step(String.join("\n", command), String.join("\n", printed)));
        }
        command.clear();
        printed.clear();
    }
}
