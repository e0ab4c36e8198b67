package dev.medzoo.serving.access;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The authenticated client of a request.
 *
 * @param id of the token: letters, digits, dots, dashes and underscores, at most 64 of them
 * @param roles at least one
 */
public record Caller(String id, Set<Role> roles) {
    /** Id of clients without a token in logs. No token may have it. */
    public static final String ANONYMOUS = "anonymous";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public Caller {
        roles = Set.copyOf(roles);
        checkId(id);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException(
                    "roles: none (expected one of: %s)".formatted(Role.words()));
        }
    }

    /** Whether one of the roles is or includes the given one. */
    public boolean may(Role asked) {
        return roles.stream().anyMatch(role -> role.includes(asked));
    }

    static void checkId(String id) {
        if (!ID.matcher(id).matches() || id.equals(ANONYMOUS)) {
            throw new IllegalArgumentException(
                    ("id: %s (expected: 1 to 64 of A-Z a-z 0-9 . _ -,"
                                    + " a letter or digit first, and not %s)")
                            .formatted(id, ANONYMOUS));
        }
    }
}
