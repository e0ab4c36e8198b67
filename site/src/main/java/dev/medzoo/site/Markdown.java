package dev.medzoo.site;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;

/**
 * A document as HTML. Links between documents lead to their pages, links to files that the site has
 * not become plain text, and HTML in the document is left out.
 */
final class Markdown {
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

    private final String source;
    private final String target;
    private final Map<String, String> targets;

    /**
     * @param source of the document, relative to the project
     * @param target of its page, relative to the site
     * @param targets where a link to a file of the project leads
     */
    Markdown(String source, String target, Map<String, String> targets) {
        this.source = source;
        this.target = target;
        this.targets = targets;
    }

    String html(String text) {
        Node document = PARSER.parse(text);
        document.accept(new Mending());
        return HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .attributeProviderFactory(
                        context ->
                                (node, tag, attributes) -> {
                                    if (node instanceof Heading) {
                                        attributes.put("id", anchor(plain(node)));
                                    }
                                    if (tag.equals("pre") || tag.equals("table")) {
                                        // What is too wide is moved by keys, too.
                                        attributes.put("tabindex", "0");
                                    }
                                })
                .build()
                .render(document);
    }

    /** What a heading is called in an address, as GitHub calls it. */
    static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String plain(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(
                new AbstractVisitor() {
                    @Override
                    public void visit(Text each) {
                        text.append(each.getLiteral());
                    }

                    @Override
                    public void visit(Code each) {
                        text.append(each.getLiteral());
                    }
                });
        return text.toString();
    }

    private final class Mending extends AbstractVisitor {
        @Override
        public void visit(HtmlBlock block) {
            block.unlink();
        }

        @Override
        public void visit(HtmlInline inline) {
            inline.unlink();
        }

        @Override
        public void visit(Image image) {
            image.setDestination(Objects.requireNonNullElse(led(image.getDestination()), ""));
        }

        /**
         * A row of headings without a word is there for Markdown's sake alone; and who hears the
         * page would hear of a heading that is none.
         */
        @Override
        public void visit(CustomNode node) {
            if (node instanceof TableHead && plain(node).isBlank()) {
                node.unlink();
                return;
            }
            visitChildren(node);
            if (node instanceof TableCell cell && cell.isHeader() && plain(cell).isBlank()) {
                cell.appendChild(new Text("–"));
            }
        }

        @Override
        public void visit(Link link) {
            String led = led(link.getDestination());
            if (led != null) {
                link.setDestination(led);
                visitChildren(link);
                return;
            }
            for (Node child : children(link)) {
                link.insertBefore(child);
                child.accept(this);
            }
            link.unlink();
        }
    }

    private static List<Node> children(Node node) {
        List<Node> children = new ArrayList<>();
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            children.add(child);
        }
        return children;
    }

    /** Where a link leads on the site, or null where it has no such file. */
    private @Nullable String led(String link) {
        if (link.matches("[a-z]+:.*") || link.startsWith("#")) {
            return link;
        }
        String[] parts = link.split("#", 2);
        String file = Path.of(source).resolveSibling(parts[0]).normalize().toString();
        String page = targets.getOrDefault(file, targets.get(file + "/README.md"));
        if (page == null) {
            return null;
        }
        Path from = Objects.requireNonNullElse(Path.of(target).getParent(), Path.of(""));
        String relative = from.relativize(Path.of(page)).toString().replace('\\', '/');
        return parts.length == 1 ? relative : relative + "#" + parts[1];
    }
}
