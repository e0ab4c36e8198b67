package dev.medzoo.registry.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Ways to break a file that was good. Those of text leave other files as they are. */
enum Mutation {
    FLIP {
        @Override
        byte[] of(byte[] good, Random random) {
            byte[] bad = good.clone();
            for (int i = random.nextInt(8); i >= 0; i--) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return bad;
        }
    },
    EXTREME_BYTES {
        @Override
        byte[] of(byte[] good, Random random) {
            byte[] bad = good.clone();
            int at = random.nextInt(bad.length);
            byte extreme = pick(random, List.of((byte) 0, (byte) 0x7f, (byte) 0xff));
            for (int i = at; i < Math.min(bad.length, at + (1 << random.nextInt(5))); i++) {
                bad[i] = extreme;
            }
            return bad;
        }
    },
    TRUNCATE {
        @Override
        byte[] of(byte[] good, Random random) {
            return Arrays.copyOf(good, random.nextInt(good.length));
        }
    },
    SPLICE {
        @Override
        byte[] of(byte[] good, Random random) {
            String text = new String(good, ISO_8859_1);
            int from = random.nextInt(good.length);
            int to = from + random.nextInt(Math.min(4096, good.length - from));
            int at = random.nextInt(good.length);
            String part = text.substring(from, to);
            return (text.substring(0, at) + part + text.substring(at)).getBytes(ISO_8859_1);
        }
    },
    RAW {
        @Override
        byte[] of(byte[] good, Random random) {
            byte[] raw = new byte[1 + random.nextInt(4096)];
            random.nextBytes(raw);
            return raw;
        }
    },
    EXTREME_NUMBER {
        @Override
        byte[] of(byte[] good, Random random) {
            return replaceOne(good, NUMBER, pick(random, NUMBERS), random);
        }
    },
    DEEP {
        @Override
        byte[] of(byte[] good, Random random) {
            String open = pick(random, List.of("[", "{\"a\":", "[[0],"));
            return replaceOne(good, VALUE, open.repeat(1 + random.nextInt(20_000)), random);
        }
    },
    HUGE_ARRAY {
        @Override
        byte[] of(byte[] good, Random random) {
            String item = pick(random, List.of("0,", "\"\",", "{},", "null,"));
            String array = "[" + item.repeat(1 + random.nextInt(50_000)) + "0]";
            return replaceOne(good, VALUE, array, random);
        }
    },
    KEY_TWICE {
        @Override
        byte[] of(byte[] good, Random random) {
            return replaceOne(good, KEY, "$0 0, $0", random);
        }
    },
    OTHER_VALUE {
        @Override
        byte[] of(byte[] good, Random random) {
            List<String> values = List.of("null", "\"\"", "[]", "{}", "true", "\"NaN\"", "[null]");
            return replaceOne(good, VALUE, pick(random, values), random);
        }
    },
    LOOK_ALIKE {
        @Override
        byte[] of(byte[] good, Random random) {
            List<String> letters = List.of("\u0430", "\uff11", "\u200b", "\u202e", "A", ".", "/..");
            return replaceOne(good, LETTER, pick(random, letters), random);
        }
    };

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE]-?\\d+)?");
    private static final Pattern VALUE = Pattern.compile("(?<=: )(\"[^\"]*\"|[-\\d.Ee]+|[\\[{])");
    private static final Pattern KEY = Pattern.compile("\"[A-Za-z0-9]+\" ?:");
    private static final Pattern LETTER = Pattern.compile("(?<=[a-z0-9])[a-z0-9](?=[a-z0-9.\"])");
    private static final List<String> NUMBERS =
            List.of(
                    "0",
                    "-1",
                    "2147483647",
                    "-2147483648",
                    "2147483648",
                    "9223372036854775807",
                    "99999999999999999999",
                    "1e999999999",
                    "-0.0",
                    "1E-400",
                    "0." + "1".repeat(100),
                    "1".repeat(10_000));

    abstract byte[] of(byte[] good, Random random);

    static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Replaces one match, or nothing where there is none. */
    private static byte[] replaceOne(byte[] good, Pattern what, String by, Random random) {
        String text = new String(good, UTF_8);
        List<MatchResult> matches = what.matcher(text).results().limit(2000).toList();
        if (matches.isEmpty()) {
            return good;
        }
        MatchResult match = pick(random, matches);
        String bad = by.replace("$0", match.group());
        String mutated = text.substring(0, match.start()) + bad + text.substring(match.end());
        return mutated.getBytes(UTF_8);
    }
}
