package dev.medzoo.training.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.medzoo.training.prepare.GroupSplit.Member;
import dev.medzoo.zoo.data.FaultyDataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GroupSplitTest {
    static Stream<Random> seeds() {
        return LongStream.range(0, 10).mapToObj(Random::new);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyClassIsOnEverySideAndNoGroupOnTwo(Random random) {
        List<Member> members = members(random);

        List<String> sides = GroupSplit.assign(members, Shares.SIDES, Shares.USUAL, 1);

        Map<String, Set<String>> sidesOf = new HashMap<>();
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i < members.size(); i++) {
            sidesOf.computeIfAbsent(members.get(i).group(), any -> new HashSet<>())
                    .add(sides.get(i));
            pairs.add(members.get(i).label() + " in " + sides.get(i));
        }
        assertThat(sidesOf.values()).allSatisfy(side -> assertThat(side).hasSize(1));
        assertThat(pairs).hasSize(9);
        assertThat(share(sides, "test")).isCloseTo(0.15, within(0.06));
        assertThat(share(sides, "val")).isCloseTo(0.15, within(0.06));
    }

    /** Three classes, one of them rare, in groups of 1 to 6 pictures; some groups have two. */
    private static List<Member> members(Random random) {
        List<Member> members = new ArrayList<>();
        for (int group = 0; group < 60; group++) {
            String label = group < 4 ? "rare" : group % 3 == 0 ? "nevus" : "wart";
            for (int i = random.nextInt(6); i >= 0; i--) {
                boolean other = group > 20 && random.nextInt(8) == 0;
                members.add(new Member("g" + group, other ? "wart" : label));
            }
            members.add(new Member("g" + group, label));
        }
        return members;
    }

    private static double share(List<String> sides, String side) {
        return (double) sides.stream().filter(side::equals).count() / sides.size();
    }

    @Test
    void theNamesOfTheGroupsDecideNothingAndTheSeedDoes() {
        List<Member> members = members(new Random(3));
        List<Member> renamed =
                members.stream()
                        .map(each -> new Member("x" + each.group().hashCode(), each.label()))
                        .toList();

        List<String> sides = GroupSplit.assign(members, Shares.SIDES, Shares.USUAL, 1);

        assertThat(GroupSplit.assign(renamed, Shares.SIDES, Shares.USUAL, 1)).isEqualTo(sides);
        assertThat(GroupSplit.assign(members, Shares.SIDES, Shares.USUAL, 2)).isNotEqualTo(sides);
    }

    @Test
    void aClassInTooFewGroupsIsRefusedByName() {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            members.add(new Member("a" + i, "nevus"));
            members.add(new Member("b" + i % 2, "melanoma"));
        }

        assertThatThrownBy(() -> GroupSplit.assign(members, Shares.SIDES, Shares.USUAL, 1))
                .isInstanceOf(FaultyDataException.class)
                .hasMessage(
                        "class melanoma: 9 pictures in 2 groups (expected: at least 3 groups, one each"
                                + " for train, val, test; add pictures of other patients or lesions, or"
                                + " leave the class out: --without melanoma)");
    }

    @Test
    void oneClassAloneIsRefused() {
        List<Member> members =
                List.of(new Member("a", "x"), new Member("b", "x"), new Member("c", "x"));

        assertThatThrownBy(() -> GroupSplit.assign(members, Shares.SIDES, Shares.USUAL, 1))
                .hasMessage("classes: [x] (expected: at least two)");
    }
}
