package dev.medzoo.serving.dicomweb;

import dev.medzoo.serving.dicomweb.Archive.Page;
import dev.medzoo.serving.dicomweb.NodeException.Remedy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One scan of all instances that match the query, page by page. Pages have offsets, so an insertion
 * or deletion during the scan may make it miss an instance; the next scan finds it.
 *
 * @param seen UIDs of all pictures that match
 * @param open those that have no report yet and may be tried now, the first of them
 * @param hasMore whether there are more of these
 * @param isComplete whether the server has listed everything, within the bound
 */
record QueryScan(Set<String> seen, List<Instance> open, boolean hasMore, boolean isComplete) {
    /** Maximum number of instances processed between two scans. */
    static final int MOST_OPEN = 500;

    QueryScan {
        open = List.copyOf(open);
    }

    /**
     * Scans.
     *
     * @param isOpen whether an instance needs a report now
     * @param maxInstances maximum number of instances to list
     */
    static QueryScan of(Archive archive, Predicate<Instance> isOpen, int maxInstances)
            throws NodeException {
        Set<String> listed = new HashSet<>();
        Set<String> pictures = new HashSet<>();
        List<Instance> open = new ArrayList<>();
        boolean hasMore = false;
        int offset = 0;
        Page page = archive.find(offset);
        while (page.size() > 0 && pictures.size() < maxInstances) {
            int before = listed.size();
            for (Instance each : page.instances()) {
                boolean isNew = listed.add(each.uid());
                if (isNew && each.isPicture() && pictures.add(each.uid()) && isOpen.test(each)) {
                    hasMore |= open.size() == MOST_OPEN;
                    if (open.size() < MOST_OPEN) {
                        open.add(each);
                    }
                }
            }
            if (listed.size() == before && !page.instances().isEmpty()) {
                throw new NodeException(
                        Remedy.WAIT,
                        "QIDO-RS: the page at offset %d repeats the one before (expected: the next page)"
                                .formatted(offset));
            }
            offset += page.size();
            page = archive.find(offset);
        }
        return new QueryScan(pictures, open, hasMore, page.size() == 0);
    }
}
