package dev.medzoo.registry.attack;

import dev.medzoo.zoo.artifact.ModelReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** On what models are called, and on the index that says so. */
final class NameAttacks {
    private static final String FORM = " (expected: name, name/1.0.0 or name@alias, in lower case)";
    private static final String NAME =
            " (expected: words of a-z and 0-9 joined by '-', at most 64 characters) in …";
    private static final String OWN =
            " (expected: neither a device on Windows nor one of [history, signatures])";

    private NameAttacks() {}

    static List<Attack> of(Path below) {
        return new Attack.Rows()
                .add(
                        "a model's name with a Cyrillic а",
                        "model reference: pretr\u0430ined-skin" + FORM,
                        parse("pretr\u0430ined-skin"))
                .add(
                        "a version in full-width digits",
                        "model reference: skin/\uff11.0.0" + FORM,
                        parse("skin/\uff11.0.0"))
                .add(
                        "a model's name in other case",
                        "model reference: Pretrained-Skin" + FORM,
                        parse("Pretrained-Skin"))
                .add(
                        "a model's name that leads out of the store",
                        "model reference: ../skin" + FORM,
                        parse("../skin"))
                .add("a model named as a device on Windows", "name: con" + OWN, parse("con"))
                .add(
                        "a model in a folder that the store needs",
                        "name: signatures" + OWN,
                        parse("signatures"))
                .add(
                        "index: a name with a Cyrillic а",
                        "index.json: name: tiny-\u0430" + NAME,
                        () -> new HostileStore(below).index("\"tiny\"", "\"tiny-\u0430\"").load())
                .add(
                        "index: a name with a zero-width space",
                        "index.json: name: ti\u200bny" + NAME,
                        () -> new HostileStore(below).index("\"tiny\"", "\"ti\u200bny\"").load())
                .add(
                        "index: a version in full-width digits",
                        "index.json: version: \uff10.1.0 (expected: MAJOR.MINOR.PATCH, such as"
                                + " 1.0.0) in …",
                        () -> new HostileStore(below).index("\"0.1.0", "\"\uff10.1.0").load())
                .add(
                        "index: the same key twice",
                        "index.json: Duplicate field 'serial' in …",
                        () ->
                                new HostileStore(below)
                                        .index("\"serial\": 1", "\"serial\": 1, \"serial\": 2")
                                        .load())
                .add(
                        "index: a serial that no long holds",
                        "index.json: Numeric value (99999999999999999999) out of range of…",
                        () ->
                                new HostileStore(below)
                                        .index("\"serial\": 1", "\"serial\": 99999999999999999999")
                                        .load())
                .add(
                        "index: nested 100,000 deep",
                        "index.json: Document nesting depth (17) exceeds the maximum allowed (16,…",
                        () ->
                                new HostileStore(below)
                                        .index(
                                                "\"aliases\": {",
                                                "\"aliases\": " + "{\"a\":".repeat(100_000))
                                        .load())
                .add(
                        "index: 5 MiB",
                        "index.json: more than 4194304 bytes (expected: at most that) in …",
                        () ->
                                new HostileStore(below)
                                        .index("{\"format\"", " ".repeat(5 << 20))
                                        .load())
                .add(
                        "index: a link to another",
                        "index.json: a link or no file (expected: a plain file) in …",
                        () -> linked(new HostileStore(below)).load())
                .list();
    }

    private static ThrowingCallable parse(String text) {
        return () -> ModelReference.parse(text);
    }

    private static HostileStore linked(HostileStore store) throws Exception {
        Path index = store.root.resolve("index.json");
        Files.move(index, store.root.resolve("elsewhere"));
        Files.createSymbolicLink(index, store.root.resolve("elsewhere"));
        return store;
    }
}
