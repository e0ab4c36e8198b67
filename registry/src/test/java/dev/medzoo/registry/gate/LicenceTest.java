package dev.medzoo.registry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LicenceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CC0 | CC0",
                "CC0 1.0, public domain | CC0, CC0",
                "CC BY 4.0 | CC BY",
                "CC BY-NC 4.0 (some mirrors say CC BY-NC-SA 4.0) | CC BY-NC, CC BY-NC-SA",
                "CC BY NC | CC BY-NC",
                "CC-BY-NC-ND-3.0 | ''",
                "CC BY-NC-ND 3.0 | CC BY-NC-ND",
                "CC BY-XX | ''",
                "Research use, as offered; no licence text | research use",
                "All rights reserved | ''",
            })
    void areFoundInWhatPeopleWrite(String text, String names) {
        assertThat(String.join(", ", Licence.in(text).stream().map(Licence::name).toList()))
                .isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CC0 CC BY CC BY-NC CC BY-NC-SA research use | ''",
                "CC BY CC BY-SA | ''",
                "CC BY-ND | CC BY-ND forbids adaptations",
                "CC BY-SA CC BY-NC | CC BY-SA requires that commercial use is allowed, but another"
                        + " licence forbids it",
                "CC BY-SA research use | CC BY-SA requires that commercial use is allowed, but"
                        + " another licence forbids it",
            })
    void goTogetherOrNot(String text, String conflict) {
        assertThat(String.join("; ", LicenceCheck.conflicts(Licence.in(text)))).isEqualTo(conflict);
    }

    @Test
    void twoKindsOfShareAlikeExcludeEachOther() {
        assertThat(LicenceCheck.conflicts(Licence.in("CC BY-SA and CC BY-NC-SA")))
                .isEqualTo(
                        List.of(
                                "CC BY-NC-SA and CC BY-SA each require that derived works use the"
                                        + " same licence",
                                "CC BY-SA requires that commercial use is allowed, but another"
                                        + " licence forbids it"));
    }
}
