package dev.medzoo.zoo.format;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What file systems and their browsers leave in any folder: {@code .DS_Store}, {@code ._name} and
 * the like. Nothing reads it, so it is passed over where everything else that does not belong is
 * refused.
 */
public final class StrayFile {
    private static final Pattern NAME =
            Pattern.compile("\\.ds_store|\\._.*|thumbs\\.db|desktop\\.ini|\\.nfs[0-9a-f]+|@eadir");

    private StrayFile() {}

    /**
     * Whether a path is one, or lies in a folder that is.
     *
     * @param path with {@code /}, also at its end
     */
    public static boolean isOne(String path) {
        return Arrays.stream(path.split("/", -1))
                .anyMatch(name -> NAME.matcher(name.toLowerCase(Locale.ROOT)).matches());
    }
}
