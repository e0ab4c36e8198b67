package dev.medzoo.registry.gate;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A licence of pictures, by what it asks of those who make something of them. Versions of one
 * licence ask the same, so they are not told apart.
 *
 * <p>The terms are those of the legal codes of Creative Commons 4.0 and CC0 1.0 (sections 2 and 3,
 * creativecommons.org/licenses). Data "for research use" come without a legal code; such words are
 * taken to forbid commercial use and to ask for the citation.
 *
 * @param name as Creative Commons writes it, without a version
 * @param terms what it asks
 */
record Licence(String name, Set<Term> terms) {
    /** Something that a licence asks. */
    enum Term {
        BY,
        NC,
        SA,
        ND
    }

    private static final Pattern KNOWN =
            Pattern.compile(
                    "(?<zero>\\bCC[- ]?0\\b|\\b[Pp]ublic domain\\b)"
                            + "|(?<research>\\b[Rr]esearch (?:use|purposes)\\b)"
                            + "|\\bCC[- ]BY(?<terms>(?:[- ](?:NC|SA|ND))*)(?![-\\w])");

    Licence {
        terms = Set.copyOf(terms);
    }

    /** Every licence that a text names; none where it names none that is known. */
    static List<Licence> in(String text) {
        List<Licence> all = new ArrayList<>();
        Matcher found = KNOWN.matcher(text);
        while (found.find()) {
            if (found.group("zero") != null) {
                all.add(new Licence("CC0", Set.of()));
            } else if (found.group("research") != null) {
                all.add(new Licence("research use", Set.of(Term.BY, Term.NC)));
            } else {
                all.add(creativeCommons(found.group("terms")));
            }
        }
        return List.copyOf(all);
    }

    private static Licence creativeCommons(String suffixes) {
        Set<Term> terms = EnumSet.of(Term.BY);
        StringBuilder name = new StringBuilder("CC BY");
        for (Term term : List.of(Term.NC, Term.SA, Term.ND)) {
            if (suffixes.contains(term.name())) {
                terms.add(term);
                name.append('-').append(term.name());
            }
        }
        return new Licence(name.toString(), terms);
    }

    boolean requires(Term term) {
        return terms.contains(term);
    }
}
