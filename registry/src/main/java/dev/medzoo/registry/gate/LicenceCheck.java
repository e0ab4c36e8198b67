package dev.medzoo.registry.gate;

import dev.medzoo.registry.gate.Licence.Term;
import dev.medzoo.zoo.artifact.ModelCard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the pictures' licences allow is what the card says. All licences that the texts of the data
 * and of the pictures without labels name hold together, also one that only "some mirrors" name.
 *
 * <p>Weights are taken for an adaptation of the pictures: whether they are is unsettled, and
 * nobody's rights are lost by it (Creative Commons, "Using CC-licensed works for AI training",
 * 2025). Then
 *
 * <ul>
 *   <li>ND: adaptations may not be shared (CC BY-ND 4.0 and CC BY-NC-ND 4.0, section 2(a)(1)(B));
 *   <li>SA: an adaptation has that very licence (section 3(b)), so two kinds of SA exclude each
 *       other, and CC BY-SA, which allows commercial use, excludes all that forbids it (the chart
 *       of "Can I combine material under different Creative Commons licenses", CC FAQ);
 *   <li>NC: no commercial use (section 2(a)(1));
 *   <li>BY: the name goes along (section 3(a)).
 * </ul>
 *
 * A parent's own data are answered for by the parent's card.
 */
final class LicenceCheck implements Check {
    @Override
    public String name() {
        return "licence";
    }

    @Override
    public String expected(Subject subject) {
        return "known licences that are compatible, and a card that claims no more rights than"
                + " they grant";
    }

    @Override
    public String remedy() {
        return "state the pictures' licence with medzoo card CANDIDATE --licence WORDS"
                + " --commercial-use true or false, or run medzoo train without those"
                + " pictures";
    }

    @Override
    public Seen look(Subject subject) {
        ModelCard card = subject.content().card();
        List<String> faults = new ArrayList<>();
        List<Licence> data = new ArrayList<>();
        for (ModelCard.DataSource source : card.data()) {
            data.addAll(known(source.name(), source.licence(), faults));
        }
        ModelCard.Pretraining before = card.training().pretraining();
        if (before != null) {
            data.addAll(known(before.name(), before.licence(), faults));
        }
        faults.addAll(conflicts(data));
        faults.addAll(claims(card, data));
        return Seen.of(faults, "%s; commercialUse %s".formatted(names(data), card.commercialUse()));
    }

    private static List<Licence> known(String of, String text, List<String> faults) {
        List<Licence> all = Licence.in(text);
        if (all.isEmpty()) {
            faults.add("licence of %s not known: %s".formatted(of, text));
        }
        return all;
    }

    /** Why pictures under these licences may not be used together. */
    static List<String> conflicts(Collection<Licence> all) {
        List<String> conflicts = new ArrayList<>();
        Set<String> alike = new TreeSet<>();
        for (Licence one : all) {
            if (one.requires(Term.ND)) {
                conflicts.add(one.name() + " forbids adaptations");
            }
            if (one.requires(Term.SA)) {
                alike.add(one.name());
            }
        }
        if (alike.size() > 1) {
            conflicts.add(
                    String.join(" and ", alike)
                            + " each require that derived works use the same licence");
        }
        if (alike.contains("CC BY-SA") && terms(all).contains(Term.NC)) {
            conflicts.add(
                    "CC BY-SA requires that commercial use is allowed, but another licence forbids"
                            + " it");
        }
        return conflicts;
    }

    private static List<String> claims(ModelCard card, List<Licence> data) {
        List<String> faults = new ArrayList<>();
        Set<Term> asked = terms(data);
        boolean commercial = !asked.contains(Term.NC);
        if (card.commercialUse() != commercial) {
            faults.add(
                    "commercialUse is %s, but the data's licences say %s"
                            .formatted(card.commercialUse(), commercial));
        }
        Set<Term> freer = EnumSet.copyOf(asked);
        freer.removeAll(terms(known("the weights", card.licence(), faults)));
        if (!freer.isEmpty()) {
            faults.add(
                    "the card's licence, %s, is less strict than the data's: it lacks %s"
                            .formatted(card.licence(), freer));
        }
        return faults;
    }

    private static EnumSet<Term> terms(Collection<Licence> all) {
        EnumSet<Term> terms = EnumSet.noneOf(Term.class);
        all.forEach(licence -> terms.addAll(licence.terms()));
        return terms;
    }

    private static String names(Collection<Licence> all) {
        return all.stream()
                .map(Licence::name)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
