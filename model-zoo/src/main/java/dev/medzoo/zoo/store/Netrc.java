package dev.medzoo.zoo.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A netrc file, as ftp and curl have it: {@code machine HOST login NAME password WORD}. An entry
 * {@code default} is passed over, and so are macros.
 *
 * @param logins by host, in lower case
 */
record Netrc(Map<String, Login> logins) {
    /** A word, or one in quotation marks, in which a backslash keeps what follows. */
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");

    /** Name and password. */
    record Login(String name, String password) {
        @Override
        public String toString() {
            return name;
        }
    }

    Netrc {
        logins = Map.copyOf(logins);
    }

    static Netrc parse(String text) {
        Map<String, Login> logins = new HashMap<>();
        Deque<String> words = words(text);
        while (!words.isEmpty()) {
            String kind = words.remove();
            if (kind.equals("machine") && !words.isEmpty()) {
                String host = words.remove().toLowerCase(Locale.ROOT);
                logins.putIfAbsent(host, entry(words));
            } else if (kind.equals("default")) {
                entry(words);
            }
        }
        return new Netrc(logins);
    }

    private static Login entry(Deque<String> words) {
        String name = "";
        String password = "";
        while (!words.isEmpty() && words.element().matches("login|password|account")) {
            String kind = words.remove();
            String value = words.isEmpty() ? "" : words.remove();
            if (kind.equals("login")) {
                name = value;
            } else if (kind.equals("password")) {
                password = value;
            }
        }
        return new Login(name, password);
    }

    /** All words but those of comments and of macros, which end with an empty line. */
    private static Deque<String> words(String text) {
        Deque<String> words = new ArrayDeque<>();
        boolean macro = false;
        for (String line : text.lines().toList()) {
            macro = (macro || line.strip().startsWith("macdef")) && !line.isBlank();
            if (!macro && !line.strip().startsWith("#")) {
                Matcher matcher = WORD.matcher(line);
                while (matcher.find()) {
                    words.add(
                            matcher.group(2) != null
                                    ? matcher.group(2)
                                    : matcher.group(1).replaceAll("\\\\(.)", "$1"));
                }
            }
        }
        return words;
    }

    /** The login of a host, or null. */
    @Nullable Login login(String host) {
        return logins.get(host.toLowerCase(Locale.ROOT));
    }
}
