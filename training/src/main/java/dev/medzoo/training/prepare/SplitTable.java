package dev.medzoo.training.prepare;

import dev.medzoo.zoo.data.PictureManifest.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Numbers of pictures by class and split, and of groups.
 *
 * @param rows one row per class, the header first and the total last
 * @param remarks about splits too small for reliable figures, a sentence each
 */
public record SplitTable(List<List<String>> rows, List<String> remarks) {
    private static final int FEW_GROUPS = 10;

    public SplitTable {
        rows = rows.stream().map(List::copyOf).toList();
        remarks = List.copyOf(remarks);
    }

    /** Creates it from the rows of a manifest. */
    static SplitTable of(List<Row> pictures) {
        List<String> splits = splits(pictures);
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("class"));
        head.addAll(splits);
        head.add("all");
        rows.add(head);
        List<String> remarks = new ArrayList<>();
        for (String label : new TreeSet<>(pictures.stream().map(Row::label).toList())) {
            List<Row> of = pictures.stream().filter(row -> row.label().equals(label)).toList();
            rows.add(row(label.isEmpty() ? "(no label)" : label, splits, of));
            remarks.addAll(remarks(label, of));
        }
        rows.add(row("all", splits, pictures));
        return new SplitTable(rows, remarks);
    }

    /** The usual splits in their order, then others. */
    private static List<String> splits(List<Row> pictures) {
        return pictures.stream()
                .map(Row::split)
                .distinct()
                .sorted(Comparator.comparingInt(SplitTable::order).thenComparing(name -> name))
                .toList();
    }

    private static int order(String split) {
        int known = Shares.SIDES.indexOf(split);
        return known < 0 ? Shares.SIDES.size() : known;
    }

    private static List<String> row(String name, List<String> splits, List<Row> pictures) {
        List<String> row = new ArrayList<>(List.of(name));
        for (String split : splits) {
            row.add(cell(pictures.stream().filter(each -> each.split().equals(split)).toList()));
        }
        row.add(cell(pictures));
        return row;
    }

    private static String cell(List<Row> pictures) {
        return "%d in %d groups".formatted(pictures.size(), groups(pictures));
    }

    private static int groups(List<Row> pictures) {
        Set<String> groups = new HashSet<>();
        pictures.forEach(row -> groups.add(row.group()));
        return groups.size();
    }

    private static List<String> remarks(String label, List<Row> pictures) {
        List<String> remarks = new ArrayList<>();
        for (String split : List.of("val", "test")) {
            List<Row> of = pictures.stream().filter(row -> row.split().equals(split)).toList();
            int groups = groups(of);
            if (groups > 0 && groups < FEW_GROUPS) {
                remarks.add(
                        "few: %s has %d pictures of %s in %d groups; its metrics will be imprecise"
                                .formatted(split, of.size(), label, groups));
            }
        }
        return remarks;
    }
}
