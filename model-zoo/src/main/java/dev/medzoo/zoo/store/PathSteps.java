package dev.medzoo.zoo.store;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Everything that determines where a path leads: each folder and link on it, and its end. */
final class PathSteps {
    /** As many as Linux follows. */
    private static final int MOST_LINKS = 40;

    private final Set<Path> steps = new LinkedHashSet<>();
    private int links;

    private PathSteps() {}

    /** Those that are there, the nearest to the path's end first and the root last. */
    static List<Path> to(Path path) throws IOException {
        PathSteps walk = new PathSteps();
        walk.follow(path.toAbsolutePath());
        List<Path> steps = new ArrayList<>(walk.steps);
        Collections.reverse(steps);
        return steps;
    }

    private Path follow(Path path) throws IOException {
        Path at = path.resolve("/");
        steps.add(at);
        for (Path name : path) {
            at = step(at, name.toString());
        }
        return at;
    }

    private Path step(Path at, String name) throws IOException {
        if (name.equals(".") || name.isEmpty()) {
            return at;
        }
        if (name.equals("..")) {
            Path above = at.getParent();
            return above == null ? at : above;
        }
        Path next = at.resolve(name);
        if (Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
            steps.add(next);
        }
        return Files.isSymbolicLink(next) ? followLink(next) : next;
    }

    private Path followLink(Path link) throws IOException {
        links++;
        if (links > MOST_LINKS) {
            throw new FileSystemLoopException(link.toString());
        }
        Path target = link.resolveSibling(Files.readSymbolicLink(link));
        // What /proc says of an open pipe is no path.
        return Files.exists(link) && !Files.exists(target) ? link : follow(target);
    }
}
