package dev.medzoo.training.prepare;

import dev.medzoo.training.prepare.GroupSplit.Member;
import dev.medzoo.zoo.data.FaultyDataException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Assigns each picture of a new data set to a split. An existing split is kept; a missing part of
 * it is taken from its {@code train} pictures.
 */
final class Sides {
    private static final int MOST_SHOWN = 5;

    private final Shares shares;
    private final long seed;
    private final boolean ignoresGiven;
    private final Consumer<String> notes;

    /**
     * @param ignoresGiven whether to ignore an existing split
     * @param notes receives a sentence about how the split was made
     */
    Sides(Shares shares, long seed, boolean ignoresGiven, Consumer<String> notes) {
        this.shares = shares;
        this.seed = seed;
        this.ignoresGiven = ignoresGiven;
        this.notes = notes;
    }

    /**
     * Returns the split of each picture.
     *
     * @param groups one per picture
     * @throws FaultyDataException when a class is not in every split, or a group is in two
     */
    List<String> of(List<ReadPicture> pictures, List<String> groups) {
        List<Member> members = new ArrayList<>();
        List<@Nullable String> given = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            members.add(new Member(groups.get(i), pictures.get(i).entry().label()));
            given.add(ignoresGiven ? null : pictures.get(i).entry().split());
        }
        Set<String> there = new TreeSet<>();
        given.stream().filter(side -> side != null).forEach(there::add);
        if (there.isEmpty()) {
            notes.accept(
                    "split: made by group, about %.0f %% train, %.0f %% val, %.0f %% test, seed %d"
                            .formatted(
                                    100 * shares.of("train"),
                                    100 * shares.val(),
                                    100 * shares.test(),
                                    seed));
            return GroupSplit.assign(members, Shares.SIDES, shares, seed);
        }
        refuseUnclear(given, there);
        List<String> sides = completed(members, given, there);
        FaultyDataException.refuse(faults(members, sides));
        return sides;
    }

    private static void refuseUnclear(List<@Nullable String> given, Set<String> there) {
        long without = given.stream().filter(side -> side == null).count();
        if (without > 0) {
            throw new FaultyDataException(
                    List.of(
                            "split: %d pictures have none, %d have one (expected: all or none; --new-split makes a split for all)"
                                    .formatted(without, given.size() - without)));
        }
        if (!there.contains("train")) {
            throw new FaultyDataException(
                    List.of(
                            "split: %s (expected: train among them; --new-split makes a split for all)"
                                    .formatted(there)));
        }
    }

    private List<String> completed(
            List<Member> members, List<@Nullable String> given, Set<String> there) {
        List<String> wanted =
                Shares.SIDES.stream()
                        .filter(side -> side.equals("train") || !there.contains(side))
                        .toList();
        List<String> sides = new ArrayList<>(given.stream().map(String::valueOf).toList());
        if (wanted.size() == 1) {
            notes.accept("split: train, val and test as the pictures came");
            return sides;
        }
        List<Member> train = new ArrayList<>();
        for (int i = 0; i < sides.size(); i++) {
            if (sides.get(i).equals("train")) {
                train.add(members.get(i));
            }
        }
        notes.accept(
                "split: %s as the pictures came; %s taken from train by group, seed %d"
                        .formatted(
                                String.join(" and ", there),
                                String.join(" and ", wanted.subList(1, wanted.size())),
                                seed));
        List<String> anew = GroupSplit.assign(train, wanted, shares, seed);
        int next = 0;
        for (int i = 0; i < sides.size(); i++) {
            if (sides.get(i).equals("train")) {
                sides.set(i, anew.get(next++));
            }
        }
        return sides;
    }

    /** Finds groups in two splits, and classes that a split lacks, in an existing split. */
    private static List<String> faults(List<Member> members, List<String> sides) {
        Map<String, Set<String>> sidesOf = new LinkedHashMap<>();
        Map<String, Set<String>> labelsOf = new LinkedHashMap<>();
        Set<String> labels = new TreeSet<>();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            labels.add(member.label());
            sidesOf.computeIfAbsent(member.group(), any -> new TreeSet<>()).add(sides.get(i));
            labelsOf.computeIfAbsent(sides.get(i), any -> new TreeSet<>()).add(member.label());
        }
        List<String> faults = new ArrayList<>();
        List<String> torn =
                sidesOf.keySet().stream()
                        .filter(group -> sidesOf.getOrDefault(group, Set.of()).size() > 1)
                        .toList();
        if (!torn.isEmpty()) {
            faults.add(
                    "split: %d groups are in two splits, as the pictures came, such as %s (expected: each in one; --new-split makes a new split)"
                            .formatted(
                                    torn.size(),
                                    String.join(
                                            ", ",
                                            torn.subList(0, Math.min(MOST_SHOWN, torn.size())))));
        }
        for (String side : Shares.SIDES) {
            Set<String> lacking = new TreeSet<>(labels);
            lacking.removeAll(labelsOf.getOrDefault(side, Set.of()));
            if (!lacking.isEmpty()) {
                faults.add(
                        "split: %s has no picture of %s (expected: every class; --new-split makes a new split)"
                                .formatted(side, String.join(", ", lacking)));
            }
        }
        return faults;
    }
}
